"""The DOCX writer: pandoc makes the text, and the parts around it are ours."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from consortium.documents import Document, Writer
from consortium.hook import hookimpl
from consortium.writers.office.docx_parts import LINE, parts_around, section_properties
from consortium.writers.office.docx_styles import w
from consortium.writers.office.look import LONGEST_WHOLE_ROW, PAGE_WIDTH, SIDE
from consortium.writers.office.pandoc import pack, parts_of
from consortium.writers.office.whole import office_tree

#: a picture is as wide as the line: in English metric units
PICTURE = (PAGE_WIDTH - 2 * SIDE) * 36_000

#: how Word counts the parts of a line
WHOLE = 5000

_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_ROW = re.compile(r"<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?(.*?)</w:tr>", re.DOTALL)
_COLUMN = re.compile(r'(?<=<w:gridCol w:w=")\d+')
_PART = re.compile(r'<w:tblW w:type="pct" w:w="(\d+)"')
_MARKUP = re.compile(r"<[^>]*>")
_CELL = "<w:tcPr />"
_EMPTY = "<w:p />"
_FLUSH = w("tcMar", w("left", w=0, type="dxa"))
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
_SIZE = re.compile(r'cx="(\d+)" cy="(\d+)"')
_SOURCE = re.compile(r' descr="data:[^"]*"')
_LIST = re.compile(r'(?<=<w:numId w:val=")\d+')
_SECTION = re.compile(r"<w:sectPr>.*?</w:sectPr>|<w:sectPr />", re.DOTALL)


class DocxWriter(Writer):
    """Writes a document as DOCX."""

    key = "docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file``; the whole is in memory at once.

        :raises OfficeProblem: if the package is missing, or pandoc refuses the document
        """
        made = parts_of(office_tree(document).tree, "docx")
        pictures = {name: each for name, each in made.items() if name.startswith("word/media/")}
        text = _dressed(made["word/document.xml"].decode("utf-8"))
        parts = {**parts_around(document, pictures), **pictures, "word/document.xml": text.encode("utf-8")}
        pack(parts, file, first="[Content_Types].xml")


def _dressed(text: str) -> str:
    """Give the text that pandoc made the look that it cannot be told of."""
    text = _TABLE.sub(lambda table: _table(table[0]), text)
    text = text.replace(_EMPTY, _GAP).replace('<w:pStyle w:val="Compact" />', '<w:pStyle w:val="Cell" />')
    text = _LIST.sub("1", text)
    text = _SIZE.sub(lambda size: f'cx="{PICTURE}" cy="{int(size[2]) * PICTURE // int(size[1])}"', text)
    # pandoc tells there where the picture came from
    text = _SOURCE.sub("", text)
    return _SECTION.sub(lambda _found: section_properties(), text)


def _table(table: str) -> str:
    """Draw the columns out to the width of our line, and keep rows whole."""
    columns = [int(width) for width in _COLUMN.findall(table)]
    line = LINE * int(_PART.findall(table)[0]) / WHOLE
    table = _COLUMN.sub(lambda width: str(round(int(width[0]) * line / sum(columns))), table)
    edges = _FLUSH if '<w:tblStyle w:val="Beside"' in table else ""
    return _ROW.sub(lambda row: _row(row[2], row[1] or "", edges), table)


def _row(cells: str, properties: str, edges: str) -> str:
    """Keep a row whole unless it is long; ``edges`` let its first cell begin where the lines around it do."""
    if len(_MARKUP.sub("", cells)) <= LONGEST_WHOLE_ROW:
        properties = f"<w:cantSplit/>{properties}"
    if edges:
        cells = cells.replace(_CELL, f"<w:tcPr>{edges}</w:tcPr>", 1)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the DOCX writer."""
    yield DocxWriter()

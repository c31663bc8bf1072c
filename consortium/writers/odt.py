"""The ODT writer: pandoc makes the text, and the parts around it are ours."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from consortium.documents import Document, Writer
from consortium.hook import hookimpl
from consortium.writers.office.look import LONGEST_WHOLE_ROW, PAGE_WIDTH, SIDE
from consortium.writers.office.odt_parts import TYPE, parts_around
from consortium.writers.office.odt_styles import fonts, table_properties, table_styles
from consortium.writers.office.pandoc import pack, parts_of
from consortium.writers.office.whole import OfficeTree, office_tree
from consortium.writers.office.xml import element, quoted

_TABLE = re.compile(r"<table:table table:name=.*?</table:table>", re.DOTALL)
_TABLE_STYLE = re.compile(
    r'(<style:style style:name="Table\d+" style:family="table">)\s*'
    r'<style:table-properties [^>]*?style:rel-width="([\d.]+)%"[^>]*>\s*(</style:style>)'
)
_COLUMN = re.compile(r'style:rel-column-width="(\d+)\*"')
_ROW = re.compile(r"<table:table-row>(.*?)</table:table-row>", re.DOTALL)
_CELL = re.compile(r'"Table(Header)?RowCell"')
_MARKUP = re.compile(r"<[^>]*>|\s+")
_FRAME = re.compile(
    r'<draw:frame [^>]*svg:width="([\d.]+)\w+" svg:height="([\d.]+)\w+"[^>]*>(.*?)</draw:frame>', re.DOTALL
)
_FONTS = re.compile(r"<office:font-face-decls>.*?</office:font-face-decls>", re.DOTALL)
_LIST_STYLE = re.compile(r"<text:list-style .*?</text:list-style>", re.DOTALL)
_LIST_NAME = re.compile(r'(<text:list text:style-name=)"[^"]*"')

#: the width of a line in millimetres, and in the parts of it that pandoc counts
_LINE, _WHOLE = PAGE_WIDTH - 2 * SIDE, 65_535


class OdtWriter(Writer):
    """Writes a document as ODT."""

    key = "odt"
    media_type = TYPE

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file``; the whole is in memory at once.

        :raises OfficeProblem: if the package is missing, or pandoc refuses the document
        """
        whole = office_tree(document)
        made = parts_of(whole.tree, "odt")
        pictures = {name: each for name, each in made.items() if name.startswith("Pictures/")}
        text = _dressed(made["content.xml"].decode("utf-8"), whole)
        parts = {**parts_around(document, pictures), **pictures, "content.xml": text.encode("utf-8")}
        pack(parts, file, first="mimetype", is_plain=True)


def _dressed(text: str, whole: OfficeTree) -> str:
    """Give the text that pandoc made the look that it cannot be told of, and the words that it forgets."""
    kinds, told = iter(whole.styles), iter(whole.told)
    tables = iter(whole.styles)
    text = _TABLE_STYLE.sub(
        lambda style: f"{style[1]}{table_properties(next(kinds), float(style[2]) / 100)}{style[3]}", text
    )
    text = _COLUMN.sub(lambda part: f'style:column-width="{_LINE * int(part[1]) / _WHOLE:.2f}mm"', text)
    text = _TABLE.sub(lambda table: _table(table[0], next(tables)), text)
    text = _FRAME.sub(lambda frame: _frame(frame, next(told)), text)
    text = _LIST_NAME.sub(r'\1"Dashes"', _LIST_STYLE.sub("", text))
    text = _FONTS.sub(fonts(), text)
    return text.replace("</office:automatic-styles>", f"{table_styles()}{_dashes()}</office:automatic-styles>", 1)


def _table(table: str, kind: str) -> str:
    """Give rows and cells the styles of a kind of table."""
    return _ROW.sub(lambda row: _row(row[1], kind), table)


def _row(cells: str, kind: str) -> str:
    style = "Whole" if len(_MARKUP.sub("", cells)) <= LONGEST_WHOLE_ROW else "Long"
    places = _places(kind)
    cells = _CELL.sub(lambda cell: f'"{kind}{"Head" if cell[1] else "Cell"}{next(places)}"', cells)
    return f'<table:table-row table:style-name="{style}">{cells}</table:table-row>'


def _places(kind: str) -> Iterator[str]:
    """Tell the first cell of a row from those beside it, which only a kind with a rule between them does."""
    yield ""
    while True:
        yield "Beside" if kind == "Beside" else ""


def _frame(frame: re.Match[str], told: str) -> str:
    """Draw a picture out to the width of the line, and say what is read in its place."""
    size = {"svg:width": f"{_LINE}mm", "svg:height": f"{_LINE * float(frame[2]) / float(frame[1]):.2f}mm"}
    placed = {"text:anchor-type": "as-char", **size}
    return element("draw:frame", placed, frame[3], element("svg:desc", None, quoted(told)))


def _dashes() -> str:
    """Describe the one kind of list there is."""
    label = {"text:label-followed-by": "listtab", "fo:margin-left": "10pt", "fo:text-indent": "-10pt"}
    placed = {"text:list-level-position-and-space-mode": "label-alignment"}
    place = element("style:list-level-properties", placed, element("style:list-level-label-alignment", label))
    level = element("text:list-level-style-bullet", {"text:level": 1, "text:bullet-char": "–"}, place)
    return element("text:list-style", {"style:name": "Dashes"}, level)


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the ODT writer."""
    yield OdtWriter()

"""Makes XLSX workbooks by hand, part by part, so that a file has just the traits that a test is about."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: the day from which a workbook counts, as Windows and as old Macs do
WINDOWS, MAC = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True)
class Raw:
    """A cell as it stands in the file, but for its place."""

    xml: str


Value = str | date | Decimal | int | Raw | None


@dataclass(frozen=True)
class Book:
    """A workbook of one sheet, and how it was saved.

    :ivar above, below: what stands in the part of the sheet before and behind the rows
    :ivar more: further parts by their names
    :ivar changed: what is written otherwise in all parts
    """

    rows: Sequence[Sequence[Value]]
    title: str = "Delprosjekter"
    is_inline: bool = False
    epoch: date = WINDOWS
    above: str = ""
    below: str = ""
    rows_below: str = ""
    properties: str = ""
    sheets: str = ""
    more: Mapping[str, str | bytes] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)

    def save(self, path: Path) -> Path:
        """Save it."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, words in self.parts().items():
                archive.writestr(name, words)
        return path

    def parts(self) -> dict[str, str | bytes]:
        """Make all parts by their names."""
        strings: dict[str, int] = {}
        lines = "".join(self._row(number, row, strings) for number, row in enumerate(self.rows, start=1))
        made: dict[str, str] = {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _links({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{self.properties}<sheets>'
            f'<sheet name="{escape(self.title)}" sheetId="1" r:id="rId1"/>{self.sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _links(
                {
                    "rId1": ("worksheet", "worksheets/sheet1.xml"),
                    "rId2": ("styles", "styles.xml"),
                    "rId3": ("sharedStrings", "sharedStrings.xml"),
                }
            ),
            "xl/styles.xml": STYLES,
            "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}">{self.above}<sheetData>{lines}'
            f"{self.rows_below}</sheetData>{self.below}</worksheet>",
            "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{"".join(map(_string, strings))}</sst>',
        }
        for before, after in self.changed.items():
            made = {name: words.replace(before, after) for name, words in made.items()}
        return {**made, **self.more}

    def with_rows(self, rows: Iterable[Sequence[Value]]) -> "Book":
        """Return the same workbook with other rows."""
        return replace(self, rows=tuple(rows))

    def _row(self, number: int, row: Sequence[Value], strings: dict[str, int]) -> str:
        cells = (self._cell(f"{chr(65 + place)}{number}", value, strings) for place, value in enumerate(row))
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _cell(self, place: str, value: Value, strings: dict[str, int]) -> str:
        if value is None:
            return ""
        if isinstance(value, Raw):
            return value.xml.replace("<c", f'<c r="{place}"', 1)
        if isinstance(value, date):
            return f'<c r="{place}" s="1"><v>{(value - self.epoch).days}</v></c>'
        if isinstance(value, (Decimal, int)):
            return f'<c r="{place}"><v>{value}</v></c>'
        if self.is_inline:
            return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'


def _string(words: str) -> str:
    """Write a string as Excel does: words and a part of them in bold, where it holds an asterisk."""
    parts = words.split("*")
    if len(parts) == 1:
        return f'<si><t xml:space="preserve">{escape(words)}</t></si>'
    runs = (f'<r><rPr><b/></rPr><t xml:space="preserve">{escape(part)}</t></r>' for part in parts if part)
    return f"<si>{''.join(runs)}</si>"


def _links(known: Mapping[str, tuple[str, str]]) -> str:
    each = (f'<Relationship Id="{key}" Type="{LINKS}/{kind}" Target="{to}"/>' for key, (kind, to) in known.items())
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _types() -> str:
    own = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    each = (f'<Override PartName="/xl/{name}.xml" ContentType="{own}.{kind}+xml"/>' for name, kind in parts.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
        'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{''.join(each)}</Types>"
    )


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" '
    'borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
)

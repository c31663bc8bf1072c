"""One and the same sheet of two sub-projects, as Scandinavian offices save it in all their programs."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.importing.xlsx import LINKS, MAC, MAIN, Book, Raw, Value

HEADS = ("Nøkkel", "Tittel (nb)", "Tittel (sv)", "Partnere", "Fra", "Til", "Budsjett", "Valuta")
FIRST: tuple[Value, ...] = (
    "DP-7", "Åpen dør på Ørnes", "Öppen dörr på Ørnes", "a; b", date(2026, 2, 3), date(2026, 12, 31),
    Decimal("1250000.5"), "NOK",
)  # fmt: skip
SECOND: tuple[Value, ...] = (
    "DP-8", "Tidlig hjelp – æ og å", "Tidig hjälp – ä och ö", "b", date(2025, 3, 1), date(2025, 12, 24),
    Decimal("980000"), "SEK",
)  # fmt: skip
PLAIN = Book((HEADS, FIRST, SECOND))

#: the same headings elsewhere
NYNORSK = ("Nøkkel", "Tittel (nb)", "Tittel (sv)", "Partnarar", "Frå", "Til", "Budsjett", "Valuta")
SWEDISH = ("Nyckel", "Titel (nb)", "Titel (sv)", "Partner", "Från", "Till", "Budget", "Valuta")
ENGLISH = ("KEY ", "Title (nb)", "Title (sv)", "Partners", "From", "To", "Budget", "Currency")

STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    LINKS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
LIST = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


def _with(row: Sequence[Value], **cells: Value) -> tuple[Value, ...]:
    """Change cells of a row by the letter of their column."""
    return tuple(cells.get(chr(65 + place), value) for place, value in enumerate(row))


def _moved(row: Sequence[Value]) -> tuple[Value, ...]:
    return (*row[3:], *row[:3])  # the first of two languages is still the first, for it is the source


def _day(words: str) -> Raw:
    return Raw(f'<c t="d" s="1"><v>{words}</v></c>')


#: workbooks that say the same as the plain one
BOOKS: Mapping[str, Book] = {
    "a table with a filter, frozen panes and a hidden column": replace(
        PLAIN,
        above='<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/>'
        '</sheetView></sheetViews><cols><col min="7" max="8" width="9" hidden="1"/></cols>',
        below='<autoFilter ref="A1:H3"/>',
    ),
    "strings in their cells": replace(PLAIN, is_inline=True),
    "Strict Open XML": replace(PLAIN, changed=STRICT),
    "Strict Open XML with days in words": replace(
        PLAIN, rows=(HEADS, _with(FIRST, E=_day("2026-02-03"), F=_day("2026-12-31T00:00:00")), SECOND), changed=STRICT
    ),
    "days counted from 1904": replace(PLAIN, epoch=MAC, properties='<workbookPr date1904="1"/>'),
    "days as text": PLAIN.with_rows(
        (HEADS, _with(FIRST, E="3. februar 2026", F="31.12.2026"), _with(SECOND, E="1 mars 2025", F="24 dec. 2025"))
    ),
    "amounts as text": PLAIN.with_rows((HEADS, _with(FIRST, G="1\xa0250\u202f000,50"), _with(SECOND, G="980.000,00"))),
    "columns in another order": PLAIN.with_rows(map(_moved, PLAIN.rows)),
    "a merged title above the headings": replace(
        PLAIN,
        rows=(("Delprosjekter 2026",), (), HEADS, FIRST, SECOND),
        below='<mergeCells count="1"><mergeCell ref="A1:H1"/></mergeCells>',
    ),
    "thousands of empty rows at the end": replace(
        PLAIN,
        above='<dimension ref="A1:XFD1048576"/>',
        rows_below="".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(4, 5000)),
    ),
    "a million rows of which the last has a format": replace(
        PLAIN, rows_below='<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    ),
    "words in bold": PLAIN.with_rows((HEADS, _with(FIRST, B="Åpen *dør* på Ørnes"), SECOND)),
    "line ends and spaces at the end of cells": PLAIN.with_rows(
        (HEADS, _with(FIRST, B=" Åpen dør på Ørnes_x000D_\n", D="a;\nb ", H="NOK\xa0"), SECOND)
    ),
    "headings in Nynorsk": PLAIN.with_rows((NYNORSK, FIRST, SECOND)),
    "a Swedish workbook": replace(PLAIN, rows=(SWEDISH, FIRST, SECOND), title="Delprojekt"),
    "an English workbook": replace(PLAIN, rows=(ENGLISH, FIRST, SECOND), title=" sub-projects"),
    "a sheet of one's own": replace(
        PLAIN,
        sheets='<sheet name="#Notater" sheetId="2" r:id="rId1"/>',
    ),
}


def _said(value: Value) -> str:
    if isinstance(value, date):
        return f"{value.day:02}.{value.month:02}.{value.year}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value or "")


def table(separator: str = ";", *, line_end: str = "\r\n", above: str = "") -> str:
    """Write the sheet as CSV, the way Excel does it in Norway."""
    words = io.StringIO()
    lines = csv.writer(words, delimiter=separator, lineterminator=line_end)
    lines.writerows([*map(_said, row)] for row in PLAIN.rows)
    return above + words.getvalue()


#: CSV files that say the same as the plain workbook
TABLES: Mapping[str, bytes] = {
    "Windows-1252 with semicolons": table().encode("cp1252"),
    "UTF-8 with a mark": table().encode("utf-8-sig"),
    "Unicode text with tabs": table("\t").encode("utf-16"),
    "commas, as Google writes them": table(",", line_end="\n").encode(),
    "line ends of an old Mac": table(line_end="\r").encode(),
    "letters in two parts, as on a Mac": unicodedata.normalize("NFD", table()).encode(),
    "a first line that names the separator": table(above="sep=;\r\n").encode("cp1252"),
    "a title and empty lines": (table(above="Delprosjekter 2026\r\n;;;;;;;\r\n") + ";;;;;;;\r\n" * 3000).encode(
        "cp1252"
    ),
}


def _archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Delprosjekter.csv", table().encode("cp1252"))
        archive.writestr("__MACOSX/._Delprosjekter.csv", b"\x00\x05\x16\x07")
    return path


def good_files() -> Mapping[str, Callable[[Path], Path]]:
    """Name all good files, each with what makes it in a folder."""
    found: dict[str, Callable[[Path], Path]] = {}
    for name, book in BOOKS.items():
        found[name] = lambda folder, book=book: book.save(folder / "x.xlsx")  # type: ignore[misc]  # a default binds it
    for name, words in TABLES.items():
        found[name] = lambda folder, words=words: _written(folder / "Delprosjekter.csv", words)  # type: ignore[misc]  # likewise
    return {**found, "a ZIP file of a Mac": lambda folder: _archive(folder / "x.zip")}


def _written(path: Path, words: bytes) -> Path:
    path.write_bytes(words)
    return path

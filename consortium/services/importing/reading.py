"""Reads a workbook, a CSV file or a ZIP file of those into rows of cells."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from consortium.errors import ImportRefused
from consortium.i18n.message import _
from consortium.services.importing.cells import Cell
from consortium.services.importing.grids import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_TITLES,
    OWN,
    Grid,
    below_title,
    letter,
    too_large,
)
from consortium.services.importing.layout import Sheet
from consortium.services.importing.safety import check_readable, check_workbook, read_archive, read_whole
from consortium.services.importing.sheets import LAYOUT, find_sheet
from consortium.services.importing.spreadsheet import read_workbook

#: so much of a CSV file tells what stands between its cells
SAMPLE = 100_000

#: the endings of CSV files
CSV = frozenset({".csv", ".txt", ".tsv"})

#: the marks with which files begin that say how they are encoded
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))

#: a letter of two bytes or more in UTF-8, which hardly ever happens to stand in Windows-1252
_UTF8 = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")

#: with what files of other kinds begin that somebody has renamed
_OTHERS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<")


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read all sheets of an XLSX workbook or a ZIP file of CSV files, or the one of a CSV file.

    :raises ImportRefused: if the file cannot be read as a whole
    """
    check_readable(path)
    ending = path.suffix.lower()
    if ending in CSV:
        return (_read_csv(path.name, read_whole(path)),)
    if ending == ".zip":
        return tuple(_read_zip(path))
    if ending == ".xlsm":
        raise ImportRefused(
            _("{name} holds macros. Save it as an Excel workbook without macros (.xlsx).").fill(name=path.name), ()
        )
    if ending not in {".xlsx", ".xls"}:
        told = _(
            "{name} is none of what is imported: .xlsx (a workbook), .csv, .zip (of CSV files), .jsonl (an export)."
        )
        raise ImportRefused(told.fill(name=path.name), ())
    check_workbook(path)
    return tuple(read_workbook(path))


def _read_zip(path: Path) -> Iterator[Grid]:
    """Read the CSV files in an archive, each named after its sheet; what is not one of them is told of by its name."""
    for name, content in read_archive(path).items():
        if name.startswith(OWN):
            continue
        plain = PurePosixPath(name)
        sheet = find_sheet(plain.stem) if plain.name == name and plain.suffix.lower() in CSV else None
        told = "".join(sign if sign.isprintable() else "?" for sign in name)
        yield _read_csv(told, content, sheet) if sheet else Grid(told, None, ())


def _read_csv(name: str, content: bytes, sheet: Sheet | None = None) -> Grid:
    sheet, words = sheet or find_sheet(Path(name).stem), _decode(name, content)
    first_lines = words[:SAMPLE].splitlines()[:MOST_TITLES]
    separator = max(";\t,", key=lambda sign: max((line.count(sign) for line in first_lines), default=0))
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[Cell, ...]] = []
    try:
        for number, line in enumerate(lines, start=1):
            if number > MOST_LINES or len(line) > MOST_COLUMNS:
                return Grid(name, sheet, (), (too_large(name, MOST_LINES),))
            rows.append(tuple(Cell(each, name, number, letter(place)) for place, each in enumerate(line) if each))
    except csv.Error as fault:
        what = _("{name} cannot be read: a quotation mark is not closed, or a field is endless. Save it anew as CSV.")
        raise ImportRefused(what.fill(name=name), ()) from fault
    sheet = sheet or _sheet_by_headings(rows)
    return Grid(name, sheet, below_title(sheet, rows) if sheet else tuple(rows))


def _decode(name: str, content: bytes) -> str:
    """Read what a Scandinavian spreadsheet saves: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    :raises ImportRefused: if it is none of them; a file that is UTF-8 but for a few bytes is damaged, not Windows-1252
    """
    if content.lstrip()[:8].startswith(_OTHERS):
        other = _(
            "{name} is no CSV file, whatever its name says. Open it in the program that made it, and save it as CSV."
        )
        raise ImportRefused(other.fill(name=name), ())
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        if encoding == "utf-8" and not _UTF8.search(content):
            with suppress(UnicodeDecodeError):
                return content.decode("cp1252")
        what = _("{name} is damaged: some of its letters cannot be read. Save it anew as CSV UTF-8.")
        raise ImportRefused(what.fill(name=name), ()) from fault


def _sheet_by_headings(rows: Sequence[tuple[Cell, ...]]) -> Sheet | None:
    """Find the sheet that knows most of the headings."""
    headings = [cell.words for cell in rows[0] if not cell.is_empty] if rows else []
    known = {sheet.name: sum(sheet.find(heading) is not None for heading in headings) for sheet in LAYOUT}
    best = max(LAYOUT, key=lambda sheet: known[sheet.name])
    return best if known[best.name] else None

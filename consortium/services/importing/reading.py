"""Reads a workbook, a CSV file or a ZIP file of those into rows of cells."""

import csv
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from consortium.errors import ImportRefused
from consortium.i18n.message import Message, _
from consortium.services.importing.cells import Cell
from consortium.services.importing.layout import Sheet
from consortium.services.importing.safety import check_workbook, read_archive
from consortium.services.importing.sheets import LAYOUT, find_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: larger sheets are not what people fill in
MOST_ROWS, MOST_COLUMNS = 100_000, 400

#: lines of a CSV file, which programs write too
MOST_LINES = 1_000_000

#: the endings of CSV files
CSV = frozenset({".csv", ".txt", ".tsv"})

#: the marks with which files begin that say how they are encoded
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))

#: a letter of two bytes or more in UTF-8, which hardly ever happens to stand in Windows-1252
_UTF8 = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")

#: a sheet whose name begins so is the user's own
OWN = ("#", "_")


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, row by row; ``problems`` are what is wrong with the sheet as such."""

    title: str
    sheet: Sheet | None
    rows: tuple[tuple[Cell, ...], ...]
    problems: tuple[Message, ...] = field(default=())


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read all sheets of an XLSX workbook or a ZIP file of CSV files, or the one of a CSV file.

    :raises ImportRefused: if the file cannot be read as a whole
    """
    if not path.is_file():
        raise ImportRefused(_("There is no file {name}.").fill(name=str(path)), ())
    ending = path.suffix.lower()
    if ending in CSV:
        return (_read_csv(path.name, path.read_bytes()),)
    if ending == ".zip":
        return tuple(_read_zip(path))
    if ending == ".xlsm":
        raise ImportRefused(
            _("{name} holds macros. Save it as an Excel workbook without macros (.xlsx).").fill(name=path.name), ()
        )
    if ending != ".xlsx":
        told = _(
            "{name} is none of what is imported: .xlsx (a workbook), .csv, .zip (of CSV files), .jsonl (an export)."
        )
        raise ImportRefused(told.fill(name=path.name), ())
    check_workbook(path)
    return tuple(_read_xlsx(path))


def _read_xlsx(path: Path) -> Iterator[Grid]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would drop on saving; we only read
        try:
            book = load_workbook(path, keep_links=False)
        except Exception as fault:
            raise ImportRefused(
                _(
                    "{name} is damaged, or only half of it arrived. Open it in the spreadsheet, save it again and try once more."
                ).fill(name=path.name),
                (),
            ) from fault
    with closing(book):
        for sheet in book.worksheets:
            if not sheet.title.startswith(OWN):
                yield _grid(sheet)


def _grid(sheet: "Worksheet") -> Grid:
    known = find_sheet(sheet.title)
    if sheet.sheet_state != "visible":
        hidden = _("Sheet “{sheet}” is hidden. Show it, or begin its name with # to leave it out.")
        return Grid(sheet.title, known, (), (hidden.fill(sheet=sheet.title),))
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        return Grid(sheet.title, known, (), (_too_large(sheet.title, MOST_ROWS),))
    merged = _("{sheet}, cells {cells}: cells are merged. Split them and write a value in each.")
    problems = tuple(merged.fill(sheet=sheet.title, cells=str(cells)) for cells in sheet.merged_cells.ranges)
    rows = tuple(
        tuple(_cell(each, sheet.title) for each in row if hasattr(each, "column_letter")) for row in sheet.iter_rows()
    )
    return Grid(sheet.title, known, rows, problems)


def _cell(each: Any, title: str) -> Cell:
    return Cell(
        getattr(each.value, "text", each.value),  # of an array formula
        title,
        each.row,
        each.column_letter,
        is_formula=each.data_type == "f",
        is_error=each.data_type == "e",
        is_percentage="%" in (each.number_format or ""),
    )


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
    words = _decode(name, content)
    first_line = words.split("\n", 1)[0]
    separator = max(";\t,", key=first_line.count)
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[Cell, ...]] = []
    try:
        for number, line in enumerate(lines, start=1):
            if number > MOST_LINES or len(line) > MOST_COLUMNS:
                return Grid(name, sheet, (), (_too_large(name, MOST_LINES),))
            rows.append(tuple(Cell(each, name, number, letter(place)) for place, each in enumerate(line) if each))
    except csv.Error as fault:
        what = _("{name} cannot be read: a quotation mark is not closed, or a field is endless. Save it anew as CSV.")
        raise ImportRefused(what.fill(name=name), ()) from fault
    return Grid(name, sheet or find_sheet(Path(name).stem) or _sheet_by_headings(rows), tuple(rows))


def _too_large(sheet: str, rows: int) -> Message:
    told = _("Sheet “{sheet}” is larger than {rows} rows or {columns} columns. Delete what is empty at its end.")
    return told.fill(sheet=sheet, rows=rows, columns=MOST_COLUMNS)


def _decode(name: str, content: bytes) -> str:
    """Read what a Scandinavian spreadsheet saves: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    :raises ImportRefused: if it is none of them; a file that is UTF-8 but for a few bytes is damaged, not Windows-1252
    """
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


def letter(place: int) -> str:
    """Return the letters of a column by its place, the first of which is 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

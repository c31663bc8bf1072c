"""Reads the sheets of an XLSX workbook a row at a time, so that no file takes more memory than its words."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from consortium.errors import ImportRefused
from consortium.i18n.message import _
from consortium.services.importing.cells import Cell
from consortium.services.importing.grids import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TITLES,
    OWN,
    Grid,
    below_title,
    has_headings,
    letter,
    too_large,
)
from consortium.services.importing.rows import is_hopeless
from consortium.services.importing.safety import DAMAGED
from consortium.services.importing.sheets import find_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

#: cells and rows of a sheet in which nothing stands
MOST_EMPTY = 100_000

#: after so many rows it is asked whether anything is right in a sheet: of one full of nonsense no more is read
SOME = (50, 400, 1000)

#: what “Strict Open XML” calls the parts of a workbook, and what all others call them; the longer one first
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument", b"http://schemas.openxmlformats.org/officeDocument/2006"),
    (b"http://purl.oclc.org/ooxml/drawingml", b"http://schemas.openxmlformats.org/drawingml/2006"),
)


def read_workbook(path: Path) -> Iterator[Grid]:
    """Read the sheets of a workbook that was found to be safe, but those that are the user's own.

    :raises ImportRefused: if it is damaged
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would drop on saving; we only read
        try:
            with _plain(path) as file, closing(load_workbook(file, read_only=True, keep_links=False)) as book:
                yield from [_grid(sheet) for sheet in book.worksheets if not sheet.title.startswith(OWN)]
        except Exception as fault:  # whatever a library says that meets half a file
            raise ImportRefused(DAMAGED.fill(name=path.name), ()) from fault


def _plain(path: Path) -> BinaryIO:
    """Open a workbook; one that Excel saved as “Strict Open XML” with the names by which all others call their parts."""
    with zipfile.ZipFile(path) as archive:
        if _STRICT[0][0] not in archive.read("xl/workbook.xml"):
            return path.open("rb")
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as target:
            for name in archive.namelist():
                content = archive.read(name)
                for strict, usual in _STRICT:
                    content = content.replace(strict, usual)
                target.writestr(name, content)
    copy.seek(0)
    return copy


def _grid(sheet: "ReadOnlyWorksheet") -> Grid:
    known = find_sheet(sheet.title)
    if sheet.sheet_state != "visible":
        hidden = _("Sheet “{sheet}” is hidden. Show it, or begin its name with # to leave it out.")
        return Grid(sheet.title, known, (), (hidden.fill(sheet=sheet.title),))
    if known is None:
        return Grid(sheet.title, None, ())
    merged: list[Any] = []
    rows: list[tuple[Cell, ...]] = []
    for row in _rows(sheet, merged):
        if not row:
            return Grid(sheet.title, known, (), (too_large(sheet.title, MOST_ROWS),))
        rows.append(row)
        if len(rows) == MOST_TITLES and not has_headings(known, rows):
            break
        if len(rows) in SOME and is_hopeless(Grid(sheet.title, known, below_title(known, rows))):
            break
    below = below_title(known, rows)
    first = below[0][0].row if below else 0
    told = _("{sheet}, cells {cells}: cells are merged. Split them and write a value in each.")
    problems = tuple(told.fill(sheet=sheet.title, cells=str(cells.coord)) for cells in merged if cells.max_row >= first)
    return Grid(sheet.title, known, below, problems)


def _rows(sheet: Any, merged: list[Any]) -> Iterator[tuple[Cell, ...]]:
    """Walk the rows in which something stands, then add what is merged; a row of nothing where a sheet is too large."""
    from openpyxl.worksheet._reader import WorkSheetParser  # what reads a row at a time does not tell what is merged

    book, empty = sheet.parent, 0
    formats = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
    with sheet._get_source() as source:
        parser = WorkSheetParser(source, sheet._shared_strings, epoch=book.epoch, **formats)
        for number, found in parser.parse():
            filled = [each for each in found if each["value"] is not None]
            empty += len(found) - len(filled) + (not filled)
            is_large = empty > MOST_EMPTY or (filled and (number > MOST_ROWS or filled[-1]["column"] > MOST_COLUMNS))
            if filled or is_large:
                yield () if is_large else tuple(_cell(sheet, each) for each in filled)
        merged += parser.merged_cells.mergeCell if parser.merged_cells else []


def _cell(sheet: Any, found: dict[str, Any]) -> Cell:
    from openpyxl.cell.read_only import ReadOnlyCell

    value, kind = found["value"], found["data_type"]
    return Cell(
        getattr(value, "text", value),  # of an array formula
        sheet.title,
        found["row"],
        letter(found["column"] - 1),
        is_formula=kind == "f",
        is_error=kind == "e",
        is_percentage=kind == "n" and "%" in (ReadOnlyCell(sheet, **found).number_format or ""),
    )

"""What is read of a file before anybody knows what it means: sheets as grids of cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from consortium.i18n.message import Message, _
from consortium.services.importing.cells import Cell
from consortium.services.importing.layout import Sheet

#: larger sheets are not what people fill in
MOST_ROWS, MOST_COLUMNS = 100_000, 400

#: lines of a CSV file, which programs write too
MOST_LINES = 1_000_000

#: a sheet whose name begins so is the user's own
OWN = ("#", "_")

#: rows in which a sheet can say what it is about, before its headings
MOST_TITLES = 10

#: headings that make a row of headings
_FEW = 2


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, row by row; ``problems`` are what is wrong with the sheet as such."""

    title: str
    sheet: Sheet | None
    rows: tuple[tuple[Cell, ...], ...]
    problems: tuple[Message, ...] = field(default=())


def below_title(sheet: Sheet, rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Leave out the title that somebody has written above the headings of ``sheet``: one cell in a row of its own."""
    for place, row in enumerate(rows[:MOST_TITLES]):
        filled = [cell for cell in row if not cell.is_empty]
        if len(filled) > 1:
            return tuple(rows[place:]) if place and _knows(sheet, filled) >= _FEW else tuple(rows)
    return tuple(rows)


def has_headings(sheet: Sheet, rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Tell whether any of the first rows names a column of ``sheet``; without, nobody can say what the others mean."""
    return any(_knows(sheet, row) for row in rows[:MOST_TITLES])


def _knows(sheet: Sheet, cells: Sequence[Cell]) -> int:
    return sum(sheet.find(cell.words) is not None for cell in cells)


def too_large(sheet: str, rows: int) -> Message:
    """Say that a sheet is larger than what people fill in."""
    told = _("Sheet “{sheet}” is larger than {rows} rows or {columns} columns. Delete what is empty at its end.")
    return told.fill(sheet=sheet, rows=rows, columns=MOST_COLUMNS)


@cache
def letter(place: int) -> str:
    """Return the letters of a column by its place, the first of which is 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

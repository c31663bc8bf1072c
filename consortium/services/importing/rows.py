"""Turns grids of cells into rows of values, and notes every cell that cannot be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from consortium.errors import InvalidValue
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import Message, _
from consortium.services.codes import known_made
from consortium.services.importing.cells import REMOVED, Cell, Value, read_cell, said
from consortium.services.importing.grids import Grid
from consortium.services.importing.layout import Column, Kind, Sheet
from consortium.services.importing.sheets import LAYOUT

#: after so many problems a file is not read any further
MOST_PROBLEMS = 1000

#: stands for the sub-project, else the organisation
WHERE = "sub_project or organisation"

#: of what the keys are made in sheets that have none of their own
MADE: Mapping[str, tuple[str, ...]] = {
    "partners": ("organisation",),
    "roles": ("partner", "role", "start"),
    "capacities": ("person", "role", WHERE, "start"),
    "indicator_values": ("indicator", "kind", "day"),
    "status_updates": ("sub_project", "day"),
    "comments": ("status_update", "field", "day"),
    "assessments": ("theme", "sub_project", "day"),
    "agenda": ("gathering", "place"),
    "attendance": ("gathering", "organisation", "person"),
    "statements": ("gathering", "organisation", "kind"),
    "registers": ("kind", "code", "start"),
}


@dataclass(frozen=True)
class Row:
    """A row of a sheet: what each of its filled cells says, by the column's machine name, and where."""

    sheet: Sheet
    values: Mapping[str, Value]
    cells: Mapping[str, Cell]
    columns: Mapping[str, Column]

    def text(self, name: str) -> str:
        """Return the words in column ``name``; empty if there are none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def problem(self, field: str, what: Message) -> Message:
        """Say that something is wrong with the first cell of ``field``, or with the row if there is none."""
        own = (cell for name, cell in self.cells.items() if name.split(".")[0] == field)
        return next(own, next(iter(self.cells.values()))).problem(what)

    def lacks(self, column: Column) -> Message:
        """Say that a cell must be filled in."""
        first = next(iter(self.cells.values()))
        what = _("“{heading}” is missing. Fill it in.").fill(heading=column.heading)
        return _("{sheet}, row {row}: {what}").fill(sheet=first.sheet, row=first.row, what=what)

    @cached_property
    def key(self) -> str:
        """The key of the record that the row tells of, made from other columns where the sheet has no key of its own."""
        if self.text("key") or self.sheet.name not in MADE:
            return self.text("key")
        if any(part not in self.values for part in needed_for_key(self.sheet)):
            return ""
        return ":".join(filter(None, map(self._part, MADE[self.sheet.name])))

    def _part(self, name: str) -> str:
        if name == WHERE:
            return self.text("sub_project") or self.text("organisation")
        value = self.values.get(name, REMOVED)
        return "" if value is REMOVED else str(value)

    @property
    def missing(self) -> Iterator[Column]:
        """Walk the columns that a new record needs and that the row does not fill."""
        filled = {name.split(".")[0] for name in self.cells}
        return (column for column in self.sheet.columns if column.required and column.name not in filled)

    @property
    def is_adrift(self) -> bool:
        """Tell whether it does not say what its record is a part of, so that nobody can tell whose it would be."""
        owners = (column.name for column in self.sheet.columns if column.required and column.kind is Kind.ONE)
        return any(name not in self.values for name in owners)


def needed_for_key(sheet: Sheet) -> tuple[str, ...]:
    """List the columns without which nobody knows which record a row tells of."""
    required = {column.name for column in sheet.columns if column.required}
    return tuple(part for part in MADE.get(sheet.name, ("key",)) if part in required)


def read_rows(grids: Iterable[Grid], problems: list[Message]) -> dict[str, list[Row]]:
    """Read all grids, sheet by sheet in the order of the layout; what is wrong is added to ``problems``."""
    rows: dict[str, list[Row]] = {sheet.name: [] for sheet in LAYOUT}
    for grid in grids:
        problems += grid.problems
        if grid.sheet is None:
            known = tuple(sheet.heading for sheet in LAYOUT)
            what = _(
                "“{sheet}” is not a sheet that can be imported ({known}). Correct its name, or begin it with # to leave it out."
            )
            problems.append(what.fill(sheet=grid.title, known=known))
        elif grid.rows:
            rows[grid.sheet.name] += _read_grid(grid.sheet, grid, problems)
    for sheet in LAYOUT:
        _note_duplicates(rows[sheet.name], problems)
    return rows


def is_hopeless(grid: Grid) -> bool:
    """Tell whether so much is wrong in the rows that were read of a sheet that nothing of the others would be told."""
    problems: list[Message] = []
    read_rows((grid,), problems)
    return len(problems) >= MOST_PROBLEMS


def _read_grid(sheet: Sheet, grid: Grid, problems: list[Message]) -> Iterator[Row]:
    heads = _read_heads(sheet, grid, problems)
    columns = {column.machine_name: column for column in heads.values()}
    lettered = _lettered(grid)
    for cells in grid.rows[1:]:
        if len(problems) >= MOST_PROBLEMS:
            return
        filled = [(heads[cell.letter], cell) for cell in cells if cell.letter in heads and not cell.is_empty]
        stray = [cell for cell in cells if cell.letter not in heads and not cell.is_empty]
        if any(cell.letter not in lettered for cell in stray):
            problems.append(
                stray[0].problem(
                    _("There is a value in a column without a heading. Give the column a heading, or delete the value.")
                )
            )
        if filled:
            yield _read_row(sheet, filled, columns, problems)


def _lettered(grid: Grid) -> set[str]:
    """Collect the letters of the columns that have a heading, whether it is known or not."""
    return {cell.letter for cell in grid.rows[0] if not cell.is_empty}


def _read_heads(sheet: Sheet, grid: Grid, problems: list[Message]) -> dict[str, Column]:
    heads: dict[str, Column] = {}
    for cell in grid.rows[0]:
        if cell.is_empty:
            continue
        column = sheet.find(cell.words)
        if column is None:
            problems.append(_unknown_heading(sheet, cell))
        elif column.machine_name in {known.machine_name for known in heads.values()}:
            problems.append(
                cell.problem(_("There are two columns for “{heading}”. Delete one of them.").fill(heading=cell.words))
            )
        else:
            heads[cell.letter] = column
    names = {column.name for column in heads.values()}
    for column in sheet.columns:
        if column.name in needed_for_key(sheet) and column.name not in names:
            missing = _("{sheet}: the column “{heading}” is missing. Add it, or begin with a new template.")
            problems.append(missing.fill(sheet=grid.title, heading=column.heading))
    return heads


def _unknown_heading(sheet: Sheet, cell: Cell) -> Message:
    if any(sheet.find(f"{cell.words} ({language})") for language in INTERFACE_LANGUAGES):
        what = _("“{heading}” does not say which language. Write it in brackets: {heading} (nb).")
        return cell.problem(what.fill(heading=cell.words.strip()))
    titles = [
        column.title(language) for column in sheet.spread(INTERFACE_LANGUAGES) for language in INTERFACE_LANGUAGES
    ]
    heading = cell.words[:80]
    close = get_close_matches(heading, titles, n=1)
    if close:
        return cell.problem(
            _("No column is called “{heading}”. Is it “{close}”?").fill(heading=heading, close=close[0])
        )
    return cell.problem(
        _("No column is called “{heading}”. Correct the heading, or delete the column.").fill(heading=heading)
    )


def _read_row(
    sheet: Sheet, filled: list[tuple[Column, Cell]], columns: Mapping[str, Column], problems: list[Message]
) -> Row:
    values: dict[str, Value] = {}
    cells: dict[str, Cell] = {}
    for column, bare in filled:
        cell = cells[column.machine_name] = replace(bare, heading=column.heading)
        try:
            values[column.machine_name] = read_cell(cell, column)
        except InvalidValue as fault:
            problems.append(said(fault, cell))
    row = Row(sheet, values, cells, columns)
    problems += [row.lacks(column) for column in row.missing if column.name in needed_for_key(sheet)]
    try:
        known_made(row.key)
    except InvalidValue as fault:
        problems.append(row.problem(MADE[sheet.name][0], fault.message))
    return row


def _note_duplicates(rows: list[Row], problems: list[Message]) -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        if not row.key:
            continue
        if len(problems) >= MOST_PROBLEMS:
            return
        first = seen.setdefault(row.key, row)
        if first is not row:
            above = next(iter(first.cells.values())).row
            name = "key" if "key" in row.cells else next(iter(row.cells))
            problems.append(row.problem(name, _advice(row).fill(key=row.key, row=above)))


def _advice(row: Row) -> Message:
    """Say what to do about two rows of one key, be it written or made of other cells."""
    if "key" in row.cells or row.sheet.name not in MADE:
        return _("“{key}” already stands in row {row}. Each key may stand only once.")
    if any(column.name == "key" for column in row.sheet.columns):
        return _("Row {row} already tells of “{key}”. Join the two rows, or give this one a key of its own.")
    return _("Row {row} already tells of “{key}”. Join the two rows, or delete one of them.")


def references(row: Row) -> Iterator[tuple[str, str, str]]:
    """Walk what the row refers to: the column, the sheet of what it names, and the key."""
    for name, column in row.columns.items():
        value = row.values.get(name)
        if value is None or value is REMOVED or column.kind not in {Kind.ONE, Kind.MANY}:
            continue
        for key in value if isinstance(value, tuple) else (str(value),):
            yield name, column.group, key

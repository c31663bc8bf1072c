"""Sheets of a workbook: a head, a column for each language where they differ, and rows that are written once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from consortium.documents import Column, Speech, Words
from consortium.i18n.message import _
from consortium.writers.xlsx_lines import HEADS, Line, Sheet
from consortium.writers.xlsx_looks import Looks, Names, height, prepare, raise_row
from consortium.writers.xlsx_values import LONGEST, Figure, Value, text, value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: rows of a sheet; further ones go to another
MOST_ROWS = 1_048_576

#: widths of columns, in signs
NARROWEST, WIDEST_LABEL, WIDEST, WIDEST_TEXT = 9, 28, 42, 60

#: stand for the cells of a line that say something about the others
REMARK, RECORD = -1, -2

Cells = Mapping[int, tuple[Value, "Format"]]


@dataclass(frozen=True, slots=True)
class Place:
    """A column as it is written.

    :ivar cell: which cell of a line stands in it
    :ivar side: which of its phrases; None where the languages say the same, or stand beside each other in it
    """

    cell: int
    side: int | None
    head: str
    width: int
    is_end: bool = False


def places(sheet: Sheet, speech: Speech) -> Iterator[Place]:
    """Lay out a sheet: headings where lines stand under different ones, a column for each language where they differ."""
    for cell, column in enumerate(sheet.columns):
        if cell >= HEADS or (cell in sheet.longest and (sheet.is_gathered or sheet.is_text)):
            yield from _sides(sheet, cell, column, speech.languages)
    if sheet.is_remarked:
        yield Place(REMARK, None, joined(speech.say(_("Remark"))), WIDEST_LABEL)
    if sheet.is_sourced:
        yield Place(RECORD, None, joined(speech.say(_("Record"))), WIDEST)


def _sides(sheet: Sheet, cell: int, column: Column, languages: tuple[str, ...]) -> Iterator[Place]:
    is_label = cell < HEADS or (sheet.is_text and cell == HEADS)
    most = WIDEST_LABEL if is_label else WIDEST_TEXT if sheet.is_text else WIDEST
    needed = min(most, sheet.longest.get(cell, 0) + 2)
    is_end = column.align == "end"
    if is_label or cell not in sheet.parted:
        yield _place(cell, None, joined(column.words), needed, is_end=is_end)
        return
    for side, tag in enumerate(languages):
        said = column.words[min(side, len(column.words) - 1)].words if column.words else ""
        yield _place(cell, side, f"{said} ({tag})".strip(), needed, is_end=is_end)


def _place(cell: int, side: int | None, head: str, needed: int, *, is_end: bool) -> Place:
    """Make a column whose head takes two lines or so and leaves room for the button of the filter."""
    longest = max(len(head) // 2, *map(len, head.split()), 0)
    return Place(cell, side, head, max(NARROWEST, needed, min(longest, WIDEST_LABEL) + 4), is_end)


def joined(words: Words) -> str:
    """Say in one line what the languages say, each thing once."""
    return " / ".join(dict.fromkeys(phrase.words for phrase in words if phrase.words))


class Page:
    """Writes the lines of a sheet, row after row, and goes on in another where one is full."""

    def __init__(self, book: "Workbook", sheet: Sheet, looks: Looks, names: Names, speech: Speech) -> None:
        self._book, self._sheet, self._looks, self._names = book, sheet, looks, names
        self._places = list(places(sheet, speech))
        self._continued = joined(speech.say(_("continued from the row above")))
        self._plain = looks()
        self.caption, self.name = sheet.caption, ""
        self._open()

    def write(self, line: Line) -> None:
        """Write a line; what is too long for a cell goes on in the rows below."""
        rest = self._add(self._cells(line))
        while rest:
            cells: dict[int, tuple[Value, Format]] = {number: (words, self._plain) for number, words in rest.items()}
            remark = next(number for number, place in enumerate(self._places) if place.cell == REMARK)
            rest = self._add(cells | {remark: (self._continued, self._plain)})

    def close(self) -> None:
        """Let a reader filter the rows, now that their number is known."""
        if self._row:
            self._page.autofilter(0, 0, self._row, len(self._places) - 1)

    def _open(self) -> None:
        wanted = self._sheet.name or self._sheet.caption
        name = self._names.name(wanted[0].words if wanted else "")
        self.name = self.name or name
        self._page: Worksheet = self._book.add_worksheet(name)
        self._row = 0
        prepare(self._page)
        self._page.repeat_rows(0)
        self._page.freeze_panes(1, 0 if self._sheet.is_text or self._sheet.is_gathered else 1)
        for number, place in enumerate(self._places):
            self._page.set_column(number, number, place.width, self._plain)
            self._page.write_string(0, number, text(place.head), self._looks.head(is_end=place.is_end))
        raise_row(self._page, 0, max((height(place.head, place.width - 3) for place in self._places), default=1))

    def _add(self, cells: Cells) -> dict[int, str]:
        """Write a row, and return what does not fit into its cells."""
        if self._row + 1 == MOST_ROWS:
            self.close()
            self._open()
        self._row += 1
        rest, lines = {}, 1
        for number, (said, look) in cells.items():
            if isinstance(said, Figure):
                self._page.write_number(self._row, number, float(said.number), look)
            elif isinstance(said, str):
                self._page.write_string(self._row, number, said[:LONGEST], look)
                lines = max(lines, height(said[:LONGEST], self._places[number].width))
                if len(said) > LONGEST:
                    rest[number] = said[LONGEST:]
            else:
                midnight = datetime(said.year, said.month, said.day)  # noqa: DTZ001  # a workbook knows no time zones
                self._page.write_datetime(self._row, number, midnight, look)
        raise_row(self._page, self._row, lines)
        return rest

    def _cells(self, line: Line) -> Cells:
        cells: dict[int, tuple[Value, Format]] = {}
        remarks: list[str] = []
        for number, place in enumerate(self._places):
            if place.cell == REMARK:
                said = "\n".join(remarks)
            elif place.cell == RECORD:
                said = line.source
            elif place.cell < len(line.cells) and (words := line.cells[place.cell]):
                cells[number] = self._cell(place, words, is_heading=line.is_heading)
                remarks += _remarks(place, words) if self._sheet.is_remarked else ()
                continue
            else:
                continue
            if said:
                cells[number] = (text(said), self._plain)
        return cells

    def _cell(self, place: Place, words: Words, *, is_heading: bool) -> tuple[Value, "Format"]:
        phrase = words[min(place.side or 0, len(words) - 1)]
        is_label = self._sheet.is_text or place.cell < HEADS
        said: Value = phrase.words if is_label else value(phrase.words, phrase.language)
        if isinstance(said, str):
            said = text(joined(words) if place.side is None and len(words) > 1 else said)
        look = self._looks(bold=True) if is_heading else self._looks.value(said, phrase, is_end=place.is_end)
        return said, look


def _remarks(place: Place, words: Words) -> Sequence[str]:
    """Say why words are not quite what the reader should get, and in which column they stand."""
    noted = words if place.side is None else words[place.side : place.side + 1]
    return [f"{place.head}: {phrase.note}" for phrase in noted if phrase.note and place.cell >= HEADS]

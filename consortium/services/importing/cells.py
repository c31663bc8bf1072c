"""A cell, and how what stands in it becomes a value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from consortium.errors import ConsortiumError, InvalidValue
from consortium.i18n.dates import parse_date
from consortium.i18n.language import normal_tag
from consortium.i18n.message import Message, _
from consortium.i18n.numbers import parse_number
from consortium.services.codes import (
    LONGEST_KEY,
    LONGEST_MADE,
    known_code,
    known_key,
    known_languages,
    known_measure,
    known_plain,
    known_whole,
)
from consortium.services.importing.escaping import ERRORS, is_gone, unescaped
from consortium.services.importing.layout import NUMBERS, Column, Kind
from consortium.services.partners import checked_identifiers
from consortium.texts import normal_words

#: the longest text that a cell of a workbook can hold
LONGEST_TEXT = 32_000

#: what may be something else than words
TYPED = frozenset({Kind.DATE, Kind.WORDS, *NUMBERS})


class Removed:
    """What a cell says that takes a value away."""


REMOVED = Removed()

#: what a cell can mean
Value = str | date | Decimal | int | tuple[str, ...] | Removed


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and where: the title of its sheet, its row, its column's letter."""

    raw: object
    sheet: str
    row: int
    letter: str
    heading: Message | str = ""
    is_formula: bool = False
    is_error: bool = False
    is_percentage: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it."""
        return self.raw is None or (isinstance(self.raw, str) and not self.raw.strip())

    @property
    def words(self) -> str:
        """What stands in it, as words; whole numbers without decimals, escaped signs as what they are."""
        if isinstance(self.raw, float) and self.raw.is_integer():
            return str(int(self.raw))
        if isinstance(self.raw, (date, datetime)):
            return self.raw.strftime("%Y-%m-%d")
        return unescaped(str(self.raw))

    def problem(self, what: Message) -> Message:
        """Say where a problem is, and what it is."""
        return _("{sheet}, row {row}, column {letter} ({heading}): {what}").fill(
            sheet=self.sheet, row=self.row, letter=self.letter, heading=self.heading or "–", what=what
        )


def read_cell(cell: Cell, column: Column) -> Value:
    """Read a cell in which something stands as its column asks.

    :raises InvalidValue: if it cannot be read in exactly one way
    """
    if cell.is_formula:
        raise InvalidValue(_("“{words}” is a formula. Paste its value instead.").fill(words=str(cell.raw)[:80]))
    if cell.is_error or cell.raw in ERRORS:
        what = _("“{words}” is an error value of the spreadsheet. Write what should stand there.")
        raise InvalidValue(what.fill(words=str(cell.raw)[:80]))
    if is_gone(cell.raw):
        if column.required and column.kind is not Kind.WORDS:
            raise InvalidValue(
                _("This cannot be taken away. Write a value, or leave the cell empty to keep the present one.")
            )
        return REMOVED
    if column.kind not in TYPED and isinstance(cell.raw, (bool, date)):
        what = _("The spreadsheet has made “{words}” of what was written. Format the cell as text and write it anew.")
        raise InvalidValue(what.fill(words=cell.words))
    return READERS[column.kind](cell, column)


def _read_words(cell: Cell, _column: Column) -> str:
    words = normal_words(cell.words)
    if len(words) > LONGEST_TEXT:
        raise InvalidValue(
            _("The text is {count} characters long; at most {most} fit.").fill(count=len(words), most=LONGEST_TEXT)
        )
    return words


def _read_plain(cell: Cell, _column: Column) -> str:
    return known_plain(cell.words)


def _read_key(cell: Cell, column: Column) -> str:
    """Read a key; only those that are always written by people must be short, others may have been made."""
    is_written = column.kind is Kind.KEY and column.required
    return known_key(_read_plain(cell, column), longest=LONGEST_KEY if is_written else LONGEST_MADE)


def _read_date(cell: Cell, _column: Column) -> date:
    if isinstance(cell.raw, datetime):
        return cell.raw.date()
    if isinstance(cell.raw, date):
        return cell.raw
    return parse_date(normal_words(cell.words))


def _read_number(cell: Cell, _column: Column) -> Decimal:
    if cell.is_percentage:
        raise InvalidValue(_("This is a percentage. Format the cell as a number and write the figure."))
    if isinstance(cell.raw, bool) or not isinstance(cell.raw, (int, float)):
        return parse_number(normal_words(cell.words))
    return Decimal(repr(cell.raw)) if isinstance(cell.raw, float) else Decimal(cell.raw)


def _read_many(cell: Cell, column: Column) -> tuple[str, ...]:
    return tuple(known_key(part) for part in re.split("[;,\n]", _read_words(cell, column)) if part.strip())


#: reads a cell of each kind
READERS: Mapping[Kind, Callable[[Cell, Column], Value]] = {
    Kind.KEY: _read_key,
    Kind.ONE: _read_key,
    Kind.MANY: _read_many,
    Kind.PLAIN: _read_plain,
    Kind.WORDS: _read_words,
    Kind.LANGUAGE: lambda cell, column: normal_tag(_read_plain(cell, column)),
    Kind.LANGUAGES: lambda cell, column: known_languages(_read_plain(cell, column)),
    Kind.CODE: lambda cell, column: known_code(column.group, _read_plain(cell, column)),
    Kind.DATE: _read_date,
    Kind.NUMBER: _read_number,
    Kind.MEASURE: lambda cell, column: known_measure(_read_number(cell, column)),
    Kind.WHOLE: lambda cell, column: known_whole(_read_number(cell, column)),
    Kind.IDENTIFIER: lambda cell, column: checked_identifiers({column.group: _read_plain(cell, column)})[column.group],
}


def said(fault: ConsortiumError, cell: Cell) -> Message:
    """Say where a value is that could not be read, and what is wrong with it."""
    return cell.problem(fault.message)

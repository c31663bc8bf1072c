"""What a cell holds: a day, a figure or text; whatever is not surely a day or a figure stays text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from consortium.documents import Words
from consortium.errors import InvalidValue
from consortium.i18n.dates import format_date, parse_date
from consortium.i18n.numbers import CURRENCIES, format_number, parse_number

#: signs in one cell: half of what a spreadsheet takes, for one sign may count twice
LONGEST = 16_000

#: no figure or day is longer
_SHORT = 30

_WIDTHS = ("long", "medium", "short")
#: can mean thousands or thousandths
_EITHER = re.compile("[-\u2212]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_UNKEPT = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the pattern by which a spreadsheet shows it as the report does."""

    number: Decimal
    pattern: str


Value = str | date | Figure


def value(words: str, language: str) -> Value:
    """Read what stands in the cell of a table; a day or a figure must be written as ``language`` writes it."""
    return _read(words, language) if len(words) <= _SHORT else words


@lru_cache(maxsize=4096)
def _read(words: str, language: str) -> Value:
    if words[-1:].isalnum() and any(map(str.isdigit, words)):
        return _day(words, language) or _figure(words, language) or words
    return words


def differ(words: Words, *, is_text: bool) -> bool:
    """Tell whether two languages say different things in a cell, and not one day or figure in two ways."""
    first, *others = words
    if all(each.words == first.words for each in others):
        return any(each.mark != first.mark for each in others)
    if is_text:
        return True
    said = value(first.words, first.language)
    return any(value(each.words, each.language) != said for each in others)


def text(words: str) -> str:
    """Leave out what no workbook can hold, and let nothing pass for the markup that XlsxWriter would take as such."""
    if not words.isascii():
        words = _UNKEPT.sub("\ufffd", words)
    return f"{words} " if words.startswith("<r>") and words.endswith("</r>") else words


def pieces(words: str) -> Iterator[str]:
    """Part words that are too long for one cell."""
    return (words[start : start + LONGEST] for start in range(0, len(words), LONGEST))


def _day(words: str, language: str) -> date | None:
    try:
        day = parse_date(words)
    except InvalidValue:
        return None
    return day if any(words == format_date(day, language, width) for width in _WIDTHS) else None


def _figure(words: str, language: str) -> Figure | None:
    currency = words[-3:] if words[-3:] in CURRENCIES else ""
    digits = words.removesuffix(currency).rstrip()
    number = _number(digits, language)
    if number is None:
        return None
    exponent = number.as_tuple().exponent
    pattern = "0" if digits.isdigit() else "#,##0"
    decimals = f".{'0' * -exponent}" if isinstance(exponent, int) and exponent < 0 else ""
    return Figure(number, pattern + decimals + (f'"\u00a0{currency}"' if currency else ""))


def _number(digits: str, language: str) -> Decimal | None:
    """Read a number; one that can be read in two ways is what ``language`` would write so."""
    try:
        return parse_number(digits)
    except InvalidValue:
        if not _EITHER.fullmatch(digits):
            return None
    tidy = digits.replace("\u2212", "-")
    readings = (Decimal(re.sub("[.,]", "", tidy)), Decimal(tidy.replace(",", ".")))
    return next((each for each in readings if format_number(each, language) == digits), None)

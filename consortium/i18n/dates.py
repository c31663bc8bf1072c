"""Days and weeks as they are written and read in each language."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from babel.dates import format_date as babel_format_date
from babel.dates import get_month_names

from consortium.errors import InvalidValue
from consortium.i18n.language import INTERFACE_LANGUAGES, interface_language
from consortium.i18n.message import Message, _

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_SPOKEN = re.compile(r"([0-9]{1,2})(?:\.\s*|\s+)([^\W\d_]+)\.?\s+([0-9]{4})")

#: what a spreadsheet adds to a day
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")


@lru_cache(maxsize=4096)
def format_date(day: date, language: str, width: str = "long") -> str:
    """Write ``day`` as a reader of ``language`` would: ``3. februar 2026``.

    :param width: ``long`` for running text, ``medium`` for tables, ``short`` for figures alone
    """
    spoken = interface_language(language)
    # English as it is written in the Nordic countries: the day before the month, figures by ISO 8601
    return babel_format_date(day, format=width, locale="en_SE" if spoken == "en" else spoken)


def format_days(start: date, end: date, language: str) -> str:
    """Write some days in a row: ``24.–25. mars 2026``, ``30. mars – 1. april 2026``."""
    last = format_date(end, language)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{'.' if interface_language(language) in {'nb', 'nn'} else ''}–{last}"
    first = format_date(start, language)
    return f"{first.removesuffix(f' {end.year}') if start.year == end.year else first} – {last}"


@dataclass(frozen=True)
class Days(Message):
    """Some days in a row as a message."""

    start: date = date.min
    end: date = date.min

    def say(self, language: str) -> str:
        """Write them as a reader of ``language`` would."""
        return format_days(self.start, self.end, language)

    __hash__ = Message.__hash__


def format_week(day: date) -> Message:
    """Name the ISO week of ``day``: ``week 53 of 2026`` on 31 December 2026."""
    year, week, _weekday = day.isocalendar()
    return _("week {week} of {year}").fill(week=week, year=year)


def parse_date(words: str) -> date:
    """Read a day: ``2026-02-03``, ``3.2.2026``, ``3. februar 2026`` or ``3 februari 2026``.

    :raises InvalidValue: if there is no such day, or the words can be read in two ways
    """
    tidy = _MIDNIGHT.sub("", " ".join(words.split()))
    if found := _ISO.fullmatch(tidy):
        return _day(words, *found.groups())
    if found := _DOTTED.fullmatch(tidy):
        return _day(words, *reversed(found.groups()))
    if (found := _SPOKEN.fullmatch(tidy)) and (month := _months().get(found[2].casefold())):
        return _day(words, found[3], str(month), found[1])
    raise InvalidValue(
        _("“{words}” cannot be read as a date in one way only. Write for example 2026-02-03 or 3.2.2026.").fill(
            words=words[:80]
        )
    )


def _day(words: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise InvalidValue(
            _("There is no day “{words}” in the calendar. Correct the day or the month.").fill(words=words[:80])
        ) from None


@cache
def _months() -> dict[str, int]:
    """Map the names of the months in every language of the interface to their number."""
    return {"sept": 9} | {
        name.casefold().rstrip("."): number
        for language in INTERFACE_LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }

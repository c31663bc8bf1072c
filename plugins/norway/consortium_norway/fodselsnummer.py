"""The guard of numbers of persons: it warns of a *fødselsnummer* in free text, and never says it again.

It finds numbers from the national register (also those given out from 2032, whose first check digit fits in four ways),
D-numbers (day + 40), hospitals' help numbers (month + 40, or a first figure of 8 or 9 where a word before says so), and
those of invented persons (month + 40, 65 or 80).

Account numbers have as many figures and the same last check digit. They are told apart by how they are written (4-2-5
against 6-5), by the words before them, and, where figures stand in one run without such a word, by what is most likely:
there the number must be one that somebody alive can have today.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from stdnum.no import fodselsnummer

from consortium import clock
from consortium.i18n.message import Message
from consortium.texts.check import TextCheck
from consortium_norway.voice import _, _n

#: nobody who is alive was born longer ago
OLDEST = 115

#: what may be added to a day and to a month
DAYS = (0, 40)
MONTHS = (0, 40, 65, 80)

#: those that are looked for in numbers given out from 2032, unless a word says that they are a person's
MONTHS_2032 = (0, 80)

#: by how much the first check digit may be off in numbers given out from 2032; the others fit exactly
REMAINDERS = range(4)

#: which individual numbers those born in which years got: the century, the years in it, the numbers
SERIES = (
    (1900, range(100), range(500)),
    (2000, range(40), range(500, 1000)),
    (1900, range(40, 100), range(900, 1000)),
)

#: so many signs before a number tell what it is
BEFORE = 32

_GAP = r"(?: ?[-\u2010-\u2015\u2212] ?| )"
_NUMBER = re.compile(
    rf"(?<![0-9])(?<![0-9][.,/\-\u2010-\u2015\u2212])"
    rf"(?:(?P<run>[0-9]{{11}})|(?:[0-9]{{6}}|[0-9]{{2}}(?P<dot>[ .\-])[0-9]{{2}}(?P=dot)(?P<century>19|20)?[0-9]{{2}}){_GAP}"
    rf"(?:[0-9]{{5}}|[0-9]{{3}} [0-9]{{2}}))"
    rf"(?![0-9])(?![.,/\-\u2010-\u2015\u2212][0-9])"
)
_PERSON = re.compile(
    r"fødsels?-?(?:n(?:ummer|r)|dato)|\bf\.? ?nr|personn(?:ummer|r)|\bp\.?nr|\b(?:d|f?h)-?n(?:ummer|r)|hjelpen(?:ummer|r)|identitet|født|fødd",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\bkonto(?:en|ar|er)?\b|kon?to\.? ?n(?:ummer|r)|\bkto\b|\bKID\b|\bIBAN\b|\b(?:bank|post)?giro\b|\baccount\b",
    re.IGNORECASE,
)


def look(words: str, _language: str) -> Iterator[Message]:
    """Warn once of a text, whatever the number of numbers in it."""
    if count := sum(1 for _found in numbers_of_persons(words)):
        yield _n(
            "There seems to be a number of a person (fødselsnummer, D-number or the like) in the text. Take it out.",
            "There seem to be {count} numbers of persons (fødselsnummer, D-number or the like) in the text. Take them out.",
            count,
        )


def numbers_of_persons(words: str) -> Iterator[str]:
    """Walk what looks like numbers of persons, as eleven figures."""
    tidy = unicodedata.normalize("NFKC", words)
    today = clock.today()
    for found in _NUMBER.finditer(tidy):
        number = re.sub("[^0-9]", "", found.group())
        if found["century"]:
            number = number[:4] + number[6:]
        before = tidy[max(0, found.start() - BEFORE) : found.start()]
        person, account = _last(_PERSON, before), _last(_ACCOUNT, before)
        if account > person and not re.search("[0-9]", before[account:]):
            continue
        if _fits(number, today, is_told=person >= 0, is_parted=found["run"] is None):
            yield number


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Tell where a word stands last, or -1."""
    return max((found.start() for found in pattern.finditer(words)), default=-1)


def _fits(number: str, today: date, *, is_told: bool, is_parted: bool) -> bool:
    """Tell whether eleven figures can be a person's.

    :param is_told: whether a word before them says so
    :param is_parted: whether they are written as such numbers are, in six and five
    """
    if number[10] != fodselsnummer.calc_check_digit2(number):
        return False
    remainder = (int(number[9]) - int(fodselsnummer.calc_check_digit1(number))) % 11
    if remainder == 0 and any(_is_alive(day, today) for day in _births(number)):
        return True
    if remainder == 0 and is_told and number[0] in "89":
        return True
    if remainder not in REMAINDERS or not (is_told or is_parted):
        return False
    return any(_births(number, century=2000, months=MONTHS if is_told else MONTHS_2032))


def _is_alive(born: date, today: date) -> bool:
    return born <= today and born.year >= today.year - OLDEST


def _births(number: str, *, century: int = 0, months: tuple[int, ...] = MONTHS) -> Iterator[date]:
    """Walk the days of birth that a number can stand for; the century is that of its individual number unless given."""
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    first = century or _century(year, int(number[6:9]))
    for more_days in DAYS:
        for more_months in months:
            try:
                yield date(first + year, month - more_months, day - more_days)
            except ValueError:
                continue


def _century(year: int, individual: int) -> int:
    """Tell the century in which the bearer of an individual number was born; 0 for none."""
    found = (century for century, years, numbers in SERIES if year in years and individual in numbers)
    return next(found, 0)


def text_checks() -> Iterable[TextCheck]:
    """Walk the checks on texts of Norway."""
    yield TextCheck("no-fodselsnummer", _("Norwegian numbers of persons"), look)

"""The guard of numbers of persons: it warns of a *personnummer* in free text, and never says it again.

It finds *personnummer* and *samordningsnummer* (day + 60) in ten or twelve figures, with a hyphen, a plus sign (from the
year in which somebody turns 100), a space or nothing before the last four. Organisation numbers have no month in their
third and fourth figure, so that they are never taken for a person's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from stdnum import luhn

from consortium import clock
from consortium.i18n.message import Message
from consortium.texts.check import TextCheck
from consortium_sweden.voice import _, _n

#: nobody who is alive was born longer ago
OLDEST = 115

#: what is added to the day of a samordningsnummer
COORDINATION = 60

#: so many signs before a number tell what it is
BEFORE = 24

_SIGNS = r"\-\u2010-\u2015\u2212"
_NUMBER = re.compile(
    rf"(?<![0-9+])(?<![0-9][.,/{_SIGNS}])"
    rf"(?P<century>1[89]|20)?(?P<born>[0-9]{{6}})(?P<gap> ?[+{_SIGNS}] ?| )?(?P<end>[0-9]{{4}})"
    rf"(?![0-9])(?![.,/+{_SIGNS}][0-9])"
)
_PERSON = re.compile(r"person(?:nummer|nr)|samordningsn(?:ummer|r)|\bp\.?nr|född", re.IGNORECASE)
_PHONE = re.compile(r"\b(?:tel|tfn|mobil|ring|sms|telefon)\w*", re.IGNORECASE)


def look(words: str, _language: str) -> Iterator[Message]:
    """Warn once of a text, whatever the number of numbers in it."""
    if count := sum(1 for _found in numbers_of_persons(words)):
        yield _n(
            "There seems to be a number of a person (personnummer or samordningsnummer) in the text. Take it out.",
            "There seem to be {count} numbers of persons (personnummer or samordningsnummer) in the text. Take them out.",
            count,
        )


def numbers_of_persons(words: str) -> Iterator[str]:
    """Walk what looks like numbers of persons, as ten figures."""
    tidy = unicodedata.normalize("NFKC", words)
    today = clock.today()
    for found in _NUMBER.finditer(tidy):
        before = tidy[max(0, found.start() - BEFORE) : found.start()]
        number = found["born"] + found["end"]
        is_phone = found["gap"] is None and _PHONE.search(before) and not _PERSON.search(before)
        if not is_phone and luhn.is_valid(number) and _is_born(found["born"], found["century"], today):
            yield number


def _is_born(born: str, century: str | None, today: date) -> bool:
    """Tell whether six figures are a day of birth of somebody who can be alive."""
    year, month, day = int(born[:2]), int(born[2:4]), int(born[4:])
    centuries = (int(century) * 100,) if century else (1900, 2000)
    for each in centuries:
        for more in (0, COORDINATION):
            try:
                found = date(each + year, month, day - more)
            except ValueError:
                continue
            if found <= today and found.year >= today.year - OLDEST:
                return True
    return False


def text_checks() -> Iterable[TextCheck]:
    """Walk the checks on texts of Sweden."""
    yield TextCheck("se-personnummer", _("Swedish numbers of persons"), look)

"""Numbers by which others know an organisation: organisation numbers and municipality codes."""

import unicodedata
from collections.abc import Iterable

from stdnum import exceptions
from stdnum.se import orgnr

from consortium.errors import InvalidValue
from consortium.facts import IdentifierKind
from consortium.i18n.message import Message
from consortium_sweden.voice import _

#: figures of a municipality code, the first two of which are its county's
LENGTH = 4

#: the counties of today
COUNTIES = frozenset(f"{number:02}" for number in (1, *range(3, 11), *range(12, 15), *range(17, 26)))

#: counties that were merged, each with the one that took over, and the year
MERGED = {"11": ("12", 1997), "15": ("14", 1998), "16": ("14", 1998)}


def check_orgnr(value: str) -> str:
    """Return an organisation number as ten figures with a hyphen.

    :raises InvalidValue: if it has another length, or its last figure does not fit (Luhn)
    """
    try:
        return str(orgnr.format(orgnr.validate(value)))
    except exceptions.ValidationError:
        message = _(
            "“{value}” is not a Swedish organisation number. It has ten figures, of which the last one checks the others: look it up."
        )
        raise InvalidValue(message.fill(value=value[:40])) from None


def check_kommun(value: str) -> str:
    """Return a municipality code as four figures; whether it is in force is for the register to say.

    :raises InvalidValue: if it has another length, or its first two figures are no county's
    """
    figures = "".join(unicodedata.normalize("NFKC", value[:40]).split())
    if not (figures.isascii() and figures.isdigit()) or len(figures) not in {LENGTH, LENGTH - 1}:
        raise _refused(_("It has four figures, such as 0180: look it up."), value)
    if len(figures) == LENGTH - 1:
        raise _refused(_("A figure is missing; do you mean {padded}?").fill(padded=figures.zfill(LENGTH)), value)
    county = figures[:2]
    if county in MERGED:
        heir, year = MERGED[county]
        told = _("County {county} became part of county {heir} in {year}: look up the code of today.")
        raise _refused(told.fill(county=county, heir=heir, year=str(year)), value)
    if county not in COUNTIES:
        raise _refused(_("No county has the code {county}.").fill(county=county), value)
    if figures.endswith("00"):
        raise _refused(_("Codes that end in 00 stand for a whole county."), value)
    return figures


def _refused(reason: Message, value: str) -> InvalidValue:
    told = _("“{value}” is not a Swedish municipality code. {reason}")
    return InvalidValue(told.fill(value=value[:40], reason=reason))


def kinds() -> Iterable[IdentifierKind]:
    """Walk the kinds of identifiers of Sweden."""
    yield IdentifierKind("se-orgnr", _("Swedish organisation number"), "SE", check_orgnr)
    yield IdentifierKind("se-kommun", _("Swedish municipality code"), "SE", check_kommun)

"""Numbers by which others know an organisation: organisation numbers and municipality numbers."""

import unicodedata
from collections.abc import Iterable

from stdnum import exceptions
from stdnum.no import orgnr

from consortium.errors import InvalidValue
from consortium.facts import IdentifierKind
from consortium.i18n.message import Message
from consortium_norway.counties import counties, counties_now
from consortium_norway.voice import _

#: figures of a municipality number, the first two of which are its county's
LENGTH = 4


def check_orgnr(value: str) -> str:
    """Return an organisation number as nine figures.

    :raises InvalidValue: if it has another length, or its last figure does not fit (mod 11)
    """
    try:
        return str(orgnr.validate(value))
    except exceptions.ValidationError:
        message = _(
            "“{value}” is not a Norwegian organisation number. It has nine figures, of which the last one checks the others: look it up."
        )
        raise InvalidValue(message.fill(value=value[:40])) from None


def check_kommune(value: str) -> str:
    """Return a municipality number as four figures; whether it is in force is for the register to say.

    :raises InvalidValue: if it has another length, or no county has ever had its first two figures
    """
    figures = "".join(unicodedata.normalize("NFKC", value[:40]).split())
    if not (figures.isascii() and figures.isdigit()) or len(figures) not in {LENGTH, LENGTH - 1}:
        raise _refused(_("It has four figures, such as 0301: look it up."), value)
    if len(figures) == LENGTH - 1:
        raise _refused(_("A figure is missing; do you mean {padded}?").fill(padded=figures.zfill(LENGTH)), value)
    if figures[:2] not in counties():
        told = _("No county has had the number {county}. Those of today are {known}.")
        raise _refused(told.fill(county=figures[:2], known=", ".join(counties_now())), value)
    if figures.endswith("00"):
        raise _refused(_("Numbers that end in 00 stand for a whole county."), value)
    return figures


def _refused(reason: Message, value: str) -> InvalidValue:
    told = _("“{value}” is not a Norwegian municipality number. {reason}")
    return InvalidValue(told.fill(value=value[:40], reason=reason))


def kinds() -> Iterable[IdentifierKind]:
    """Walk the kinds of identifiers of Norway."""
    yield IdentifierKind("no-orgnr", _("Norwegian organisation number"), "NO", check_orgnr)
    yield IdentifierKind("no-kommune", _("Norwegian municipality number"), "NO", check_kommune)

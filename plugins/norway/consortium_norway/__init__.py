"""Norway: organisation numbers, and the status report."""

from collections.abc import Iterable

from stdnum import exceptions
from stdnum.no import orgnr

from consortium import hookimpl
from consortium.errors import InvalidValue
from consortium.facts import IdentifierKind, PartnerFacts
from consortium.i18n.message import Voice
from consortium.texts.terms import Term
from consortium.variants import ReportVariant, StatusReport

_ = Voice("consortium_norway")


class Statusrapport(StatusReport):
    """The half-year report of the Norwegian partners."""

    key = "no-statusrapport"
    title = _("Status report")
    languages = ("nb",)
    limit = Term("NO", context="country")

    def suits(self, partner: PartnerFacts) -> bool:
        """Suit the Norwegian partners."""
        return partner.country == "NO"


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


@hookimpl
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring the statusrapport."""
    yield Statusrapport()


@hookimpl
def consortium_identifier_kinds() -> Iterable[IdentifierKind]:
    """Bring the organisation number."""
    yield IdentifierKind("no-orgnr", _("Norwegian organisation number"), "NO", check_orgnr)

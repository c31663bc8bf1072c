"""Sweden: organisation numbers, and the lägesrapport."""

from collections.abc import Iterable

from stdnum import exceptions
from stdnum.se import orgnr

from consortium import hookimpl
from consortium.errors import InvalidValue
from consortium.facts import IdentifierKind, PartnerFacts
from consortium.i18n.message import Voice
from consortium.texts.terms import Term
from consortium.variants import ReportVariant, StatusReport

_ = Voice("consortium_sweden")


class Lagesrapport(StatusReport):
    """The half-year report of the Swedish partners."""

    key = "se-lagesrapport"
    title = _("Progress report")
    languages = ("sv",)
    limit = Term("SE", context="country")

    def suits(self, partner: PartnerFacts) -> bool:
        """Suit the Swedish partners."""
        return partner.country == "SE"


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


@hookimpl
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring the lägesrapport."""
    yield Lagesrapport()


@hookimpl
def consortium_identifier_kinds() -> Iterable[IdentifierKind]:
    """Bring the organisation number."""
    yield IdentifierKind("se-orgnr", _("Swedish organisation number"), "SE", check_orgnr)

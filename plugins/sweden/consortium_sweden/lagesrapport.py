"""The lägesrapport: the half-year report of the Swedish partners under the four headings of the national model."""

from typing import ClassVar

from consortium.facts import PartnerFacts
from consortium.texts.terms import Term
from consortium.variants import StatusReport, situation, texts
from consortium.variants.parts import Chapter
from consortium_sweden.chapters import activities, organisation, overall, results
from consortium_sweden.voice import _


class Lagesrapport(StatusReport):
    """The half-year report of the Swedish partners."""

    key = "se-lagesrapport"
    title = _("Progress report")
    languages = ("sv",)
    personal_data = frozenset()
    limit = Term("SE", context="country")
    chapters: ClassVar[tuple[Chapter, ...]] = (
        situation.chapter,
        overall,
        organisation,
        activities,
        results,
        texts.chapter,
    )

    def suits(self, partner: PartnerFacts) -> bool:
        """Suit the Swedish partners."""
        return partner.country == "SE"

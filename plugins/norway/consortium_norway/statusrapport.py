"""The statusrapport: the half-year report of the Norwegian partners under the headings of their portal."""

from typing import ClassVar

from consortium.facts import PartnerFacts
from consortium.texts.terms import Term
from consortium.variants import StatusReport, situation, texts
from consortium.variants.parts import Chapter
from consortium_norway.chapters import CHAPTERS, foot
from consortium_norway.headings import portal
from consortium_norway.voice import _


class Statusrapport(StatusReport):
    """The half-year report of the Norwegian partners."""

    key = "no-statusrapport"
    title = _("Status report")
    languages = ("nb",)
    personal_data = frozenset()
    limit = Term("NO", context="country")
    chapters: ClassVar[tuple[Chapter, ...]] = (
        situation.chapter,
        *(CHAPTERS[name] for name in portal().headings),
        texts.chapter,
        foot,
    )

    def suits(self, partner: PartnerFacts) -> bool:
        """Suit the Norwegian partners."""
        return partner.country == "NO"

"""A report variant: facts in, document out."""

from abc import ABC, abstractmethod
from typing import ClassVar

from consortium.documents import Document, Speech
from consortium.facts import PARTS, Facts, PartnerFacts
from consortium.i18n.message import Message


class ReportVariant(ABC):
    """A way to tell the facts about a consortium.

    :cvar key: what it is called on the command line and in links
    :cvar title: what people call it
    :cvar languages: the languages it is written in unless told otherwise; empty for the consortium's own
    :cvar limit: whom it is about, in words, where :meth:`suits` leaves somebody out
    :cvar parts: which parts of the facts it tells of besides who takes part and how the sub-projects stand, see
        :data:`consortium.facts.PARTS`; what no variant and no section asks for is not looked for, which saves time
    :cvar personal_data: which personal data it shows: ``reporters`` (who reported a status), ``attendees`` (who came to a
        gathering, and for whom); names that it does not declare are left out of its facts
    """

    key: ClassVar[str]
    title: ClassVar[Message]
    languages: ClassVar[tuple[str, ...]] = ()
    limit: ClassVar[Message | None] = None
    parts: ClassVar[frozenset[str]] = PARTS
    personal_data: ClassVar[frozenset[str]] = frozenset()

    def suits(self, partner: PartnerFacts) -> bool:
        """Tell whether the report is about ``partner``; about everyone unless a variant says otherwise."""
        return True

    @abstractmethod
    def document(self, facts: Facts, speech: Speech) -> Document:
        """Tell ``facts`` in the languages of ``speech``: one, or two that stand side by side."""

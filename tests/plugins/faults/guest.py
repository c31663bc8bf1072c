"""What the guests with a fault have in common: a report that is sound but for one chapter."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from consortium import hookimpl
from consortium.documents import Block, Paragraph
from consortium.i18n.message import _
from consortium.variants import ReportVariant, StatusReport, Telling, overview, situation, work
from consortium.variants.parts import Chapter

__all__ = ["Block", "Iterator", "Telling", "brings", "said"]

#: what the report is called, and its chapter with the fault
KEY, PART = "faulty", "fault"


def said(telling: Telling, words: str) -> Paragraph:
    """Say something."""
    return Paragraph(telling.speech.plain(words))


def brings(fault: Chapter) -> Callable[[], Iterable[ReportVariant]]:
    """Make an answer that brings a report with the chapter ``fault`` in the middle."""

    class Faulty(StatusReport):
        key = KEY
        title = _("Status summary")
        chapters = (situation.chapter, overview.chapter, fault, work.chapter)

    answer: Any = hookimpl(lambda: [Faulty()], specname="consortium_report_variants")
    return answer  # type: ignore[no-any-return]  # the mark has no types

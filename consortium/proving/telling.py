"""What a plugin tells as a document: a report, a page, or a chapter that stands alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from consortium.documents import Block, Details, Document, Speech, Words
from consortium.facts import Facts, Stream
from consortium.i18n.message import Message
from consortium.reports.status_summary import StatusSummary
from consortium.variants import ReportVariant, StatusReport, Telling
from consortium.variants.section import SectionAddition


@dataclass(frozen=True)
class Told:
    """A report, a page or a section of a plugin, ready to be told.

    :ivar name: what it is, for a message: ``the report “fjellrapport”``
    :ivar languages: those it is written in unless told otherwise; empty for the consortium's own
    """

    key: str
    name: str
    personal_data: frozenset[str]
    document: Callable[[Facts, Speech], Document]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listening(Speech):
    """A speech that remembers what was said: messages, and words that are the same in every language."""

    messages: dict[Message, None] = field(default_factory=dict, compare=False)
    plainly: dict[str, None] = field(default_factory=dict, compare=False)

    def say(self, message: Message) -> Words:
        """Remember a message, and say it."""
        self.messages.update(dict.fromkeys(_inner(message)))
        return super().say(message)

    def plain(self, words: str) -> Words:
        """Remember words, and say them."""
        self.plainly[words] = None
        return super().plain(words)


def alone(
    chapter: Callable[[Telling], Iterator[Block]],
    facts: Facts,
    languages: tuple[str, ...] = ("nb", "sv"),
    *,
    report: StatusReport | None = None,
) -> Document:
    """Make a document of one chapter, such as a test compares with a golden file."""
    return _alone(chapter, facts, Speech(languages), report or StatusSummary())


def told_variant(variant: ReportVariant, kind: str) -> Told:
    """Make a report or a page ready to be told."""
    name = f"the {kind} “{variant.key}”"
    return Told(variant.key, name, variant.personal_data, variant.document, variant.languages)


def told_section(section: SectionAddition, report: object) -> Told:
    """Make a section ready to be told, alone, with the words of the report that it is added to."""
    own = report if isinstance(report, StatusReport) else StatusSummary()
    name = f"the section “{section.key}”"

    def document(facts: Facts, speech: Speech) -> Document:
        return _alone(section.tell, facts, speech, own)

    return Told(section.key, name, section.personal_data, document)


def _alone(
    chapter: Callable[[Telling], Iterator[Block]], facts: Facts, speech: Speech, report: StatusReport
) -> Document:
    telling = Telling(facts, speech, report)
    return Document(
        key=report.key,
        title=speech.say(report.title),
        owner=speech.name(facts.consortium.name),
        languages=speech.languages,
        day=facts.day,
        period=speech.day(facts.day),
        details=Details(()),
        fingerprint="0" * 64,  # it is the facts', and says nothing of the chapter
        blocks=Stream(lambda: chapter(telling)),
    )


def _inner(value: object) -> Iterator[Message]:
    """Walk a message and those in its places."""
    if isinstance(value, Message):
        yield value
        for each in value.values.values():
            yield from _inner(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _inner(each)

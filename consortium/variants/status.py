"""The status report: the situation, what changed, and a section for each partner and sub-project."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from consortium.documents import Block, Details, Document, Note, Speech, Words
from consortium.facts import Facts, Stream
from consortium.facts.names import named
from consortium.i18n.message import Message, _, listed
from consortium.texts import told
from consortium.texts.terms import Term
from consortium.variants import changed, charts, gathering, overview, situation, texts, themes, unreported, work
from consortium.variants.base import ReportVariant
from consortium.variants.parts import Chapter, Parts, named_chapters
from consortium.variants.telling import Telling

#: what is said before the first chapter
OPENING = "opening"


class StatusReport(ReportVariant):
    """A report on how the sub-projects stand; a variant changes its headings, its chapters and whom it is about.

    :cvar chapters: what it tells, in this order; each has a name, see :func:`consortium.variants.parts.name_of`
    """

    personal_data = frozenset({"reporters", "attendees"})
    overview_title = _("Overview")
    purpose_title = _("Purpose")
    achieved_title = _("Achieved")
    next_steps_title = _("Next steps")
    support_needs_title = _("Support needs")

    chapters: ClassVar[tuple[Chapter, ...]] = (
        situation.chapter,
        changed.chapter,
        overview.chapter,
        charts.chapter,
        work.chapter,
        themes.chapter,
        gathering.chapter,
        unreported.chapter,
        texts.chapter,
    )

    def document(self, facts: Facts, speech: Speech) -> Document:
        """Tell how the sub-projects stand on the day of ``facts``."""
        telling = Telling(facts, speech, self)
        return Document(
            key=self.key,
            title=speech.say(self.title),
            owner=speech.name(facts.consortium.name),
            languages=speech.languages,
            day=facts.day,
            period=speech.say(_("Status on {day}").fill(day=facts.day)),
            details=Details(tuple(self.details(facts, speech))),
            fingerprint=facts.fingerprint,
            blocks=self._parts(telling)
            if type(self).blocks is StatusReport.blocks
            else Stream(lambda: self.blocks(telling)),
        )

    def details(self, facts: Facts, speech: Speech) -> Iterator[tuple[Words, Words]]:
        """Say what the report is about: programme, period, day, what it is limited to, what it compares with."""
        if facts.consortium.programme:
            yield speech.say(_("Programme")), speech.plain(facts.consortium.programme)
        if facts.consortium.start and facts.consortium.end:
            period = _("{start} to {end}").fill(start=facts.consortium.start, end=facts.consortium.end)
            yield speech.say(_("Project period")), speech.say(period)
        yield speech.say(_("Date")), speech.day(facts.day)
        if limits := tuple(dict.fromkeys(self._limits(facts))):
            yield speech.say(_("Limited to")), speech.say(listed(limits))
        if facts.since:
            yield speech.say(_("Compared with")), speech.say(compared_with(facts))

    def _limits(self, facts: Facts) -> Iterator[Message]:
        """Say which part of the consortium the report is about: the variant's own, and the one that was asked for."""
        left_out = [partner for partner in facts.partners if not self.suits(partner)]
        if self.limit:
            yield self.limit
        elif left_out:
            yield listed(named(partner.name) for partner in facts.partners if partner not in left_out)
        if facts.scope:
            yield _limit(facts)

    def blocks(self, telling: Telling) -> Iterator[Block]:
        """Tell chapter by chapter; a variant that tells in another way has no parts that sections can be added to."""
        return iter(self._parts(telling))

    def _parts(self, telling: Telling) -> Parts:
        """Name what is told: the opening, and the chapters."""
        chapters = {name: partial(_told, chapter, telling) for name, chapter in named_chapters(self.chapters).items()}
        return Parts({OPENING: partial(_opening, telling), **chapters})


def _opening(telling: Telling) -> Iterator[Block]:
    """Say what must be known before everything else."""
    facts, speech = telling.facts, telling.speech
    if telling.is_empty:
        yield Note(speech.say(_("No sub-project has been entered yet.")))
    elif facts.consortium.start and facts.day < facts.consortium.start:
        words = _("On this day the project had not begun; it began on {start}.")
        yield Note(speech.say(words.fill(start=facts.consortium.start)))


def _told(chapter: Chapter, telling: Telling) -> Iterator[Block]:
    """Tell a chapter, if there is anything to tell of."""
    if not telling.is_empty:
        yield from chapter(telling)


def _limit(facts: Facts) -> Message:
    scope = facts.scope
    if scope is None:
        return listed(())
    if scope.kind == "country":
        return Term(scope.key, context="country")
    if scope.kind == "theme":
        return next(told(theme.name) for theme in facts.themes if theme.key == scope.key)
    return named(facts.partner[scope.key].name)


def compared_with(facts: Facts) -> Message:
    """Say what the report compares with: a day, a gathering, a snapshot, or the update before."""
    since = facts.since
    if since is None:
        return _("the update before")
    if since.kind == "gathering" and since.title:
        return _("{title}, {day}").fill(title=told(since.title), day=since.day)
    if since.kind == "snapshot":
        return _("the snapshot {key}, {day}").fill(key=since.key, day=since.day)
    return _("{day}").fill(day=since.day)

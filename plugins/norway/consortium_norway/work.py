"""A sub-project in the statusrapport: who, why, how it stands, what was achieved, and its milestones."""

from collections.abc import Iterator

from consortium.documents import Block, Comparison, Details, Heading, Note, Panel, Section, Words
from consortium.facts import StatusFacts, SubProjectFacts
from consortium.i18n.message import Message
from consortium.variants import Telling
from consortium.variants.anchors import anchor
from consortium.variants.figures import milestone_table
from consortium.variants.overview import trend_words
from consortium_norway.voice import _


def section(each: SubProjectFacts, telling: Telling) -> Section:
    """Tell a sub-project under its title."""
    heading = Heading(telling.speech.title(each.title), 2, anchor("sub-project", each.key))
    return Section(heading, tuple(_blocks(each, telling)))


def _blocks(each: SubProjectFacts, telling: Telling) -> Iterator[Block]:
    speech, current = telling.speech, each.current
    yield Details(tuple(_particulars(each, telling)))
    yield from speech.paragraphs(each.purpose, _("Purpose"))
    if current is None:
        yield Note(speech.say(_("No status has been reported yet.")))
    else:
        before = (
            _panel(_("Previous status, {day}"), each.previous, telling) if each.previous and each.has_moved else None
        )
        yield Comparison(before, _panel(_("Status, {day}"), current, telling))
        yield from speech.paragraphs(current.achieved, _("Achieved"))
    if each.milestones:
        yield milestone_table(each, telling)


def _particulars(each: SubProjectFacts, telling: Telling) -> Iterator[tuple[Words, Words]]:
    speech, facts = telling.speech, telling.facts
    yield speech.say(_("Partners")), speech.listed(speech.name(facts.partner[key].name) for key in each.partners)
    if each.trend:
        yield speech.say(_("Trend")), trend_words(each, telling)
    if each.start and each.end:
        yield speech.say(_("Period")), speech.say(_("{start} to {end}").fill(start=each.start, end=each.end))


def _panel(title: Message, status: StatusFacts, telling: Telling) -> Panel:
    speech = telling.speech
    state = speech.term("state", status.state, "neuter", sign=True)
    return Panel(speech.say(title.fill(day=status.day)), state, speech.paragraphs(status.summary))

"""Who has not reported: every sub-project that owes a status, and how old its last one is."""

from collections.abc import Iterator

from consortium.documents import Block, Column, Heading, Note, Paragraph, Row, Section, Table
from consortium.facts import Stream, SubProjectFacts
from consortium.i18n.message import _
from consortium.variants.anchors import anchor
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """List who owes a status for the running period, or for the last one."""
    if not telling.periods:
        return
    heading = Heading(telling.speech.say(_("Who has not reported")), 1, "unreported")
    yield Section(heading, Stream(lambda: _blocks(telling)))


def _blocks(telling: Telling) -> Iterator[Block]:
    speech, period = telling.speech, telling.periods[-1]
    words = _("Asked for are statuses from {start} to {end}, until {due}.")
    yield Paragraph(speech.say(words.fill(start=period.start, end=period.end, due=period.due)))
    if not telling.survey.owing:
        yield Note(speech.say(_("Everyone has reported.")))
        return
    columns = (
        Column(speech.say(_("Sub-project")), share=5),
        Column(speech.say(_("Leading partner")), share=4),
        Column(speech.say(_("Last update")), share=2),
        Column(speech.say(_("Age in days")), "end", 2),
    )
    rows = Stream(lambda: (_row(each, telling) for each in telling.sub_projects() if telling.is_owing(each)))
    yield Table(speech.say(_("Sub-projects without a status in the period")), columns, rows)


def _row(each: SubProjectFacts, telling: Telling) -> Row:
    speech, day = telling.speech, telling.facts.day
    leader = speech.name(telling.facts.partner[each.partners[0]].name)
    named, link = (speech.title(each.title), leader), anchor("sub-project", each.key)
    if each.current is None:
        return Row((*named, speech.say(_("never")), speech.plain("–")), link, each.key)
    age = (day - each.current.day).days
    return Row((*named, speech.day(each.current.day, "medium"), speech.number(age)), link, each.current.key)

"""Who has not reported: whose status is overdue, and of whom one is wanted for a period that runs or is due soon."""

from collections.abc import Iterator, Sequence

from consortium.documents import Block, Column, Heading, Note, Paragraph, Row, Section, Table, Words
from consortium.facts import PeriodFacts, Stream, SubProjectFacts
from consortium.i18n.message import _, listed
from consortium.variants.anchors import anchor
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """List who owes a status: first for the periods that are past their due day, then for the others."""
    if not telling.periods:
        return
    heading = Heading(telling.speech.say(_("Who has not reported")), 1, "unreported")
    yield Section(heading, Stream(lambda: _blocks(telling)))


def _blocks(telling: Telling) -> Iterator[Block]:
    speech, owing = telling.speech, telling.survey.owing
    late = sorted(filter(telling.is_overdue, telling.periods), key=lambda period: (period.due, period.start))
    if any(owing[period.key] for period in late):
        yield _overdue([period for period in late if owing[period.key]], telling)
    elif late:
        words = _("Everyone has reported for {periods}.")
        yield Note(speech.say(words.fill(periods=listed(period.key for period in late))))
    for period in telling.periods:
        if not telling.is_overdue(period):
            yield from _wanted(period, telling)


def _overdue(periods: Sequence[PeriodFacts], telling: Telling) -> Table:
    """Set every status that is overdue on a line, most overdue first."""
    speech = telling.speech
    columns = (
        *_columns(telling),
        Column(speech.say(_("Period")), share=2),
        Column(speech.say(_("Days overdue")), "end", 2),
        Column(speech.say(_("Last update")), share=2),
    )
    rows = Stream(
        lambda: (
            _overdue_row(each, period, telling)
            for period in periods
            for each in telling.sub_projects()
            if telling.is_owing(each, period)
        )
    )
    return Table(speech.say(_("Overdue statuses")), columns, rows)


def _overdue_row(each: SubProjectFacts, period: PeriodFacts, telling: Telling) -> Row:
    speech = telling.speech
    days = speech.number((telling.facts.day - period.due).days)
    last = speech.day(each.current.day, "medium") if each.current else speech.say(_("never"))
    cells = (*_named(each, telling), speech.plain(period.key), days, last)
    return Row(cells, anchor("sub-project", each.key), each.current.key if each.current else each.key)


def _wanted(period: PeriodFacts, telling: Telling) -> Iterator[Block]:
    """List of whom a status is wanted for a period that is not due yet."""
    speech = telling.speech
    words = _("For {period}, a status from {start} to {end} is wanted by {due}.")
    yield Paragraph(
        speech.say(words.fill(period=period.key, start=period.start, end=period.end, due=period.due)),
    )
    if not telling.survey.owing[period.key]:
        yield Note(speech.say(_("Everyone has reported.")))
        return
    columns = (
        *_columns(telling),
        Column(speech.say(_("Last update")), share=2),
        Column(speech.say(_("Age in days")), "end", 2),
    )
    rows = Stream(
        lambda: (_wanted_row(each, telling) for each in telling.sub_projects() if telling.is_owing(each, period))
    )
    yield Table(speech.say(_("Sub-projects without a status in {period}").fill(period=period.key)), columns, rows)


def _wanted_row(each: SubProjectFacts, telling: Telling) -> Row:
    speech, day = telling.speech, telling.facts.day
    named, link = _named(each, telling), anchor("sub-project", each.key)
    if each.current is None:
        return Row((*named, speech.say(_("never")), speech.plain("–")), link, each.key)
    age = (day - each.current.day).days
    return Row((*named, speech.day(each.current.day, "medium"), speech.number(age)), link, each.current.key)


def _columns(telling: Telling) -> tuple[Column, Column]:
    speech = telling.speech
    return Column(speech.say(_("Sub-project")), share=5), Column(speech.say(_("Leading partner")), share=4)


def _named(each: SubProjectFacts, telling: Telling) -> tuple[Words, Words]:
    speech = telling.speech
    return speech.title(each.title), speech.name(telling.facts.partner[each.partners[0]].name)

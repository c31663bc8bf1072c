"""The overview: every sub-project on one line."""

from collections.abc import Iterator

from consortium.documents import Block, Column, Heading, Row, Section, Table, Words
from consortium.facts import Stream, SubProjectFacts
from consortium.i18n.message import _
from consortium.variants.anchors import anchor
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """List the sub-projects."""
    title = telling.speech.say(telling.report.overview_title)
    yield Section(Heading(title, 1, "overview"), (overview_table(telling),))


def overview_table(telling: Telling) -> Table:
    """Set every sub-project on a line: partners, state, trend, last update."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Sub-project")), share=4),
        Column(speech.say(_("Partners")), share=4),
        Column(speech.say(_("State")), share=3),
        Column(speech.say(_("Trend")), share=2),
        Column(speech.say(_("Last update")), share=2),
    )
    rows = Stream(lambda: (overview_row(each, telling) for each in telling.sub_projects()))
    return Table(speech.say(_("All sub-projects")), columns, rows)


def overview_row(each: SubProjectFacts, telling: Telling) -> Row:
    """Say on one line how a sub-project stands."""
    speech = telling.speech
    named = (speech.title(each.title), telling.partners(each.partners))
    link = anchor("sub-project", each.key)
    if not each.current:
        return Row((*named, speech.say(_("no status yet")), speech.plain("–"), speech.plain("–")), link, each.key)
    state = speech.term("state", each.current.state, "neuter", sign=True)
    day = speech.day(each.current.day, "medium")
    return Row((*named, state, trend_words(each, telling), day), link, each.current.key)


def trend_words(each: SubProjectFacts, telling: Telling) -> Words:
    """Say where a sub-project is heading; that it stands as before is one thing, that it is silent another."""
    speech = telling.speech
    if not each.trend:
        return speech.plain("–")
    if not each.has_moved:
        return speech.signed("trend.unchanged", speech.say(_("no new status")))
    return speech.term("trend", each.trend, sign=True)

"""The partners and their sub-projects: each tells how it stood and stands, what was achieved and what comes next."""

from collections.abc import Iterator
from itertools import groupby

from consortium.documents import Block, Comparison, Details, Heading, Note, Panel, Section, Words
from consortium.facts import AssessmentFacts, PartnerFacts, StatusFacts, SubProjectFacts
from consortium.i18n.message import Message, _, _n
from consortium.variants.anchors import anchor
from consortium.variants.figures import indicator_blocks, milestone_table
from consortium.variants.overview import trend_words
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """Tell sub-project by sub-project, under the partner that leads each."""
    for leader, own in groupby(telling.sub_projects(), key=lambda each: each.partners[0]):
        yield partner_section(telling.facts.partner[leader], telling)
        for sub_project in own:
            yield sub_project_section(sub_project, telling)


def partner_section(partner: PartnerFacts, telling: Telling) -> Section:
    """Introduce a partner: country, roles, and that it has left or is yet to join."""
    speech, day = telling.speech, telling.facts.day
    items = [(speech.say(_("Country")), speech.term("country", partner.country))]
    if partner.roles:
        items.append((speech.say(_("Role")), speech.listed(speech.term("role", role) for role in partner.roles)))
    if partner.groups:
        items.append((speech.say(_("Region group")), speech.listed(map(speech.name, partner.groups))))
    if partner.joined > day:
        items.append((speech.say(_("Joins")), speech.day(partner.joined)))
    if partner.left and partner.left <= day:
        items.append((speech.say(_("Left")), speech.day(partner.left)))
    return Section(Heading(speech.name(partner.name), 1, anchor("partner", partner.key)), (Details(tuple(items)),))


def sub_project_section(each: SubProjectFacts, telling: Telling) -> Section:
    """Tell a sub-project: who and why, how it stood and stands, its milestones, indicators and themes."""
    heading = Heading(telling.speech.title(each.title), 2, anchor("sub-project", each.key))
    return Section(heading, tuple(_blocks(each, telling)))


def _blocks(each: SubProjectFacts, telling: Telling) -> Iterator[Block]:
    speech, report = telling.speech, telling.report
    yield Details(tuple(_particulars(each, telling)))
    yield from speech.paragraphs(each.purpose, report.purpose_title)
    if each.current is None:
        yield Note(speech.say(_("No status has been reported yet.")))
    else:
        yield from _status(each, each.current, telling)
    if each.milestones:
        yield milestone_table(each, telling)
    yield from indicator_blocks(each.indicators, telling)
    for assessment in each.assessments:
        yield from _assessment(assessment, telling)


def _status(each: SubProjectFacts, current: StatusFacts, telling: Telling) -> Iterator[Block]:
    before = _panel(_("Previous status, {day}"), each.previous, telling) if each.previous and each.has_moved else None
    yield Comparison(before, _panel(_("Status, {day}"), current, telling))
    yield from _told(current, telling)


def newest(each: SubProjectFacts, telling: Telling) -> Iterator[Block]:
    """Tell only how a sub-project stands: its latest status, and its figures."""
    if each.current:
        yield Comparison(None, _panel(_("Status, {day}"), each.current, telling))
        yield from _told(each.current, telling)
        yield from indicator_blocks(each.indicators, telling)


def _told(current: StatusFacts, telling: Telling) -> Iterator[Block]:
    speech, report = telling.speech, telling.report
    for text, title in (
        (current.achieved, report.achieved_title),
        (current.next_steps, report.next_steps_title),
        (current.support_needs, report.support_needs_title),
    ):
        yield from speech.paragraphs(text, title)


def _particulars(each: SubProjectFacts, telling: Telling) -> Iterator[tuple[Words, Words]]:
    """Say who takes part, where the sub-project is heading, and what it may cost."""
    speech, facts = telling.speech, telling.facts
    yield speech.say(_("Partners")), telling.partners(each.partners)
    if each.trend:
        yield speech.say(_("Trend")), trend_words(each, telling)
    if each.start and each.end:
        yield speech.say(_("Period")), speech.say(_("{start} to {end}").fill(start=each.start, end=each.end))
    if each.budget:
        yield speech.say(_("Budget")), speech.money(each.budget)
    if each.current:
        yield speech.say(_("Age of the status")), speech.say(days_old((facts.day - each.current.day).days))
        yield speech.say(_("Source")), speech.say(_source(each.current))
        if each.current.corrects:
            yield speech.say(_("Corrects")), speech.plain(each.current.corrects)


def days_old(days: int) -> Message:
    """Say an age in days."""
    return _n("{count} day", "{count} days", days)


def _panel(title: Message, status: StatusFacts, telling: Telling) -> Panel:
    """Say how a sub-project stood on the day of ``status``."""
    speech = telling.speech
    state = speech.term("state", status.state, "neuter", sign=True)
    return Panel(speech.say(title.fill(day=status.day)), state, speech.paragraphs(status.summary))


def _assessment(assessment: AssessmentFacts, telling: Telling) -> Iterator[Block]:
    """Say to what degree a theme is promoted, under the theme's name."""
    speech = telling.speech
    theme = next(theme for theme in telling.facts.themes if theme.key == assessment.theme)
    yield Details(((speech.title(theme.name), speech.term("degree", assessment.degree)),))
    yield from speech.paragraphs(assessment.words)


def _source(status: StatusFacts) -> Message:
    """Name the record that a status comes from, and who reported it if the reader may know."""
    if status.reported_by:
        return _("{key}, reported by {name}").fill(key=status.key, name=status.reported_by)
    return _("{key}").fill(key=status.key)

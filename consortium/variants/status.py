"""The status report: title block, overview, and a section for each partner and sub-project."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from consortium.documents import (
    Block,
    Column,
    Comparison,
    Details,
    Document,
    Heading,
    Note,
    Panel,
    Paragraph,
    Row,
    Section,
    Speech,
    Table,
    Words,
)
from consortium.facts import Facts, PartnerFacts, State, StatusFacts, Stream, SubProjectFacts, fingerprint
from consortium.i18n.message import Message, _, _n
from consortium.texts.terms import terms
from consortium.variants.base import ReportVariant


class StatusReport(ReportVariant):
    """A report on how the sub-projects stand; a variant changes its headings and whom it is about."""

    overview_title = _("Overview")
    purpose_title = _("Purpose")
    achieved_title = _("Achieved")
    next_steps_title = _("Next steps")
    support_needs_title = _("Support needs")

    def document(self, facts: Facts, languages: tuple[str, ...]) -> Document:
        """Tell how the sub-projects stand on the day of ``facts``."""
        speech = Speech(languages)
        return Document(
            key=self.key,
            title=speech.say(self.title),
            owner=speech.name(facts.consortium.name),
            languages=languages,
            day=facts.day,
            period=speech.say(_("Status on {day}").fill(day=facts.day)),
            details=self.title_block(facts, speech),
            fingerprint=fingerprint(facts),
            blocks=Stream(lambda: self.blocks(facts, speech)),
        )

    def title_block(self, facts: Facts, speech: Speech) -> Details:
        """Say what the report is about: programme, period, day."""
        items = [(speech.say(_("Date")), speech.day(facts.day))]
        if facts.consortium.start and facts.consortium.end:
            period = _("{start} to {end}").fill(start=facts.consortium.start, end=facts.consortium.end)
            items.insert(0, (speech.say(_("Project period")), speech.say(period)))
        if facts.consortium.programme:
            items.insert(0, (speech.say(_("Programme")), speech.plain(facts.consortium.programme)))
        return Details(tuple(items))

    def sub_projects(self, facts: Facts) -> Iterator[SubProjectFacts]:
        """Walk the sub-projects that have a partner whom the report suits."""
        suited = {partner.key for partner in facts.partners if self.suits(partner)}
        return (each for each in facts.sub_projects if suited.intersection(each.partners))

    def blocks(self, facts: Facts, speech: Speech) -> Iterator[Block]:
        """Say how things stand, first in figures, then in a table, then partner by partner."""
        states = Counter(each.current.state if each.current else None for each in self.sub_projects(facts))
        if not states:
            yield Note(speech.say(_("No sub-project has been entered yet.")))
            return
        if facts.consortium.start and facts.day < facts.consortium.start:
            told = _("On this day the project had not begun; it began on {start}.")
            yield Note(speech.say(told.fill(start=facts.consortium.start)))
        yield from self.opening(states, speech)
        yield Section(Heading(speech.say(self.overview_title), 1, "overview"), (self.overview(facts, speech),))
        for leader, own in groupby(self.sub_projects(facts), key=lambda each: each.partners[0]):
            yield self.partner_section(facts.partner[leader], facts, speech)
            for sub_project in own:
                yield self.sub_project_section(sub_project, facts, speech)

    def opening(self, states: Mapping[State | None, int], speech: Speech) -> Iterator[Block]:
        """Say in a sentence how many sub-projects there are, and in a table how many stand in each state."""
        total = sum(states.values())
        told = _n("The report tells of {count} sub-project.", "The report tells of {count} sub-projects.", total)
        yield Paragraph(speech.say(told))
        columns = (Column(speech.say(_("State")), share=3), Column(speech.say(_("Sub-projects")), align="end"))
        counts = [(code, states.get(State(code), 0)) for code in terms("state")]
        rows = [
            Row((speech.term("state", code, "plural" if count > 1 else "neuter", sign=True), speech.plain(str(count))))
            for code, count in counts
            if count
        ]
        if silent := states.get(None):
            rows.append(Row((speech.say(_("not reported")), speech.plain(str(silent)))))
        yield Table(speech.say(_("Sub-projects by state")), columns, tuple(rows))

    def overview(self, facts: Facts, speech: Speech) -> Table:
        """List every sub-project on one line."""
        columns = (
            Column(speech.say(_("Sub-project")), share=4),
            Column(speech.say(_("Partners")), share=4),
            Column(speech.say(_("State")), share=3),
            Column(speech.say(_("Trend")), share=2),
            Column(speech.say(_("Last update")), share=2),
        )
        rows = Stream(lambda: (self.overview_row(each, facts, speech) for each in self.sub_projects(facts)))
        return Table(speech.say(_("All sub-projects")), columns, rows)

    def overview_row(self, each: SubProjectFacts, facts: Facts, speech: Speech) -> Row:
        """Say on one line how a sub-project stands."""
        partners = speech.listed(speech.name(facts.partner[key].name) for key in each.partners)
        link = anchor("sub-project", each.key)
        if not each.current or not each.trend:
            silent = (speech.say(_("not reported")), speech.plain("–"), speech.plain("–"))
            return Row((speech.title(each.title), partners, *silent), link)
        state = speech.term("state", each.current.state, "neuter", sign=True)
        trend = speech.term("trend", each.trend, "neuter", sign=True)
        return Row((speech.title(each.title), partners, state, trend, speech.day(each.current.day, "medium")), link)

    def partner_section(self, partner: PartnerFacts, facts: Facts, speech: Speech) -> Section:
        """Introduce a partner: country, roles, and that it has left or is yet to join."""
        items = [(speech.say(_("Country")), speech.term("country", partner.country))]
        if partner.roles:
            items.append((speech.say(_("Role")), speech.listed(speech.term("role", role) for role in partner.roles)))
        if partner.groups:
            items.append((speech.say(_("Region group")), speech.listed(map(speech.name, partner.groups))))
        if partner.joined > facts.day:
            items.append((speech.say(_("Joins")), speech.day(partner.joined)))
        if partner.left and partner.left <= facts.day:
            items.append((speech.say(_("Left")), speech.day(partner.left)))
        return Section(Heading(speech.name(partner.name), 1, anchor("partner", partner.key)), (Details(tuple(items)),))

    def sub_project_section(self, each: SubProjectFacts, facts: Facts, speech: Speech) -> Section:
        """Tell a sub-project: who, why, how it stood and stands, what was achieved, comes next and is needed."""
        blocks: list[Block] = [Details(tuple(self.particulars(each, facts, speech)))]
        blocks += speech.paragraphs(each.purpose, self.purpose_title)
        if not each.current:
            blocks.append(Note(speech.say(_("No status has been reported yet."))))
            return Section(self.heading(each, speech), tuple(blocks))
        before = self.panel(_("Previous status, {day}"), each.previous, speech) if each.previous else None
        blocks.append(Comparison(before, self.panel(_("Status, {day}"), each.current, speech)))
        for text, title in (
            (each.current.achieved, self.achieved_title),
            (each.current.next_steps, self.next_steps_title),
            (each.current.support_needs, self.support_needs_title),
        ):
            blocks += speech.paragraphs(text, title)
        return Section(self.heading(each, speech), tuple(blocks))

    def heading(self, each: SubProjectFacts, speech: Speech) -> Heading:
        """Head the section of a sub-project with its title."""
        return Heading(speech.title(each.title), 2, anchor("sub-project", each.key))

    def particulars(self, each: SubProjectFacts, facts: Facts, speech: Speech) -> Iterator[tuple[Words, Words]]:
        """Say who takes part, where the sub-project is heading, and what it may cost."""
        yield speech.say(_("Partners")), speech.listed(speech.name(facts.partner[key].name) for key in each.partners)
        if each.trend:
            yield speech.say(_("Trend")), speech.term("trend", each.trend, "neuter", sign=True)
        if each.start and each.end:
            yield speech.say(_("Period")), speech.say(_("{start} to {end}").fill(start=each.start, end=each.end))
        if each.budget:
            yield speech.say(_("Budget")), speech.money(each.budget)

    def panel(self, title: Message, status: StatusFacts, speech: Speech) -> Panel:
        """Say how a sub-project stood on the day of ``status``."""
        state = speech.term("state", status.state, "neuter", sign=True)
        return Panel(speech.say(title.fill(day=status.day)), state, speech.paragraphs(status.summary))


def anchor(kind: str, key: str) -> str:
    """Make the name of a place in a document from the kind and the key of a record."""
    named = (letter if letter.isalnum() or letter == "-" else f"_{ord(letter):x}" for letter in key.casefold())
    return f"{kind}-{''.join(named)}"

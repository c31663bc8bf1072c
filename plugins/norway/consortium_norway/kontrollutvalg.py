"""The follow-up table of municipal control committees, with exactly the headings that their secretariats use."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from consortium.documents import Block, Column, Heading, Note, Row, Section, Speech, Table, Words
from consortium.facts import Facts, GatheringFacts, PartnerFacts, StatementFacts, Stream
from consortium.facts.names import named
from consortium.texts.terms import Term
from consortium.variants import StatusReport, Telling
from consortium.variants.gathering import own_part
from consortium.variants.parts import Chapter
from consortium.variants.situation import follow
from consortium_norway.voice import _

#: kinds of statements that somebody follows up
FOLLOWED = ("finding", "risk", "improvement_area", "challenge", "advice", "support_need")

#: who has a control committee
OVERSEEN = frozenset({"municipality", "region"})

#: the headings with their shares of the width, in the order of the secretariats
HEADINGS = (
    (_("Meeting"), 5),
    (_("Case no."), 4),
    (_("Case"), 12),
    (_("Decision"), 4),
    (_("Sent to/handled by"), 6),
    (_("Last edited"), 5),
    (_("Handled"), 5),
    (_("Follow-up"), 6),
    (_("Done"), 4),
)


def followed(telling: Telling) -> Iterator[Block]:
    """Set each statement of the last gathering that calls for follow-up on a line."""
    speech, gathering = telling.speech, telling.facts.last_gathering
    heading = Heading(speech.say(_("Follow-up of what was raised")), 1, "follow-up")
    if gathering is None:
        yield Section(heading, (Note(speech.say(_("No gathering has been held yet."))),))
        return
    own = own_part(gathering, telling)
    if not any(_rows(own, telling)):
        words = _("Nothing that calls for follow-up was written down at the last gathering.")
        yield Section(heading, (Note(speech.say(words)),))
        return
    columns = tuple(Column(speech.say(words), share=share) for words, share in HEADINGS)
    table = Table(speech.say(_("Follow-up of cases")), columns, Stream(lambda: _rows(own, telling)))
    yield Section(heading, (table, _note(telling)))


def _rows(gathering: GatheringFacts, telling: Telling) -> Iterator[Row]:
    return (_row(each, gathering, telling) for each in gathering.statements if each.kind in FOLLOWED)


def _row(each: StatementFacts, gathering: GatheringFacts, telling: Telling) -> Row:
    """Fill in what is known: when it was raised, and what it is about; the other columns are the secretariat's."""
    speech, unknown = telling.speech, telling.speech.plain("–")
    whole = _("{name} ({kind}): {words}").fill(name=named(each.name), kind=Term(each.kind, context="statement_kind"))
    case = tuple(
        replace(said, words=whole.fill(words=said.words).say(said.language)) for said in speech.read(each.words)
    )
    return Row((speech.day(gathering.start, "medium"), unknown, case, *[unknown] * len(HEADINGS[3:])), source=each.key)


def _note(telling: Telling) -> Note:
    known = _("Filled in are the day of the gathering, what was raised there, and who raised it.")
    unknown = _(
        "A dash stands for what is not recorded here: case numbers, decisions, where a case went and when it was handled, and its follow-up."
    )
    return Note(telling.speech.say(follow((known, unknown))))


class Kontrollutvalg(StatusReport):
    """The table in which a control committee's secretariat follows up its cases."""

    key = "no-kontrollutvalg"
    title = _("Follow-up table of the control committee")
    languages = ("nb",)
    personal_data = frozenset()
    limit = _("Norwegian municipalities and counties")
    chapters: ClassVar[tuple[Chapter, ...]] = (followed,)

    def suits(self, partner: PartnerFacts) -> bool:
        """Suit municipalities and county authorities in Norway, which have control committees."""
        return partner.country == "NO" and partner.type in OVERSEEN

    def details(self, facts: Facts, speech: Speech) -> Iterator[tuple[Words, Words]]:
        """Say what the table is about; it compares with nothing."""
        return super().details(replace(facts, since=None), speech)

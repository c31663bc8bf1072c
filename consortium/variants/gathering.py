"""The gatherings: who hosted, who came, and what was said around the table."""

from collections.abc import Iterator
from dataclasses import replace

from consortium.documents import Block, Column, Details, Heading, Note, Paragraph, Row, Section, Table, Words
from consortium.facts import AttendanceFacts, GatheringFacts, StatementFacts
from consortium.facts.names import named
from consortium.facts.replies import reply, reply_group, told_replies
from consortium.facts.representation import members_on, representation, told_whole
from consortium.facts.round_table import Turn, round_table, round_table_kinds
from consortium.i18n.dates import Days
from consortium.i18n.message import Message, _, listed
from consortium.texts import told
from consortium.variants.anchors import anchor
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """Tell the last gathering, and who is expected at the next one; of a part of the consortium only its own."""
    if last := telling.facts.last_gathering:
        yield _section(_("The last gathering: {title}"), last, telling)
    if following := telling.facts.next_gathering:
        yield _section(_("The next gathering: {title}"), following, telling)


def own_part(gathering: GatheringFacts, telling: Telling) -> GatheringFacts:
    """Return what a gathering was to those whom the report is about."""
    if telling.is_whole:
        return gathering
    countries = {row.organisation: row.country for row in gathering.attendance}
    return replace(
        gathering,
        attendance=tuple(row for row in gathering.attendance if telling.is_about(row.organisation, row.country)),
        statements=tuple(
            each
            for each in gathering.statements
            if telling.is_about(each.organisation, countries.get(each.organisation, ""))
        ),
    )


def _section(title: Message, gathering: GatheringFacts, telling: Telling) -> Section:
    heading = telling.speech.say(title.fill(title=told(gathering.title)))
    return Section(Heading(heading, 1, anchor("gathering", gathering.key)), tuple(_blocks(gathering, telling)))


def _blocks(whole: GatheringFacts, telling: Telling) -> Iterator[Block]:
    speech, gathering = telling.speech, own_part(whole, telling)
    has_begun = gathering.start <= telling.facts.day
    yield Details(tuple(_particulars(gathering, telling)))
    yield from speech.paragraphs(gathering.topic, _("Topic"))
    if has_begun and not whole.is_recorded:
        yield Note(speech.say(_("It has not been recorded yet who attended.")))
    if gathering.attendance:
        own = [partner for partner in telling.facts.partners if telling.is_about(partner.key, partner.country)]
        members, is_known = members_on(own, gathering.start), whole.is_recorded
        found = representation(gathering.attendance, members, has_begun=has_begun, is_recorded=is_known)
        yield Paragraph(speech.say(told_whole(found, has_begun=has_begun)))
        replies = told_replies((row.state for row in gathering.attendance), has_begun=has_begun)
        yield Paragraph(speech.say(_("{replies}.").fill(replies=listed(replies))), speech.say(_("Replies by person")))
        yield _attendance(gathering, telling, has_begun=has_begun)
    if has_begun:
        yield from _round_table(gathering, telling, is_recorded=whole.is_recorded)


def _particulars(gathering: GatheringFacts, telling: Telling) -> Iterator[tuple[Words, Words]]:
    speech = telling.speech
    yield speech.say(_("Kind")), speech.term("gathering_kind", gathering.kind)
    yield speech.say(_("Days")), speech.say(Days("", start=gathering.start, end=gathering.end))
    if gathering.host:
        yield speech.say(_("Host")), speech.name(gathering.host)
    if gathering.place:
        yield speech.say(_("Place")), speech.plain(gathering.place)
    if gathering.series and gathering.number:
        words = _("{series}, no. {number}").fill(series=told(gathering.series), number=gathering.number)
        yield speech.say(_("Series")), speech.say(words)


def _attendance(gathering: GatheringFacts, telling: Telling, *, has_begun: bool) -> Table:
    """Set each answer on a line: the organisation, what it answered, and who came for it."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Organisation")), share=4),
        Column(speech.say(_("Answer")), share=3),
        Column(speech.say(_("People")), share=4),
        Column(speech.say(_("Reason")), share=3),
    )
    rows = tuple(_answer(row, telling, has_begun=has_begun) for row in gathering.attendance)
    return Table(speech.say(_("Attendance")), columns, rows)


def _answer(row: AttendanceFacts, telling: Telling, *, has_begun: bool) -> Row:
    speech = telling.speech
    code = reply(row.state, has_begun=has_begun)
    people = speech.plain(row.person or "–")
    if row.person and row.substitute_for:
        words = _("{person}, substitute for {other}").fill(person=row.person, other=row.substitute_for)
        people = speech.say(words)
    said = speech.term(reply_group(code), code)
    return Row((speech.name(row.name), said, people, speech.plain(row.reason or "–")), source=row.key)


def _round_table(gathering: GatheringFacts, telling: Telling, *, is_recorded: bool) -> Iterator[Block]:
    """Tell what each organisation that was there said, and who said nothing."""
    speech = telling.speech
    names = {row.organisation: row.name for row in gathering.attendance}
    names |= {statement.organisation: statement.name for statement in gathering.statements}
    there = dict.fromkeys(row.organisation for row in gathering.attendance if row.state == "attended")
    away = {row.organisation for row in gathering.attendance} - there.keys() if is_recorded else set()
    turns = round_table(gathering.statements, there, round_table_kinds(gathering.kind))
    if not gathering.statements:
        return
    yield Section(Heading(speech.say(_("The round table")), 2, anchor("round-table", gathering.key)), ())
    for turn in turns:
        if turn.has_spoken:
            place = anchor("turn", f"{gathering.key}-{turn.organisation}")
            sent = (Paragraph(speech.say(_("Sent in writing."))),) if turn.organisation in away else ()
            heading = Heading(speech.name(names[turn.organisation]), 3, place)
            yield Section(heading, (*sent, *_turn(turn, telling)))
    if silent := [named(names[turn.organisation]) for turn in turns if not turn.has_spoken]:
        words = _("Present, and said nothing that was written down: {names}.").fill(names=listed(silent))
        yield Note(speech.say(words))


def _turn(turn: Turn[StatementFacts], telling: Telling) -> Iterator[Block]:
    """Set what was said under what it was: a success, a challenge, a need."""
    speech = telling.speech
    for statement in (*(each for cell in turn.cells for each in cell), *turn.others):
        label = speech.capital(speech.term("statement_kind", statement.kind))
        for place, words in enumerate(speech.paragraphs(statement.words)):
            yield Paragraph(words.words, label if place == 0 else ())

"""What the lägesrapport tells under each of its four headings."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consortium.documents import Block, Column, Details, Heading, Note, Row, Section, Table
from consortium.facts import GatheringFacts, PartnerFacts, Stream, SubProjectFacts
from consortium.facts.representation import members_on, representation, told_whole
from consortium.i18n.dates import Days
from consortium.i18n.message import Message
from consortium.variants import Telling, changed, themes, unreported
from consortium.variants.anchors import anchor
from consortium.variants.figures import indicator_blocks
from consortium.variants.gathering import own_part
from consortium_sweden import amounts, work
from consortium_sweden.voice import _


def overall(telling: Telling) -> Iterator[Block]:
    """Tell which partners take part, with which roles and numbers, and what the project may cost."""
    heading = _heading(_("Overall information on the project"), "overall", telling)
    yield Section(heading, (_partners(telling), *amounts.blocks(telling)))


def organisation(telling: Telling) -> Iterator[Block]:
    """Tell who leads and who works together, how the partners met, and who owes a status."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Sub-project")), share=4),
        Column(speech.say(_("Leading partner")), share=3),
        Column(speech.say(_("Other partners")), share=5),
    )
    rows = Stream(lambda: (_team(each, telling) for each in telling.sub_projects()))
    table = Table(speech.say(_("Who leads, and who takes part")), columns, rows)
    yield Section(_heading(_("Methods and organisation"), "organisation", telling), (table,))
    if met := [each for each in telling.facts.gatherings if each.start <= telling.facts.day]:
        yield Section(Heading(speech.say(_("Gatherings")), 2, "gatherings"), Stream(lambda: _met(met, telling)))
    yield from lowered(unreported.chapter(telling))


def activities(telling: Telling) -> Iterator[Block]:
    """Tell what has changed, then sub-project by sub-project what was done and what comes next."""
    yield Section(_heading(_("Activities"), "activities", telling), ())
    yield from lowered(changed.chapter(telling))
    for each in telling.sub_projects():
        yield work.section(each, telling)


def results(telling: Telling) -> Iterator[Block]:
    """Tell the indicators sub-project by sub-project, and to what degree each theme is promoted."""
    yield Section(_heading(_("The results of the project"), "results", telling), ())
    if not any(each.indicators for each in telling.sub_projects()):
        yield Note(telling.speech.say(_("No indicator has been entered.")))
    else:
        yield Section(Heading(telling.speech.say(_("Indicators by sub-project")), 2, "indicators"), ())
    for each in telling.sub_projects():
        if each.indicators:
            heading = Heading(telling.speech.title(each.title), 3, anchor("results", each.key))
            yield Section(heading, tuple(indicator_blocks(each.indicators, telling)))
    yield from lowered(themes.chapter(telling))


def lowered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Set chapters of the house one level lower, so that they stand under one of the four headings."""
    for block in blocks:
        if isinstance(block, Section):
            yield Section(_lower(block.heading), Stream(lambda own=block.blocks: lowered(own)))  # type: ignore[misc]  # mypy cannot type the default
        elif isinstance(block, Heading):
            yield _lower(block)
        else:
            yield block


def _lower(heading: Heading) -> Heading:
    return replace(heading, level=2 if heading.level == 1 else 3)


def _heading(words: Message, name: str, telling: Telling) -> Heading:
    return Heading(telling.speech.say(words), 1, f"model-{name}")


def _partners(telling: Telling) -> Table:
    """Set each partner that the report is about on a line, with the numbers by which the authorities know it."""
    speech = telling.speech
    heads = {_("Partner"): 5, _("Role"): 4, _("Organisation number"): 4, _("Municipality code"): 4}
    columns = tuple(Column(speech.say(head), share=share) for head, share in heads.items())
    rows = tuple(
        _partner(partner, telling)
        for partner in telling.facts.partners
        if telling.is_about(partner.key, partner.country)
    )
    return Table(speech.say(_("Swedish partners")), columns, rows)


def _partner(partner: PartnerFacts, telling: Telling) -> Row:
    speech = telling.speech
    numbers = {each.kind: each.value for each in partner.identifiers}
    roles = speech.listed(speech.term("role", role) for role in partner.roles) if partner.roles else speech.plain("–")
    known = (speech.plain(numbers.get(kind, "–")) for kind in ("se-orgnr", "se-kommun"))
    return Row((speech.name(partner.name), roles, *known), source=partner.key)


def _team(each: SubProjectFacts, telling: Telling) -> Row:
    speech, known = telling.speech, telling.facts.partner
    leader, *others = (speech.name(known[key].name) for key in each.partners)
    cells = (speech.title(each.title), leader, speech.listed(others) if others else speech.plain("–"))
    return Row(cells, anchor("sub-project", each.key), each.key)


def _met(gatherings: list[GatheringFacts], telling: Telling) -> Iterator[Block]:
    """Tell of each gathering when and where it was, and how many of the partners were there; nobody is named."""
    speech = telling.speech
    for whole in gatherings:
        gathering = own_part(whole, telling)
        items = [(speech.say(_("Gathering")), speech.title(gathering.title))]
        items.append((speech.say(_("Days")), speech.say(Days("", start=gathering.start, end=gathering.end))))
        if gathering.attendance:
            own = [partner for partner in telling.facts.partners if telling.is_about(partner.key, partner.country)]
            members, is_known = members_on(own, gathering.start), whole.is_recorded
            found = representation(gathering.attendance, members, has_begun=True, is_recorded=is_known)
            items.append((speech.say(_("Attendance")), speech.say(told_whole(found, has_begun=True))))
        yield Details(tuple(items))

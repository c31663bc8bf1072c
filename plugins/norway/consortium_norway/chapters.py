"""What the statusrapport tells under each heading of the portal."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from consortium.documents import Block, Column, Heading, Note, Row, Section, Table, Words
from consortium.facts import MilestoneFacts, MilestoneState, PartnerFacts, State, Stream, SubProjectFacts
from consortium.facts.changes import expected
from consortium.i18n.message import Message
from consortium.variants import Telling, changed, themes, unreported
from consortium.variants.anchors import anchor
from consortium.variants.figures import indicator_blocks
from consortium.variants.overview import trend_words
from consortium_norway import amounts, work
from consortium_norway.headings import portal
from consortium_norway.voice import _

#: states that a reader of the portal wants explained
UNEASY = (State.AT_RISK, State.DELAYED, State.ON_HOLD, State.CANCELLED)


def about(telling: Telling) -> Iterator[Block]:
    """Tell who takes part, with which roles and numbers."""
    yield Section(_heading("about", telling), (_partners(telling),))


def activities(telling: Telling) -> Iterator[Block]:
    """Tell what has changed, then sub-project by sub-project what was done."""
    yield Section(_heading("activities", telling), ())
    yield from lowered(changed.chapter(telling))
    for each in telling.sub_projects():
        yield work.section(each, telling)


def results(telling: Telling) -> Iterator[Block]:
    """Tell the indicators sub-project by sub-project, and to what degree each theme is promoted."""
    yield Section(_heading("results", telling), ())
    if not any(each.indicators for each in telling.sub_projects()):
        yield Note(telling.speech.say(_("No indicator has been entered.")))
    else:
        yield Section(Heading(telling.speech.say(_("Indicators by sub-project")), 2, "indicators"), ())
    for each in telling.sub_projects():
        if each.indicators:
            heading = Heading(telling.speech.title(each.title), 3, anchor("results", each.key))
            yield Section(heading, tuple(indicator_blocks(each.indicators, telling)))
    yield from lowered(themes.chapter(telling))


def deviations(telling: Telling) -> Iterator[Block]:
    """Tell which sub-projects do not go as planned, which milestones are overdue, and who owes a status."""
    yield Section(_heading("deviations", telling), Stream(lambda: _deviations(telling)))
    yield from lowered(unreported.chapter(telling))


def onward(telling: Telling) -> Iterator[Block]:
    """Tell what comes next, and what support is asked for."""
    speech = telling.speech
    columns = _columns({_("Sub-project"): 3, _("Next steps"): 5, _("Support needs"): 4}, telling)
    rows = Stream(lambda: (_onward(each, telling) for each in telling.sub_projects()))
    yield Section(_heading("onward", telling), (Table(speech.say(_("What comes next")), columns, rows),))


def economy(telling: Telling) -> Iterator[Block]:
    """Tell the budgets in Norwegian kroner."""
    yield Section(_heading("economy", telling), tuple(amounts.blocks(telling)))


#: by the name that the data of the headings uses
CHAPTERS: dict[str, Callable[[Telling], Iterator[Block]]] = {
    each.__name__: each for each in (about, activities, results, deviations, onward, economy)
}


def foot(telling: Telling) -> Iterator[Block]:
    """Say that the headings are still to be confirmed, as long as they are."""
    form = portal()
    if form.confirmed is None:
        words = _(
            "The headings are to be confirmed: nobody has compared them with the form in {portal} yet. Look there before you paste."
        )
        yield Note(telling.speech.say(words.fill(portal=form.name)))


def lowered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Set chapters of the house one level lower, so that they stand under a heading of the portal."""
    for block in blocks:
        if isinstance(block, Section):
            yield Section(_lower(block.heading), Stream(lambda own=block.blocks: lowered(own)))  # type: ignore[misc]  # mypy cannot type the default
        elif isinstance(block, Heading):
            yield _lower(block)
        else:
            yield block


def _lower(heading: Heading) -> Heading:
    return replace(heading, level=2 if heading.level == 1 else 3)


def _heading(name: str, telling: Telling) -> Heading:
    words: Message = portal().headings[name]
    return Heading(telling.speech.say(words), 1, f"portal-{name}")


def _partners(telling: Telling) -> Table:
    """Set each partner that the report is about on a line, with the numbers by which the authorities know it."""
    speech = telling.speech
    heads = {_("Partner"): 5, _("Role"): 4, _("Organisation number"): 4, _("Municipality number"): 4}
    rows = tuple(
        _partner(partner, telling)
        for partner in telling.facts.partners
        if telling.is_about(partner.key, partner.country)
    )
    return Table(speech.say(_("Norwegian partners")), _columns(heads, telling), rows)


def _partner(partner: PartnerFacts, telling: Telling) -> Row:
    speech = telling.speech
    numbers = {each.kind: each.value for each in partner.identifiers}
    roles = speech.listed(speech.term("role", role) for role in partner.roles) if partner.roles else speech.plain("–")
    known = (speech.plain(numbers.get(kind, "–")) for kind in ("no-orgnr", "no-kommune"))
    return Row((speech.name(partner.name), roles, *known), source=partner.key)


def _deviations(telling: Telling) -> Iterator[Block]:
    speech = telling.speech
    if any(map(_is_uneasy, telling.sub_projects())):
        heads = {_("Sub-project"): 3, _("State"): 2, _("Trend"): 2, _("In words"): 6}
        rows = Stream(lambda: (_deviation(each, telling) for each in telling.sub_projects() if _is_uneasy(each)))
        yield Table(speech.say(_("Sub-projects that do not go as planned")), _columns(heads, telling), rows)
    else:
        yield Note(speech.say(_("No sub-project is at risk, delayed, on hold or cancelled.")))
    if telling.survey.milestones_in(MilestoneState.OVERDUE):
        heads = {_("Milestone"): 5, _("Sub-project"): 4, _("Due"): 2, _("Days overdue"): 2}
        late = Stream(lambda: (_late(milestone, each, telling) for milestone, each in _overdue(telling)))
        yield Table(speech.say(_("Milestones that are overdue")), _columns(heads, telling, figures=True), late)


def _overdue(telling: Telling) -> Iterator[tuple[MilestoneFacts, SubProjectFacts]]:
    day = telling.facts.day
    for each in telling.sub_projects():
        for milestone in expected(each, day):
            if milestone.state(day) is MilestoneState.OVERDUE:
                yield milestone, each


def _late(milestone: MilestoneFacts, each: SubProjectFacts, telling: Telling) -> Row:
    speech = telling.speech
    days = speech.number((telling.facts.day - milestone.due).days)
    cells = (speech.title(milestone.title), speech.title(each.title), speech.day(milestone.due, "medium"), days)
    return Row(cells, anchor("sub-project", each.key), milestone.key)


def _columns(heads: dict[Message, int], telling: Telling, *, figures: bool = False) -> tuple[Column, ...]:
    """Make columns of headings and their shares; ``figures`` tells that the last one holds numbers."""
    columns = [Column(telling.speech.say(head), share=share) for head, share in heads.items()]
    return (*columns[:-1], replace(columns[-1], align="end" if figures else "start"))


def _is_uneasy(each: SubProjectFacts) -> bool:
    return each.current is not None and each.current.state in UNEASY


def _deviation(each: SubProjectFacts, telling: Telling) -> Row:
    speech, current = telling.speech, each.current
    state: Words = speech.term("state", current.state, "neuter", sign=True) if current else speech.plain("–")
    summary = speech.read(current.summary) if current else ()
    cells = (speech.title(each.title), state, trend_words(each, telling), summary or speech.plain("–"))
    return Row(cells, anchor("sub-project", each.key), current.key if current else each.key)


def _onward(each: SubProjectFacts, telling: Telling) -> Row:
    speech, current = telling.speech, each.current
    told = (current.next_steps, current.support_needs) if current else ()
    cells = tuple((speech.read(text) or speech.plain("–")) for text in told) or (speech.plain("–"),) * 2
    return Row(
        (speech.title(each.title), *cells), anchor("sub-project", each.key), current.key if current else each.key
    )

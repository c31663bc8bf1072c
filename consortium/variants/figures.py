"""The figures of a sub-project: its milestones, and its indicators by level."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from consortium.documents import Block, Column, Paragraph, Row, Table, Words
from consortium.facts import IndicatorFacts, MilestoneFacts, MilestoneState, SubProjectFacts, ValueFacts
from consortium.facts.changes import standing
from consortium.i18n.message import Message, _
from consortium.texts import told
from consortium.variants.telling import Telling

#: what indicators of a level are called together
LEVELS = {"output": _("Outputs"), "result": _("Results"), "effect": _("Effects")}


def milestone_table(sub_project: SubProjectFacts, telling: Telling) -> Table:
    """Set each milestone on a line: when it is due, and how it stands."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Milestone")), share=5),
        Column(speech.say(_("Due")), share=2),
        Column(speech.say(_("How it stands")), share=3),
    )
    rows = tuple(_milestone_row(each, sub_project, telling) for each in sub_project.milestones)
    return Table(speech.say(_("Milestones")), columns, rows)


def _milestone_row(each: MilestoneFacts, sub_project: SubProjectFacts, telling: Telling) -> Row:
    speech = telling.speech
    state = standing(each, sub_project, telling.facts.day)
    if state is MilestoneState.ACHIEVED and each.done:
        how = speech.signed("milestone.achieved", speech.say(_("reached on {day}").fill(day=each.done)))
    elif state is MilestoneState.DROPPED:
        how = speech.signed("milestone.dropped", speech.term("milestone_computed", state))
    else:
        how = speech.term("milestone", state, sign=True)
    return Row((speech.title(each.title), speech.day(each.due, "medium"), how), source=each.key)


def indicator_blocks(indicators: Sequence[IndicatorFacts], telling: Telling) -> Iterator[Block]:
    """Set the indicators level by level, and say why a target was changed."""
    for level, own in groupby(indicators, key=lambda each: each.level):
        some = tuple(own)
        yield _indicator_table(LEVELS[level], some, telling)
        for each in some:
            if each.new_target:
                yield from _new_target(each, each.new_target, telling)


def _indicator_table(title: Message, indicators: Sequence[IndicatorFacts], telling: Telling) -> Table:
    speech = telling.speech
    heads = (_("Baseline"), _("Target"), _("Previous"), _("Now"))
    columns = (
        Column(speech.say(_("Indicator")), share=6),
        *(Column(speech.say(head), align="end", share=2) for head in heads),
    )
    return Table(speech.say(title), columns, tuple(_indicator_row(each, telling) for each in indicators))


def _indicator_row(each: IndicatorFacts, telling: Telling) -> Row:
    speech = telling.speech
    figures: tuple[Decimal | None, ...] = (
        each.baseline,
        each.target,
        each.previous.value if each.previous else None,
        each.current.value if each.current else None,
    )
    source = each.current.key if each.current else each.key
    return Row((_named(each, telling), *map(speech.number, figures)), source=source)


def _named(each: IndicatorFacts, telling: Telling) -> Words:
    """Name an indicator with its unit."""
    name = telling.speech.title(each.name)
    if not each.unit:
        return name
    whole = _("{name} ({unit})")
    return tuple(
        replace(said, words=whole.fill(name=said.words, unit=told(each.unit)).say(said.language)) for said in name
    )


def _new_target(each: IndicatorFacts, target: ValueFacts, telling: Telling) -> Iterator[Block]:
    """Say which target was changed to what, and why in the words of whoever changed it."""
    words = _("“{name}”: {after} since {day}.")
    if each.former_target is not None:
        words = _("“{name}”: {after} instead of {before} since {day}.").fill(before=each.former_target)
    filled = words.fill(name=told(each.name), after=target.value, day=target.day)
    yield Paragraph(telling.speech.say(filled), telling.speech.say(_("Changed target")))
    yield from telling.speech.paragraphs(target.words)

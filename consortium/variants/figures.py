"""The figures of a sub-project: its milestones, and its indicators by level."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from consortium.documents import Block, Column, Paragraph, Row, Table, Words
from consortium.facts import IndicatorFacts, MilestoneFacts, MilestoneState
from consortium.i18n.message import Message, _
from consortium.texts import told
from consortium.variants.telling import Telling

#: what indicators of a level are called together
LEVELS = {"output": _("Outputs"), "result": _("Results"), "effect": _("Effects")}


def milestone_table(milestones: Sequence[MilestoneFacts], telling: Telling) -> Table:
    """Set each milestone on a line: when it is due, and how it stands."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Milestone")), share=5),
        Column(speech.say(_("Due")), share=2),
        Column(speech.say(_("How it stands")), share=3),
    )
    rows = tuple(_milestone_row(each, telling) for each in milestones)
    return Table(speech.say(_("Milestones")), columns, rows)


def _milestone_row(each: MilestoneFacts, telling: Telling) -> Row:
    speech = telling.speech
    state = each.state(telling.facts.day)
    standing = speech.term("milestone", state, sign=True)
    if state is MilestoneState.ACHIEVED and each.done:
        standing = speech.signed("milestone.achieved", speech.say(_("reached on {day}").fill(day=each.done)))
    return Row((speech.title(each.title), speech.day(each.due, "medium"), standing), source=each.key)


def indicator_blocks(indicators: Sequence[IndicatorFacts], telling: Telling) -> Iterator[Block]:
    """Set the indicators level by level, and say why a target was changed."""
    for level, own in groupby(indicators, key=lambda each: each.level):
        some = tuple(own)
        yield _indicator_table(LEVELS[level], some, telling)
        for each in some:
            if each.new_target:
                yield Paragraph(telling.speech.say(_new_target(each)), telling.speech.say(_("Changed target")))


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
    name = speech.say(_("{name} ({unit})").fill(name=told(each.name), unit=told(each.unit)))
    named: Words = name if each.unit else speech.title(each.name)
    return Row((named, *map(speech.number, figures)), source=each.current.key if each.current else each.key)


def _new_target(each: IndicatorFacts) -> Message:
    target = each.new_target
    if target is None:
        return told(each.name)
    if each.former_target is None:
        words = _("“{name}”: {after} since {day}. {reason}")
    else:
        words = _("“{name}”: {after} instead of {before} since {day}. {reason}")
    filled = words.fill(name=told(each.name), after=target.value, day=target.day, reason=told(target.words))
    return filled.fill(before=each.former_target) if each.former_target is not None else filled

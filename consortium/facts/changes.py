"""What has changed in a sub-project since the report it is compared with, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from consortium.facts.names import named
from consortium.facts.retitled import retitled
from consortium.facts.states import ENDED, ChangeKind, MilestoneState, State
from consortium.facts.sub_projects import IndicatorFacts, MilestoneFacts, SubProjectFacts
from consortium.facts.values import Facts
from consortium.i18n.message import Message, _, _n, listed
from consortium.texts import Text, told
from consortium.texts.terms import Term


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of news of a sub-project: of what kind, in a sentence, and the record that says so."""

    kind: ChangeKind
    sentence: Message
    source: str


def changes_of(each: SubProjectFacts, facts: Facts) -> Iterator[Change]:
    """Tell what has changed in a sub-project: its status, its milestones, its indicators, and against a snapshot the rest."""
    then = compared_day(each, facts)
    if facts.since and facts.since.kind == "snapshot":
        yield from _against_snapshot(each, facts)
    yield from _of_status(each)
    if then is None:
        return
    yield from _of_partners(each, facts, then)
    for milestone in expected(each, facts.day):
        yield from _of_milestone(milestone, _state_then(milestone, each.before, then), facts.day)
    for indicator in each.indicators:
        yield from _of_reading(indicator)
        yield from _of_target(indicator, each.before, then)


def compared_day(each: SubProjectFacts, facts: Facts) -> date | None:
    """Tell with which day a sub-project is compared: the report's, else that of its update before."""
    if facts.since:
        return facts.since.day
    return each.previous.day if each.previous else None


def _of_status(each: SubProjectFacts) -> Iterator[Change]:
    now, then = each.current, each.previous
    if each.before and then and (now is None or now.day < then.day):
        yield Change(ChangeKind.CHANGED, _("The status of {day} was taken back.").fill(day=then.day), then.key)
        return
    if now is None or not each.has_moved:
        return
    state = Term(now.state, context="state")
    if then is None:
        yield Change(ChangeKind.NEW, _("First status: “{state}”.").fill(state=state), now.key)
    elif then.state != now.state:
        kind = ChangeKind.CLOSED if now.state in ENDED else ChangeKind.CHANGED
        sentence = _("Status changed from “{before}” to “{after}”.")
        yield Change(kind, sentence.fill(before=Term(then.state, context="state"), after=state), now.key)
    else:
        sentence = _("New status of {day}, still “{state}”.")
        yield Change(ChangeKind.CHANGED, sentence.fill(day=now.day, state=state), now.key)
    if now.corrects:
        sentence = _("The status corrects an earlier one ({key}).")
        yield Change(ChangeKind.CHANGED, sentence.fill(key=now.corrects), now.key)


def _state_then(milestone: MilestoneFacts, before: SubProjectFacts | None, then: date) -> MilestoneState | None:
    """Tell how a milestone stood, as a snapshot knew it where there is one; ``None`` where it did not know it."""
    if before is None:
        return milestone.state(then)
    return next((known.state(then) for known in before.milestones if known.key == milestone.key), None)


def _of_milestone(milestone: MilestoneFacts, before: MilestoneState | None, day: date) -> Iterator[Change]:
    now = milestone.state(day)
    title = told(milestone.title)
    if now is MilestoneState.ACHIEVED and before is not now:
        sentence = _("The milestone “{title}” was reached on {day}.").fill(title=title, day=milestone.done)
        yield Change(ChangeKind.ACHIEVED, sentence, milestone.key)
    if now is MilestoneState.OVERDUE and before is not now:
        late = _n(
            "The milestone “{title}” is {count} day overdue.",
            "The milestone “{title}” is {count} days overdue.",
            (day - milestone.due).days,
        )
        yield Change(ChangeKind.OVERDUE, late.fill(title=title), milestone.key)


def _of_reading(indicator: IndicatorFacts) -> Iterator[Change]:
    name = told(indicator.name)
    now, before = indicator.current, indicator.previous
    if now and before and now.value != before.value:
        sentence = _("“{name}” went from {before} to {after}.")
        filled = sentence.fill(name=name, before=before.value, after=_amount(now.value, indicator))
        yield Change(ChangeKind.CHANGED, filled, now.key)
    elif now and before is None:
        sentence = _("“{name}” was read for the first time: {after}.")
        yield Change(ChangeKind.NEW, sentence.fill(name=name, after=_amount(now.value, indicator)), now.key)


def _of_target(indicator: IndicatorFacts, before: SubProjectFacts | None, then: date) -> Iterator[Change]:
    target, known = indicator.new_target, None
    if before:
        known = next((each for each in before.indicators if each.key == indicator.key), None)
    if target is None or (target.day <= then if before is None else known and known.target == target.value):
        return
    former = known.target if known else indicator.former_target
    sentence = (
        _("The target of “{name}” was set to {after}: {reason}")
        if former is None
        else _("The target of “{name}” was changed from {before} to {after}: {reason}")
    )
    places = {"name": told(indicator.name), "reason": told(target.words), "before": former or 0}
    filled = sentence.fill(after=_amount(target.value, indicator), **places)
    yield Change(ChangeKind.CHANGED, filled, target.key)


def _amount(value: Decimal, indicator: IndicatorFacts) -> Message:
    """Say a figure with its unit, if it has one."""
    if not indicator.unit:
        return _("{value}").fill(value=value)
    return _("{value} {unit}").fill(value=value, unit=told(indicator.unit))


def _against_snapshot(each: SubProjectFacts, facts: Facts) -> Iterator[Change]:
    """Tell what only a snapshot can: titles, partners, times, budgets, and milestones that were moved."""
    before = each.before
    if before is None:
        yield Change(ChangeKind.NEW, _("The sub-project is new."), each.key)
        return
    if _original(before.title) != _original(each.title):
        yield Change(ChangeKind.CHANGED, retitled(before.title, each.title), each.key)
    if _original(before.purpose) != _original(each.purpose):
        yield Change(ChangeKind.CHANGED, _("The purpose was rewritten."), each.key)
    if before.partners != each.partners:
        sentence = _("The partners are now {names}.").fill(names=_names(each, facts))
        yield Change(ChangeKind.CHANGED, sentence, each.key)
    if (before.start, before.end) != (each.start, each.end):
        sentence = _("The period is now {start} to {end}.").fill(start=each.start or "–", end=each.end or "–")
        yield Change(ChangeKind.CHANGED, sentence, each.key)
    if before.budget != each.budget:
        is_first = before.budget is None
        sentence = _("The budget is now {budget}.") if is_first else _("The budget was {before} and is now {budget}.")
        filled = sentence.fill(before=before.budget or "–", budget=each.budget or "–")
        yield Change(ChangeKind.CHANGED, filled, each.key)
    yield from _moved(before, each)


def _original(text: Text) -> str | None:
    """Read what was written first; that its translation was mended is no news of a sub-project."""
    return text.words(text.source or "")


def _names(each: SubProjectFacts, facts: Facts) -> Message:
    return listed(named(facts.partner[key].name) for key in each.partners)


def _of_partners(each: SubProjectFacts, facts: Facts, then: date) -> Iterator[Change]:
    """Tell which of its partners have left the consortium, be they still its partners or those a snapshot knew."""
    known = dict.fromkeys((*each.partners, *(each.before.partners if each.before else ())))
    for partner in filter(None, map(facts.partner.get, known)):
        if partner.left and then < partner.left <= facts.day:
            sentence = _("{partner} left on {day}.").fill(partner=named(partner.name), day=partner.left)
            yield Change(ChangeKind.CHANGED, sentence, partner.key)


def _moved(before: SubProjectFacts, each: SubProjectFacts) -> Iterator[Change]:
    known = {milestone.key: milestone for milestone in before.milestones}
    for milestone in each.milestones:
        title, was = told(milestone.title), known.pop(milestone.key, None)
        if was is None:
            sentence = _("The milestone “{title}” is new; it is due on {day}.").fill(title=title, day=milestone.due)
            yield Change(ChangeKind.NEW, sentence, milestone.key)
            continue
        if was.due != milestone.due:
            sentence = _("The milestone “{title}” was moved from {before} to {after}.")
            filled = sentence.fill(title=title, before=was.due, after=milestone.due)
            yield Change(ChangeKind.CHANGED, filled, milestone.key)
        if was.done and not milestone.done:
            sentence = _("The milestone “{title}” is not reached after all.").fill(title=title)
            yield Change(ChangeKind.CHANGED, sentence, milestone.key)
    for gone in known.values():
        sentence = _("The milestone “{title}” was taken away.").fill(title=told(gone.title))
        yield Change(ChangeKind.CHANGED, sentence, gone.key)


def expected(each: SubProjectFacts, day: date) -> Iterator[MilestoneFacts]:
    """Walk the milestones that were reached or still shall be; an ended sub-project reaches no more."""
    return (milestone for milestone in each.milestones if standing(milestone, each, day) is not MilestoneState.DROPPED)


def standing(milestone: MilestoneFacts, each: SubProjectFacts, day: date) -> MilestoneState:
    """Tell how a milestone of a sub-project stands on ``day``: dropped if the sub-project ended without it."""
    state = milestone.state(day)
    return MilestoneState.DROPPED if is_ended(each) and state is not MilestoneState.ACHIEVED else state


def is_ended(each: SubProjectFacts) -> bool:
    """Tell whether nothing more is expected of a sub-project."""
    return each.current is not None and State(each.current.state) in ENDED

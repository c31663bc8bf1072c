"""What was measured and reached by the day of a status: readings before and now, and milestones."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_

from consortium.i18n.sorting import sort_key
from consortium.models import Indicator, IndicatorValue, Milestone, StatusUpdate
from consortium.services.parts import Part
from consortium.services.policy import Principal, visible
from consortium.texts import Text
from consortium.texts.terms import terms


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its value at the status before, and now.

    :ivar read: the day on which ``before`` was read; ``None`` where that is what it began at
    :ivar day: the day on which ``now`` was read; ``None`` where nothing was read since
    """

    name: Text
    unit: Text
    before: Decimal | None
    read: date | None
    now: Decimal | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone on the day of a status.

    :ivar done: the day on which it was reached, if it was by then
    :ivar is_new: tells whether it was reached since the status before
    :ivar is_over: tells whether it should have been reached by then, and was not
    """

    title: Text
    due: date
    done: date | None
    is_new: bool
    is_over: bool


def measuring(principal: Principal, update: StatusUpdate) -> tuple[Part, Part]:
    """Choose the indicators of a sub-project with what was read by the day of ``update``, and its milestones."""
    known = and_(
        IndicatorValue.indicator_id == Indicator.id,
        IndicatorValue.kind == "reading",
        IndicatorValue.day <= update.day,
        visible(principal, IndicatorValue),
    )
    own = (Indicator.sub_project_id == update.sub_project_id, visible(principal, Indicator))
    steps = (Milestone.sub_project_id == update.sub_project_id, visible(principal, Milestone))
    return Part(Indicator, own, ((IndicatorValue, known),)), Part(Milestone, steps)


def measured_by(rows: Iterable[tuple[Any, ...]], *, day: date, since: date | None) -> tuple[Measured, ...]:
    """Tell what was read of each indicator by ``day``, from the rows of :func:`measuring`.

    :param since: the day of the status before, if there is one
    """
    readings: dict[Indicator, list[IndicatorValue]] = defaultdict(list)
    for indicator, *read in rows:
        readings[indicator] += filter(None, read)
    levels = terms("indicator_level")
    own = sorted(readings, key=lambda each: (levels.index(each.level), sort_key(each.key, "en")))
    return tuple(_measured(each, sorted(readings[each], key=lambda one: (one.day, one.id)), day, since) for each in own)


def _measured(each: Indicator, readings: list[IndicatorValue], day: date, since: date | None) -> Measured:
    earlier = [one for one in readings if since and one.day <= since and one.day < day]
    before, now = next(reversed(earlier), None), next(reversed(readings[len(earlier) :]), None)
    return Measured(
        each.name,
        each.unit,
        before=before.value if before else each.baseline,
        read=before.day if before else None,
        now=now.value if now else None,
        day=now.day if now else None,
    )


def reached_by(rows: Iterable[tuple[Any, ...]], *, day: date, since: date | None) -> tuple[Reached, ...]:
    """Tell how each milestone stood on ``day``, as it is known now, from the rows of :func:`measuring`.

    :param since: the day of the status before, if there is one
    """
    steps = sorted((each for (each,) in rows), key=lambda each: (each.due, each.id))
    return tuple(_reached(each, day, since) for each in steps)


def _reached(each: Milestone, day: date, since: date | None) -> Reached:
    done = each.done if each.done and each.done <= day else None
    is_new = done is not None and (since is None or done > since)
    return Reached(each.title, each.due, done, is_new, is_over=done is None and each.due < day)

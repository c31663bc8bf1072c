"""Tallies of all sub-projects: made once, and afterwards brought up to date with what has changed of a few."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, select
from sqlalchemy.orm import Session

from consortium.facts import State
from consortium.facts.periods import is_met, owes
from consortium.facts.states import ENDED
from consortium.models import Change, Participation, ReportingPeriod, StatusUpdate, SubProject
from consortium.services.facts.updates import days_reported, latest
from consortium.services.policy import Principal, visible
from consortium.services.remembered import MEMORY

#: stands for the state of those that have not reported
NOT_REPORTED = "not_reported"

#: where more has changed, all are looked through anew
MOST_CHANGED = 500

#: the latest periods of which it is told who owes a report
MOST_PERIODS = 60

_CODES = (*State, NOT_REPORTED)

#: bits that the number of a day takes
_DAYS = 24

#: what is told of a sub-project that is gone
_GONE = (1 << 64) - 1


@dataclass(frozen=True)
class Tally:
    """What is told of each sub-project, as a number.

    :ivar numbers: of the sub-projects, in their order
    :ivar told: what is told of each
    """

    numbers: "array[int]"
    told: "array[int]"

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """Of how many each thing is told."""
        counted = Counter(self.told)
        del counted[_GONE]
        return counted

    def among(self, chosen: Iterable[int]) -> Mapping[int, int]:
        """Of how many of some sub-projects each thing is told; all of them are in the tally."""
        return Counter(self.told[bisect_left(self.numbers, number)] for number in chosen)

    def changed(self, told: Mapping[int, int]) -> "Tally":
        """Return the tally with other things told of some sub-projects."""
        numbers, present = self.numbers[:], self.told[:]
        for number in sorted(told):
            place = bisect_left(numbers, number)
            if place < len(numbers) and numbers[place] == number:
                present[place] = told[number]
            else:
                numbers.insert(place, number)
                present.insert(place, told[number])
        return Tally(numbers, present)


def state_on(day: date) -> ColumnElement[str]:
    """Tell the state of a sub-project on ``day``."""
    return func.coalesce(latest(day, 1, "state").scalar_subquery(), NOT_REPORTED)


def count_states(
    session: Session, scope: Principal, *, home: int, day: date, chosen: Iterable[int] | None = None
) -> Mapping[str, int]:
    """Count the sub-projects of the consortium ``home`` that ``scope`` may see, by their state on ``day``.

    :param chosen: the numbers of those that are counted, if not all are
    """
    query: Any = select(SubProject.id, state_on(day).label("state"))
    query = query.where(SubProject.consortium_id == home, visible(scope, SubProject))
    tally = _tally(session, ("states", scope, home, day), query, lambda row: _CODES.index(row.state))
    counts = tally.counts if chosen is None else tally.among(chosen)
    return {str(code): counts[place] for place, code in enumerate(_CODES) if place in counts}


def count_silent(
    session: Session, scope: Principal, *, home: int, day: date, periods: Sequence[ReportingPeriod]
) -> Mapping[str, int]:
    """Count the sub-projects that still owe a report, by the key of its period; of the latest periods among ``periods``.

    Beside them stands under no key how many sub-projects there are at all.
    """
    asked = tuple((each.key, each.start, each.end, each.due, each.locked) for each in periods[-MOST_PERIODS:])
    leads = exists().where(Participation.sub_project_id == SubProject.id, Participation.place == 0)
    query = (
        select(SubProject.id, SubProject.start, SubProject.end, days_reported(day).label("days"))
        .add_columns(latest(day, 1, "state").scalar_subquery().label("state"))
        .add_columns(latest(day, 1, "day").scalar_subquery().label("reported"))
        .where(SubProject.consortium_id == home, visible(scope, SubProject), leads)
    )

    def missing(row: Any) -> int:
        days = [date.fromisoformat(each) for each in (row.days or "").split(",") if each]
        closed = row.reported if row.state in ENDED else None
        owed = (
            owes(start, end, begun=row.start, ended=row.end, closed=closed) and not is_met(start, due, locked, days)
            for _key, start, end, due, locked in asked
        )
        return sum(1 << place for place, is_missing in enumerate(owed) if is_missing)

    counts = _tally(session, ("silent", scope, home, day, asked), query, missing).counts
    silent = {
        key: sum(count for told, count in counts.items() if told >> place & 1)
        for place, (key, *_days) in enumerate(asked)
    }
    return {"": sum(counts.values()), **silent}


def count_submitted(session: Session, scope: Principal, *, home: int) -> tuple[int, date | None]:
    """Count the statuses that wait for approval, and tell the day of the oldest one."""
    waiting = (StatusUpdate.sub_project_id == SubProject.id, StatusUpdate.workflow == "submitted")
    waits = (
        each.where(*waiting).scalar_subquery() for each in (select(func.count()), select(func.min(StatusUpdate.day)))
    )
    many, first = waits
    query = select(SubProject.id, many.label("many"), first.label("first"))
    query = query.where(SubProject.consortium_id == home, visible(scope, SubProject))

    def tell(row: Any) -> int:
        return row.many << _DAYS | row.first.toordinal() if row.many else 0

    counts = _tally(session, ("submitted", scope, home), query, tell).counts
    days = [told & (1 << _DAYS) - 1 for told in counts if told]
    total = sum((told >> _DAYS) * count for told, count in counts.items())
    return total, date.fromordinal(min(days)) if days else None


def _tally(session: Session, key: Hashable, query: Any, tell: Callable[[Any], int]) -> Tally:
    """Tell of each sub-project of ``query``, from memory where nothing has changed of it since."""

    def gather() -> Tally:
        tally = Tally(array("q"), array("Q"))
        for row in session.execute(query.order_by(SubProject.id).execution_options(yield_per=1000)):
            tally.numbers.append(row.id)
            tally.told.append(tell(row))
        return tally

    def follow(tally: Tally, since: int) -> Tally | None:
        changed = _changed(session, since)
        if changed is None:
            return None
        projects, updates = changed
        if not projects | updates:
            return tally
        reported = session.scalars(select(StatusUpdate.sub_project_id).where(StatusUpdate.id.in_(updates)))
        rows = session.execute(query.where(SubProject.id.in_(projects | set(reported)))).all()
        return tally.changed({**dict.fromkeys(projects, _GONE), **{row.id: tell(row) for row in rows}})

    return MEMORY.recall(session, key, gather, follow=follow)


def _changed(session: Session, since: int) -> tuple[set[int], set[int]] | None:
    """List the sub-projects and the statuses that have changed; nothing where those are many, or statuses have gone."""
    has_moved = cast(Change.values, String).contains('"sub_project')  # by the record, or by its number alone
    told = (SubProject.__tablename__, StatusUpdate.__tablename__)
    columns = (Change.entity, Change.entity_id, Change.action, has_moved.label("has_moved"))
    changes = select(*columns).where(Change.id > since, Change.entity.in_(told)).limit(MOST_CHANGED + 1)
    rows = session.execute(changes).all()
    updates = [row for row in rows if row.entity == StatusUpdate.__tablename__]
    is_lost = any(row.action == "deleted" or (row.action == "changed" and row.has_moved) for row in updates)
    if is_lost or len(rows) > MOST_CHANGED:
        return None
    projects = {row.entity_id for row in rows if row.entity == SubProject.__tablename__}
    return projects, {row.entity_id for row in updates}

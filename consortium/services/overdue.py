"""Finds what is overdue: reports that are missing, and milestones that have not been reached."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from consortium.facts.periods import is_met, owes
from consortium.facts.states import ENDED
from consortium.i18n.sorting import sort_key
from consortium.models import (
    Consortium,
    Milestone,
    Organisation,
    Participation,
    Partner,
    ReportingPeriod,
    StatusUpdate,
    SubProject,
)
from consortium.services.facts.updates import counted_day
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.texts import Text


@dataclass(frozen=True, slots=True)
class Duty:
    """A sub-project, with the partner that leads it and its first and last day."""

    key: str
    title: Text
    partner: str
    partner_name: Text
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class OverdueReport:
    """The report of a sub-project for a period, which is missing after the day on which it was due.

    :ivar period: key of the period
    :ivar days_over: days since it was due
    :ivar age: days since the latest status of the sub-project, ``None`` where there is none
    """

    sub_project: Duty
    period: str
    due: date
    days_over: int
    age: int | None


@dataclass(frozen=True, slots=True)
class OverdueMilestone:
    """A milestone of a running sub-project that has not been reached by the day on which it was due.

    :ivar days_over: days since it was due
    """

    sub_project: Duty
    key: str
    title: Text
    due: date
    days_over: int


Overdue = OverdueReport | OverdueMilestone


@dataclass
class Told:
    """What a sub-project has reported so far: the days of its reports, and the latest status."""

    days: list[date] = field(default_factory=list)
    latest: date | None = None
    state: str = ""

    @property
    def closed(self) -> date | None:
        """The day on which it was said to be completed or cancelled, if that is its latest status."""
        return self.latest if self.state in ENDED else None


def overdue(session: Session, principal: Principal, *, consortium: Consortium, day: date) -> tuple[Overdue, ...]:
    """Find what ``principal`` may see to be overdue in ``consortium`` on ``day``, most overdue first; in four queries.

    :raises NotPermitted: if the consortium itself is not for the principal's eyes
    """
    demand(session, principal, Verb.SEE, consortium)
    duties = duties_of(session, principal, consortium)
    told = told_of(session, principal, consortium, day)
    found: list[Overdue] = [*_reports(session, principal, consortium, day, duties, told)]
    running = {number: duty for number, duty in duties.items() if told[number].closed is None}
    found += _milestones(session, principal, consortium, day, running)
    return tuple(sorted(found, key=_place))


def _place(each: Overdue) -> tuple[int, bool, list[tuple[str, str]]]:
    """Tell where something overdue stands: by its days, reports before milestones, then by its keys."""
    keys = (each.sub_project.key, each.period) if isinstance(each, OverdueReport) else (each.key,)
    return -each.days_over, isinstance(each, OverdueMilestone), [(sort_key(key, "en"), key) for key in keys]


def duties_of(session: Session, principal: Principal, consortium: Consortium) -> dict[int, Duty]:
    """Gather the sub-projects that ``principal`` may see, by their numbers; in one query."""
    columns = (SubProject.id, SubProject.key, SubProject.title, SubProject.start, SubProject.end)
    query = (
        select(*columns, Partner.key.label("partner"), Organisation.name)
        .join(Participation, and_(Participation.sub_project_id == SubProject.id, Participation.place == 0))
        .join(Partner, Partner.id == Participation.partner_id)
        .join(Organisation, Organisation.id == Partner.organisation_id)
        .where(SubProject.consortium_id == consortium.id, visible(principal, SubProject))
    )
    return {
        row.id: Duty(row.key, row.title, row.partner, row.name, row.start, row.end) for row in session.execute(query)
    }


def _reports(  # of whom, of when, and what they have told
    session: Session,
    principal: Principal,
    consortium: Consortium,
    day: date,
    duties: Mapping[int, Duty],
    told: Mapping[int, Told],
) -> Iterator[OverdueReport]:
    query = select(ReportingPeriod).where(
        ReportingPeriod.consortium_id == consortium.id, ReportingPeriod.due < day, visible(principal, ReportingPeriod)
    )
    periods = session.scalars(query).all()
    for number, duty in duties.items():
        own = told[number]
        age = (day - own.latest).days if own.latest else None
        for each in periods:
            is_owed = owes(each.start, each.end, begun=duty.start, ended=duty.end, closed=own.closed)
            if is_owed and not is_met(each.start, each.due, each.locked, own.days):
                yield OverdueReport(duty, each.key, each.due, (day - each.due).days, age)


def told_of(session: Session, principal: Principal, consortium: Consortium, day: date) -> Mapping[int, Told]:
    """Gather what each sub-project had reported by ``day``, in one query; a correction is no report of its own."""
    columns = (StatusUpdate.id, StatusUpdate.sub_project_id, StatusUpdate.day, StatusUpdate.state)
    query = (
        select(*columns, StatusUpdate.corrects_id)
        .where(StatusUpdate.consortium_id == consortium.id, StatusUpdate.day <= day)
        .where(StatusUpdate.workflow.not_in(["draft", "returned"]), visible(principal, StatusUpdate))
        .order_by(counted_day(StatusUpdate), StatusUpdate.day, StatusUpdate.id)
    )
    rows = session.execute(query).all()
    return _gathered(rows, corrected={row.corrects_id for row in rows})


def _gathered(rows: Sequence[Row[int, int, date, str, int | None]], corrected: set[int | None]) -> Mapping[int, Told]:
    told: dict[int, Told] = defaultdict(Told)
    for row in rows:
        own = told[row.sub_project_id]
        if row.corrects_id is None:
            own.days.append(row.day)
        if row.id not in corrected:
            own.latest, own.state = row.day, row.state
    return told


def _milestones(
    session: Session, principal: Principal, consortium: Consortium, day: date, duties: Mapping[int, Duty]
) -> Iterator[OverdueMilestone]:
    query = select(Milestone).where(
        Milestone.consortium_id == consortium.id,
        Milestone.due < day,
        or_(Milestone.done.is_(None), Milestone.done > day),
        visible(principal, Milestone),
    )
    for each in session.scalars(query):
        if duty := duties.get(each.sub_project_id):
            yield OverdueMilestone(duty, each.key, each.title, each.due, (day - each.due).days)

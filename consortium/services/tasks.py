"""What is to be done: by whoever leads sub-projects, and by the staff, the most urgent first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Literal

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from consortium.facts.gatherings import RECORDED
from consortium.facts.periods import is_met, owes
from consortium.i18n.sorting import sort_key
from consortium.models import (
    Assessment,
    Attendance,
    Consortium,
    Gathering,
    Indicator,
    IndicatorValue,
    Milestone,
    Record,
    ReportingPeriod,
    StatusComment,
    StatusUpdate,
    TextIndex,
)
from consortium.services.facts.updates import UNTOLD
from consortium.services.overdue import Duty, Told, duties_of, told_of
from consortium.services.policy import Principal, Role, Verb, demand, visible
from consortium.services.tallies import count_silent, count_submitted
from consortium.texts import Text

#: days before a status and a milestone are due from which on they are something to do
REPORT_AHEAD, MILESTONE_AHEAD = 60, 30

Kind = Literal["report", "answer", "draft", "approve", "unreported", "attendance", "milestone", "texts", "locked"]

#: what is most urgent comes first; within a kind, what is due first
ORDER: tuple[Kind, ...] = (
    "report", "answer", "draft", "approve", "unreported", "attendance", "milestone", "texts", "locked"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do.

    :ivar kind: what it is
    :ivar key: of the sub-project or the gathering that it is about, which is called ``title``
    :ivar partner: name of the partner that leads the sub-project
    :ivar status: key of the status that is begun or returned
    :ivar period: key of the period that is to be reported on
    :ivar day: the day of the status or the gathering, or the day on which something is due
    :ivar days: until that is due; less than nothing when it is overdue
    :ivar count: how many there are: comments, statuses, sub-projects, texts
    """

    kind: Kind
    key: str = ""
    title: Text | None = None
    partner: Text | None = None
    status: str = ""
    period: str = ""
    day: date | None = None
    days: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Coming:
    """The gathering that comes next."""

    key: str
    title: Text
    start: date
    end: date
    place: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be done, and what comes next.

    :ivar period: the next period of which a status will be asked, with the day on which that is due
    :ivar reporting: tells whether whoever asks leads a sub-project that owes it
    :ivar own: the keys and titles of the sub-projects that whoever asks leads
    """

    tasks: tuple[Task, ...]
    period: tuple[str, date] | None
    gathering: Coming | None
    reporting: bool
    own: tuple[tuple[str, Text], ...] = ()


def tasks_of(session: Session, principal: Principal, *, consortium: Consortium, day: date, language: str) -> Agenda:
    """Find what ``principal`` has to do on ``day``; in seven queries, one a kind of record.

    What the staff has to do is counted, and the counts are remembered: it is of all sub-projects.

    :param language: of whoever asks; texts that wait in it are theirs to do
    :raises NotPermitted: if the consortium itself is not for the principal's eyes
    """
    demand(session, principal, Verb.SEE, consortium)
    desk = _Desk(session, principal, consortium, day, language)
    duties = desk.duties()
    told = told_of(session, principal, consortium, day) if duties else {}
    known = desk.periods()
    silent = desk.silent(known, duties, told)
    periods = [each for each in known if not each.is_locked(day)]
    found = [*desk.tasks(duties, told, known, silent)]
    found.sort(key=lambda each: (ORDER.index(each.kind), each.day or day, each.key))
    listed = {each.period for each in found}
    asking = (each for each in periods if each.due >= day and each.key not in listed)
    following = (each for each in asking if each.start > day or silent.get(each.key))
    first = min(following, key=attrgetter("due"), default=None)
    period = (first.key, first.due) if first else None
    return Agenda(tuple(found), period, desk.coming(), bool(silent[""]), desk.own(duties))


@dataclass(frozen=True)
class _Desk:
    """Looks up what is to be done."""

    session: Session
    principal: Principal
    consortium: Consortium
    day: date
    language: str

    @property
    def is_staff(self) -> bool:
        """Tell whether the staff asks."""
        return self.principal.role in {Role.ADMINISTRATOR, Role.STAFF}

    @property
    def leads(self) -> Collection[int]:
        """The sub-projects that whoever asks leads."""
        return self.principal.leads if self.principal.role is Role.LEAD else ()

    def duties(self) -> Mapping[int, Duty]:
        """Gather the sub-projects that whoever asks leads."""
        if self.is_staff or not self.leads:
            return {}
        found = duties_of(self.session, self.principal, self.consortium)
        return {number: duty for number, duty in found.items() if number in self.leads}

    def silent(
        self, periods: list[ReportingPeriod], duties: Mapping[int, Duty], told: Mapping[int, Told]
    ) -> Mapping[str, int]:
        """Count who has not reported, by the key of the period: of all for staff; and all, under no key."""
        begun = [each for each in periods if each.start <= self.day]
        if self.is_staff:
            scope = self.principal.unnamed
            return count_silent(self.session, scope, home=self.consortium.id, day=self.day, periods=begun)
        return {"": len(duties), **{each.key: len(self.missing(each, duties, told)) for each in begun}}

    def periods(self) -> list[ReportingPeriod]:
        """List the periods, the first due first."""
        own = (ReportingPeriod.consortium_id == self.consortium.id, visible(self.principal, ReportingPeriod))
        query = select(ReportingPeriod).where(*own).order_by(ReportingPeriod.due)
        return [*self.session.scalars(query)]

    def own(self, duties: Mapping[int, Duty]) -> tuple[tuple[str, Text], ...]:
        """Name the sub-projects that whoever asks leads, in the order of their keys."""
        led = sorted(duties.values(), key=lambda each: (sort_key(each.key, "en"), each.key))
        return tuple((each.key, each.title) for each in led)

    def tasks(
        self,
        duties: Mapping[int, Duty],
        told: Mapping[int, Told],
        periods: list[ReportingPeriod],
        silent: Mapping[str, int],
    ) -> Iterator[Task]:
        """Walk what is to be done, in no order."""
        if self.is_staff:
            yield from self._of_staff(periods, silent)
        elif duties:
            yield from self._statuses(duties, told, [each for each in periods if not each.is_locked(self.day)])
            yield from self._milestones(duties, told)
        if self.is_staff or duties:
            yield from self._texts()

    def missing(self, period: ReportingPeriod, duties: Mapping[int, Duty], told: Mapping[int, Told]) -> list[int]:
        """List the sub-projects that owe a status for ``period``."""
        return [
            number
            for number, duty in duties.items()
            if owes(period.start, period.end, begun=duty.start, ended=duty.end, closed=told[number].closed)
            and not is_met(period.start, period.due, period.locked, told[number].days)
        ]

    def _statuses(
        self, duties: Mapping[int, Duty], told: Mapping[int, Told], periods: list[ReportingPeriod]
    ) -> Iterator[Task]:
        """Walk the statuses that are begun, were returned, or are due; one a sub-project and a period."""
        due: dict[int, ReportingPeriod] = {}
        for period in periods:
            if period.start <= self.day and (period.due - self.day).days <= REPORT_AHEAD:
                due = dict.fromkeys(self.missing(period, duties, told), period) | due
        begun = set()
        for row in self.session.execute(self._begun(duties)):
            begun.add(row.sub_project_id)
            kind: Kind = "answer" if row.workflow == "returned" else "draft"
            own = self._due(duties[row.sub_project_id], due.get(row.sub_project_id))
            yield Task(kind, **{**own, "day": row.day, "status": row.key, "count": row.asked})
        for number, period in due.items():
            if number not in begun:
                yield Task("report", **self._due(duties[number], period), day=period.due)

    def _due(self, duty: Duty, period: ReportingPeriod | None) -> dict[str, Any]:
        days = (period.due - self.day).days if period else None
        named = {"key": duty.key, "title": duty.title, "partner": duty.partner_name}
        return {**named, "days": days, "period": period.key if period else ""}

    def _begun(self, duties: Mapping[int, Duty]) -> Any:
        asked = (StatusComment.status_update_id == StatusUpdate.id, visible(self.principal, StatusComment))
        count = select(func.count(StatusComment.id)).where(*asked).correlate(StatusUpdate).scalar_subquery()
        columns = (StatusUpdate.key, StatusUpdate.sub_project_id, StatusUpdate.day, StatusUpdate.workflow)
        own = (StatusUpdate.sub_project_id.in_(duties), StatusUpdate.workflow.in_(UNTOLD))
        query = select(*columns, count.label("asked")).where(*own, visible(self.principal, StatusUpdate))
        return query.order_by(StatusUpdate.day)

    def _milestones(self, duties: Mapping[int, Duty], told: Mapping[int, Told]) -> Iterator[Task]:
        running = [number for number in duties if told[number].closed is None]
        query = select(Milestone).where(
            Milestone.sub_project_id.in_(running),
            Milestone.due <= self.day + timedelta(days=MILESTONE_AHEAD),
            or_(Milestone.done.is_(None), Milestone.done > self.day),
            visible(self.principal, Milestone),
        )
        for each in self.session.scalars(query):
            duty = duties[each.sub_project_id]
            yield Task("milestone", duty.key, each.title, duty.title, day=each.due, days=(each.due - self.day).days)

    def _texts(self) -> Iterator[Task]:
        """Count the texts that wait in the language of whoever asks, of what they may translate."""
        if self.language not in self.consortium.tags:
            return
        query = select(func.count(TextIndex.id)).where(
            TextIndex.consortium_id == self.consortium.id,
            TextIndex.language == self.language,
            TextIndex.waits(),
        )
        if not self.is_staff:
            query = query.where(or_(*self._own_texts()))
        if count := self.session.scalar(query):
            yield Task("texts", key=self.language, count=count)

    def _own_texts(self) -> Iterator[Any]:
        """Choose the texts that a lead may translate: of statuses, milestones, readings and assessments."""
        values = select(IndicatorValue.id).join(Indicator).where(Indicator.sub_project_id.in_(self.leads))
        updates = select(StatusUpdate.id).where(StatusUpdate.sub_project_id.in_(self.leads))
        own: Mapping[type[Record], Select[int]] = {
            IndicatorValue: values,
            StatusUpdate: updates.where(StatusUpdate.workflow.not_in(UNTOLD)),
            Milestone: select(Milestone.id).where(Milestone.sub_project_id.in_(self.leads)),
            Assessment: select(Assessment.id).where(Assessment.sub_project_id.in_(self.leads)),
        }
        for kind, numbers in own.items():
            yield and_(TextIndex.entity == kind.__tablename__, TextIndex.entity_id.in_(numbers))

    def _of_staff(self, periods: list[ReportingPeriod], silent: Mapping[str, int]) -> Iterator[Task]:
        count, first = count_submitted(self.session, self.principal.unnamed, home=self.consortium.id)
        if count:
            yield Task("approve", day=first, count=count)
        for period in periods:
            yield from self._unreported(period, silent.get(period.key, 0))
        for row in self.session.execute(self._unrecorded()):
            yield Task("attendance", row.key, row.title, day=row.start)

    def _unreported(self, period: ReportingPeriod, count: int) -> Iterator[Task]:
        """Tell how many have not reported; of a locked period, on which nobody can any more, once that was due."""
        days = (period.due - self.day).days
        is_locked = period.is_locked(self.day)
        if period.start > self.day or days > REPORT_AHEAD or (is_locked and days >= 0):
            return
        if count:
            late = None if is_locked else days
            kind: Kind = "locked" if is_locked else "unreported"
            yield Task(kind, period.key, period=period.key, day=period.due, days=late, count=count)

    def _unrecorded(self) -> Any:
        """Choose the gatherings that are over and of which nobody has written down who came."""
        written = exists().where(Attendance.gathering_id == Gathering.id, Attendance.state.in_(RECORDED))
        own = (Gathering.consortium_id == self.consortium.id, visible(self.principal, Gathering))
        query = select(Gathering.key, Gathering.title, Gathering.start).where(*own, Gathering.end < self.day, ~written)
        return query.order_by(Gathering.start)

    def coming(self) -> Coming | None:
        """Find the gathering that comes next."""
        own = (Gathering.consortium_id == self.consortium.id, visible(self.principal, Gathering))
        columns = (Gathering.key, Gathering.title, Gathering.start, Gathering.end, Gathering.place)
        query = select(*columns).where(*own, Gathering.end >= self.day).order_by(Gathering.start, Gathering.id).limit(1)
        row = self.session.execute(query).first()
        return Coming(*row) if row else None

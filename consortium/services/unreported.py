"""Who has not reported: for each period how many reports it asks for, which are missing, and who leads the work."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consortium.facts.periods import is_met, owes
from consortium.i18n.sorting import sort_key
from consortium.models import Capacity, Consortium, Person, ReportingPeriod
from consortium.services.overdue import Duty, Told, duties_of, told_of
from consortium.services.policy import Principal, Verb, demand, visible


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads a sub-project and would be reminded.

    :ivar number: of the person
    :ivar address: to which letters go; empty where none is known
    """

    number: int
    key: str
    name: str
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A report that a sub-project owes for a period and has not given.

    :ivar number: of the sub-project
    :ivar latest: the day of its latest status, and ``state`` what that said; ``None`` and empty where there is none
    """

    number: int
    sub_project: Duty
    latest: date | None
    state: str
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period that has begun, and what it asks for.

    :ivar asked: how many sub-projects owe a report
    :ivar days_over: days since the reports were due; less than one while there is time
    """

    period: ReportingPeriod
    asked: int
    missing: tuple[MissingReport, ...]
    days_over: int

    @property
    def reported(self) -> int:
        """How many have reported."""
        return self.asked - len(self.missing)


def unreported(
    session: Session, principal: Principal, *, consortium: Consortium, day: date, with_leads: bool = False
) -> tuple[AskedPeriod, ...]:
    """Find what is missing for each period that has begun by ``day``, the most overdue first; in three queries.

    :param with_leads: tells who leads each sub-project too, as far as ``principal`` may know; in one more
    :raises NotPermitted: if the consortium itself is not for the principal's eyes
    """
    demand(session, principal, Verb.SEE, consortium)
    begun = (ReportingPeriod.consortium_id == consortium.id, ReportingPeriod.start <= day)
    query = select(ReportingPeriod).where(*begun, visible(principal, ReportingPeriod))
    periods = session.scalars(query.order_by(ReportingPeriod.due, ReportingPeriod.start, ReportingPeriod.id)).all()
    duties = duties_of(session, principal, consortium)
    told = told_of(session, principal, consortium, day)
    leads = leads_of(session, principal, consortium=consortium, day=day) if with_leads else {}
    return tuple(_asked(period, duties, told, leads, day) for period in periods)


def leads_of(
    session: Session, principal: Principal, *, consortium: Consortium, day: date
) -> Mapping[int, tuple[Lead, ...]]:
    """Find who leads each sub-project on ``day``, as far as ``principal`` may know, by the number of the sub-project."""
    query = (
        select(Capacity.sub_project_id, Person.id, Person.key, Person.name, Person.email, Person.language)
        .join(Person, Person.id == Capacity.person_id)
        .where(Capacity.consortium_id == consortium.id, Capacity.role == "project_manager")
        .where(Capacity.sub_project_id.is_not(None), Capacity.start <= day)
        .where(or_(Capacity.end.is_(None), Capacity.end >= day), visible(principal, Person))
        .order_by(Capacity.start, Capacity.id)
    )
    found: dict[int, dict[int, Lead]] = defaultdict(dict)
    for row in session.execute(query):
        found[row.sub_project_id or 0][row.id] = Lead(row.id, row.key, row.name, row.email, row.language)
    return {number: tuple(leads.values()) for number, leads in found.items()}


def _asked(
    period: ReportingPeriod,
    duties: Mapping[int, Duty],
    told: Mapping[int, Told],
    leads: Mapping[int, tuple[Lead, ...]],
    day: date,
) -> AskedPeriod:
    owing = {number: duty for number, duty in duties.items() if _owes(period, duty, told[number])}
    missing = sorted(_missing(period, owing, told, leads), key=_place)
    return AskedPeriod(period, len(owing), tuple(missing), (day - period.due).days)


def _owes(period: ReportingPeriod, duty: Duty, own: Told) -> bool:
    return owes(period.start, period.end, begun=duty.start, ended=duty.end, closed=own.closed)


def _missing(
    period: ReportingPeriod,
    owing: Mapping[int, Duty],
    told: Mapping[int, Told],
    leads: Mapping[int, tuple[Lead, ...]],
) -> Iterator[MissingReport]:
    for number, duty in owing.items():
        own = told[number]
        if not is_met(period.start, period.due, period.locked, own.days):
            yield MissingReport(number, duty, own.latest, own.state, leads.get(number, ()))


def _place(each: MissingReport) -> tuple[date, str, str]:
    """Put whoever has been silent for longest first."""
    return each.latest or date.min, sort_key(each.sub_project.key, "en"), each.sub_project.key

"""The records behind the form: a sub-project with all that is told when its status is."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager

from consortium.errors import NotFound
from consortium.facts.periods import is_met, owes
from consortium.facts.states import ENDED
from consortium.i18n.message import _
from consortium.models import (
    Consortium,
    Gathering,
    Indicator,
    IndicatorValue,
    Milestone,
    Organisation,
    Participation,
    Partner,
    Person,
    ReportingPeriod,
    Statement,
    StatusComment,
    StatusUpdate,
    SubProject,
)
from consortium.services.parts import Part, Parts, written
from consortium.services.policy import Principal, Verb, may, visible
from consortium.texts import Text

#: the texts of a status, in the order in which they are asked for
TEXTS = ("summary", "achieved", "next_steps", "support_needs")


@dataclass(frozen=True)
class Writing:
    """What is being written: a draft, a returned status or a new one, of ``day``; a new one may correct another."""

    update: StatusUpdate | None
    day: date
    corrects: StatusUpdate | None = None

    def text(self, field: str) -> Text:
        """Return what stands in ``field``; a correction begins with what it corrects."""
        began = self.update or self.corrects
        text: Text = getattr(began, field) if began else Text()
        return text

    @property
    def state(self) -> str:
        """The state that is chosen, if there is one."""
        began = self.update or self.corrects
        return began.state if began else ""


@dataclass(frozen=True)
class Work:
    """A sub-project, and the records that tell how it stands.

    :ivar updates: its statuses, drafts among them, the latest first
    :ivar comments: what was asked of the returned ones, by their numbers
    :ivar values: the readings and new targets of each indicator, the earliest first, by the indicator's number
    :ivar person: who reports, where that was asked for
    :ivar said: what the partners said at the last gathering, with that
    """

    sub_project: SubProject
    updates: tuple[StatusUpdate, ...]
    comments: Mapping[int, Collection[StatusComment]]
    periods: tuple[ReportingPeriod, ...]
    milestones: tuple[Milestone, ...]
    indicators: tuple[Indicator, ...]
    values: Mapping[int, list[IndicatorValue]]
    person: Person | None = None
    said: tuple[tuple[Statement, Gathering], ...] = ()

    @property
    def told(self) -> tuple[StatusUpdate, ...]:
        """The statuses that were submitted."""
        return tuple(each for each in self.updates if each.is_frozen)

    @property
    def latest(self) -> StatusUpdate | None:
        """The status that counts: the latest that none corrects, a correction being as late as what it corrects."""
        corrected = {each.corrects_id for each in self.told}
        counted = [each for each in self.told if each.id not in corrected]
        return max(counted, key=lambda each: (_first(each).day, each.day, each.id), default=None)

    def asked(self, day: date) -> ReportingPeriod | None:
        """Find the period that asks for a status on ``day``, has none and can still be reported on; the first due."""
        latest, own = self.latest, self.sub_project
        closed = latest.day if latest and latest.state in ENDED else None
        days = [each.day for each in self.told if each.corrects_id is None]
        begun = (each for each in self.periods if each.start <= day and not each.is_locked(day))
        asking = (
            each
            for each in begun
            if owes(each.start, each.end, begun=own.start, ended=own.end, closed=closed)
            and not is_met(each.start, each.due, each.locked, days)
        )
        return min(asking, key=lambda each: each.due, default=None)

    def locked(self, of: date, day: date) -> ReportingPeriod | None:
        """Find the period in which ``of`` lies, if it is locked on ``day``."""
        return next((each for each in self.periods if each.start <= of <= each.end and each.is_locked(day)), None)

    def writing(self, day: date, *, wanted: str = "", corrects: str = "") -> Writing:
        """Choose what is written: what is wanted, else what was returned, else a draft, else a new status of ``day``.

        :param wanted: key of a draft or a returned status; ``new`` for one that is not begun yet
        :param corrects: key of the submitted status that shall be corrected
        """
        begun = [each for each in self.updates if not each.is_frozen]
        begun.sort(key=lambda each: (each.workflow != "returned", each.corrects_id is not None))
        named = [each for each in begun if each.key == wanted]
        corrected = next((each for each in self.told if each.key == corrects), None)
        if corrected and not named:
            named = [each for each in begun if each.corrects_id == corrected.id]
            begun = []
        found = next(iter(named or ([] if wanted == "new" else begun)), None)
        if found:
            return Writing(found, found.day, found.corrects)
        return Writing(None, day, corrected or next((each for each in self.told if each.day == day), None))


def load_work(
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    key: str,
    person: int | None = None,
    with_figures: bool = True,
    said_by: date | None = None,
) -> Work:
    """Load the records behind the form of the sub-project ``key``; in one query.

    :param person: number of the person who reports
    :param said_by: with what its partners said at the last gathering that has begun by this day
    :raises NotFound: if there is no such sub-project on which ``principal`` may report
    """
    asked = _asked(principal.unnamed, home.id, with_figures, said_by)
    projects, periods, updates, people, *others = asked.load(session, key=key, person=person)
    sub_project = projects[0][0] if projects else None
    if sub_project is None or not may(principal, Verb.ADD, _status_of(sub_project)):
        raise NotFound(_("There is no sub-project “{key}”.").fill(key=key))
    indicators, milestones = others[:2] if with_figures else ([], [])
    return Work(
        sub_project,
        _firsts(updates, lambda each: (each.day, each.id), is_falling=True),
        _seconds(updates, lambda each: (date.max - each.day, each.id)),
        _firsts(periods, lambda each: (each.start, each.id)),
        _firsts(milestones, lambda each: (each.due, each.id)),
        _firsts(indicators, lambda each: each.id),
        _seconds(indicators, lambda each: (each.day, each.id)),
        people[0][0] if people else None,
        tuple(sorted(others[-1], key=lambda row: row[0].id)) if said_by else (),
    )


@lru_cache(maxsize=64)  # each holds some 160 kB
def _asked(scope: Principal, home: int, with_figures: bool, said_by: date | None) -> Parts:  # for the cache
    """Write the query for all of it; which sub-project, and which person, is told when it is sent."""
    own = select(SubProject.id).where(SubProject.consortium_id == home, SubProject.key == bindparam("key"))
    parts = [
        _sub_project(scope, own),
        Part(ReportingPeriod, (ReportingPeriod.consortium_id == home,)),
        _updates(scope, own),
        Part(Person, (Person.consortium_id == home, Person.id == bindparam("person"))),
    ]
    parts += [_indicators(scope, own), _milestones(scope, own)] if with_figures else []
    parts += [_said(scope, home, own, said_by)] if said_by else []
    partners = contains_eager(SubProject.participations).contains_eager(Participation.partner)
    return written(parts, partners.contains_eager(Partner.organisation))


def _status_of(sub_project: SubProject) -> StatusUpdate:
    return StatusUpdate(consortium_id=sub_project.consortium_id, sub_project=sub_project)


def _sub_project(principal: Principal, own: Any) -> Part:
    """Choose the sub-project, with its partners."""
    return Part(
        SubProject,
        (SubProject.id.in_(own), visible(principal, SubProject)),
        (
            (Participation, Participation.sub_project_id == SubProject.id),
            (Partner, Partner.id == Participation.partner_id),
            (Organisation, Organisation.id == Partner.organisation_id),
        ),
    )


def _updates(principal: Principal, own: Any) -> Part:
    """Choose the statuses, and with those that were returned what is asked of them."""
    asked = and_(
        StatusComment.status_update_id == StatusUpdate.id,
        StatusUpdate.workflow == "returned",
        visible(principal, StatusComment),
    )
    wanted = (StatusUpdate.sub_project_id.in_(own), visible(principal, StatusUpdate))
    return Part(StatusUpdate, wanted, ((StatusComment, asked),))


def _indicators(principal: Principal, own: Any) -> Part:
    """Choose the indicators with their figures."""
    known = and_(IndicatorValue.indicator_id == Indicator.id, visible(principal, IndicatorValue))
    wanted = (Indicator.sub_project_id.in_(own), visible(principal, Indicator))
    return Part(Indicator, wanted, ((IndicatorValue, known),))


def _milestones(principal: Principal, own: Any) -> Part:
    return Part(Milestone, (Milestone.sub_project_id.in_(own), visible(principal, Milestone)))


def _said(principal: Principal, home: int, own: Any, day: date) -> Part:
    """Choose what the partners said at the last gathering that has begun."""
    seen = (Gathering.consortium_id == home, visible(principal, Gathering))
    last = select(func.max(Gathering.start)).where(*seen, Gathering.start <= day).scalar_subquery()
    at = select(Gathering.id).where(*seen, Gathering.start == last)
    by = select(Partner.organisation_id).join(Participation, Participation.partner_id == Partner.id)
    wanted = (
        Statement.gathering_id.in_(at),
        Statement.organisation_id.in_(by.where(Participation.sub_project_id.in_(own))),
        visible(principal, Statement),
    )
    return Part(Statement, wanted, ((Gathering, Gathering.id == Statement.gathering_id),))


def _firsts(rows: list[tuple[Any, ...]], by: Callable[[Any], Any], *, is_falling: bool = False) -> tuple[Any, ...]:
    """List the records that were wanted, each once."""
    return tuple(sorted(dict.fromkeys(row[0] for row in rows), key=by, reverse=is_falling))


def _seconds(rows: list[tuple[Any, ...]], by: Callable[[Any], Any]) -> Mapping[int, list[Any]]:
    """List what was joined to each of them, by its number."""
    found: dict[int, list[Any]] = defaultdict(list)
    for first, *joined in rows:
        found[first.id] += filter(None, joined)
    return {number: sorted(own, key=by) for number, own in found.items()}


def _first(update: StatusUpdate) -> StatusUpdate:
    """Follow a correction to what was corrected first."""
    seen = [update]
    while (before := seen[-1].corrects) is not None and before not in seen:
        seen.append(before)
    return seen[-1]

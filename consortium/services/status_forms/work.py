"""The records behind the form: a sub-project with all that is told when its status is."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from consortium.errors import NotFound
from consortium.facts.periods import is_met, owes
from consortium.facts.states import ENDED
from consortium.i18n.message import _
from consortium.models import (
    Consortium,
    Indicator,
    IndicatorValue,
    Milestone,
    Participation,
    Partner,
    ReportingPeriod,
    StatusComment,
    StatusUpdate,
    SubProject,
)
from consortium.services.periods import periods_of
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
    """

    sub_project: SubProject
    updates: tuple[StatusUpdate, ...]
    comments: Mapping[int, Collection[StatusComment]]
    periods: tuple[ReportingPeriod, ...]
    milestones: tuple[Milestone, ...]
    indicators: tuple[Indicator, ...]
    values: Mapping[int, list[IndicatorValue]]

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
    with_periods: bool = True,
    with_figures: bool = True,
) -> Work:
    """Load the records behind the form of the sub-project ``key``; in five queries at most, one a kind of record.

    :raises NotFound: if there is no such sub-project on which ``principal`` may report
    """
    sub_project = _sub_project(session, principal, home, key)
    updates, comments = _updates(session, principal, sub_project)
    periods = periods_of(session, home.id) if with_periods else ()
    if not with_figures:
        return Work(sub_project, updates, comments, tuple(periods), (), (), {})
    indicators, values = _indicators(session, principal, sub_project)
    own = (Milestone.sub_project_id == sub_project.id, visible(principal, Milestone))
    milestones = session.scalars(select(Milestone).where(*own).order_by(Milestone.due, Milestone.id))
    return Work(sub_project, updates, comments, tuple(periods), tuple(milestones), indicators, values)


def _sub_project(session: Session, principal: Principal, home: Consortium, key: str) -> SubProject:
    own = (SubProject.consortium_id == home.id, SubProject.key == key, visible(principal, SubProject))
    shares = joinedload(SubProject.participations).joinedload(Participation.partner).joinedload(Partner.organisation)
    found = session.scalars(select(SubProject).where(*own).options(shares)).unique().one_or_none()
    if found is None or not may(principal, Verb.ADD, StatusUpdate(consortium_id=home.id, sub_project=found)):
        raise NotFound(_("There is no sub-project “{key}”.").fill(key=key))
    return found


def _updates(
    session: Session, principal: Principal, sub_project: SubProject
) -> tuple[tuple[StatusUpdate, ...], Mapping[int, Collection[StatusComment]]]:
    """Load the statuses, and with those that were returned what is asked of them."""
    asked = and_(
        StatusComment.status_update_id == StatusUpdate.id,
        StatusUpdate.workflow == "returned",
        visible(principal, StatusComment),
    )
    query = (
        select(StatusUpdate, StatusComment)
        .outerjoin(StatusComment, asked)
        .where(StatusUpdate.sub_project_id == sub_project.id, visible(principal, StatusUpdate))
        .order_by(StatusUpdate.day.desc(), StatusUpdate.id.desc(), StatusComment.day.desc(), StatusComment.id)
    )
    updates: dict[int, StatusUpdate] = {}
    comments: dict[int, list[StatusComment]] = defaultdict(list)
    for update, *asking in session.execute(query):
        updates[update.id] = update
        comments[update.id] += filter(None, asking)
    return tuple(updates.values()), comments


def _indicators(
    session: Session, principal: Principal, sub_project: SubProject
) -> tuple[tuple[Indicator, ...], Mapping[int, list[IndicatorValue]]]:
    """Load the indicators with their figures."""
    known = and_(IndicatorValue.indicator_id == Indicator.id, visible(principal, IndicatorValue))
    query = (
        select(Indicator, IndicatorValue)
        .outerjoin(IndicatorValue, known)
        .where(Indicator.sub_project_id == sub_project.id, visible(principal, Indicator))
        .order_by(Indicator.id, IndicatorValue.day, IndicatorValue.id)
    )
    indicators: dict[int, Indicator] = {}
    values: dict[int, list[IndicatorValue]] = defaultdict(list)
    for indicator, *figures in session.execute(query):
        indicators[indicator.id] = indicator
        values[indicator.id] += filter(None, figures)
    return tuple(indicators.values()), values


def _first(update: StatusUpdate) -> StatusUpdate:
    """Follow a correction to what was corrected first."""
    seen = [update]
    while (before := seen[-1].corrects) is not None and before not in seen:
        seen.append(before)
    return seen[-1]

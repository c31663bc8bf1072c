"""Statuses that wait for the staff: which there are, and one of them beside the one before it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import Session, joinedload

from consortium.errors import Conflict, NotFound
from consortium.i18n.message import _
from consortium.models import (
    Capacity,
    Consortium,
    Organisation,
    Participation,
    Partner,
    Person,
    StatusComment,
    StatusUpdate,
    SubProject,
)
from consortium.services.facts.updates import UNTOLD
from consortium.services.measured import Measured, Reached, measured_by, reached_by
from consortium.services.policy import Principal, visible
from consortium.texts import Text

#: waiting statuses on a page
PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submitted status that nobody has decided about yet.

    :ivar partner: name of the partner that leads the sub-project
    :ivar reporter: who reported it, if that is known
    """

    key: str
    day: date
    state: str
    sub_project: str
    title: Text
    partner: Text
    reporter: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A status that waits, with what is needed to decide about it.

    :ivar before: the latest status of an earlier day that counts
    :ivar comments: what was asked when it was returned, the latest first
    :ivar lead: who leads the sub-project on the day on which it is opened, and so reads what is asked
    :ivar figures: its indicators, with their values at the status before and now
    :ivar steps: its milestones, and how they stood on its day
    """

    update: StatusUpdate
    before: StatusUpdate | None
    comments: tuple[StatusComment, ...]
    lead: Person | None
    figures: tuple[Measured, ...] = ()
    steps: tuple[Reached, ...] = ()


def waiting_statuses(
    session: Session, principal: Principal, *, consortium: Consortium, after: str = "", limit: int = PAGE
) -> list[Waiting]:
    """List the submitted statuses that wait, the oldest first, in one query.

    :param after: key of the status after which the list goes on
    """
    columns = (StatusUpdate.key, StatusUpdate.day, StatusUpdate.state, SubProject.key.label("sub_project"))
    query = (
        select(*columns, SubProject.title, Organisation.name.label("partner"), Person.name.label("reporter"))
        .join(SubProject, SubProject.id == StatusUpdate.sub_project_id)
        .join(Participation, and_(Participation.sub_project_id == SubProject.id, Participation.place == 0))
        .join(Partner, Partner.id == Participation.partner_id)
        .join(Organisation, Organisation.id == Partner.organisation_id)
        .outerjoin(Person, and_(Person.id == StatusUpdate.reported_by_id, visible(principal, Person)))
        .where(*_waiting(principal, consortium))
        .order_by(StatusUpdate.day, StatusUpdate.id)
        .limit(limit)
    )
    if after:
        known = (StatusUpdate.consortium_id == consortium.id, StatusUpdate.key == after)
        place = select(StatusUpdate.day, StatusUpdate.id).where(*known).subquery()
        query = query.where(
            tuple_(StatusUpdate.day, StatusUpdate.id) > select(place.c.day, place.c.id).scalar_subquery()
        )
    return [Waiting(*row[:6], row.reporter or "") for row in session.execute(query)]


def count_waiting(session: Session, principal: Principal, *, consortium: Consortium) -> int:
    """Count the submitted statuses that wait."""
    return session.scalar(select(func.count(StatusUpdate.id)).where(*_waiting(principal, consortium))) or 0


def open_status(session: Session, principal: Principal, *, consortium: Consortium, key: str, day: date) -> Opened:
    """Open a status to decide about it; in five queries.

    :raises NotFound: if there is none that ``principal`` may see
    """
    update = find_status(session, principal, consortium=consortium, key=key)
    query = select(StatusComment).where(StatusComment.status_update_id == update.id, visible(principal, StatusComment))
    comments = session.scalars(query.order_by(StatusComment.day.desc(), StatusComment.id))
    before, lead = session.execute(_beside(principal, update, day)).one()
    since = before.day if before else None
    figures = measured_by(session, principal, update=update, since=since)
    steps = reached_by(session, principal, update=update, since=since)
    return Opened(update, before, tuple(comments), lead, figures, steps)


def find_status(
    session: Session, principal: Principal, *, consortium: Consortium, key: str, version: int | None = None
) -> StatusUpdate:
    """Find a status by its key.

    :param version: the one that was looked at
    :raises NotFound: if there is none that ``principal`` may see
    :raises Conflict: if it has changed since it was looked at
    """
    own = (StatusUpdate.consortium_id == consortium.id, StatusUpdate.key == key, visible(principal, StatusUpdate))
    query = (
        select(StatusUpdate)
        .where(*own)
        .options(joinedload(StatusUpdate.sub_project), joinedload(StatusUpdate.reported_by))
    )
    update = session.scalars(query).one_or_none()
    if update is None:
        raise NotFound(_("There is no status “{key}”.").fill(key=key))
    if version not in {None, update.version}:
        told = _("The status of {day} has changed since you opened it. Look at its present words, then decide.")
        raise Conflict(told.fill(day=update.day))
    return update


def _waiting(principal: Principal, consortium: Consortium) -> tuple[Any, ...]:
    submitted = StatusUpdate.workflow == "submitted"
    return StatusUpdate.consortium_id == consortium.id, submitted, visible(principal, StatusUpdate)


def _beside(principal: Principal, update: StatusUpdate, day: date) -> Any:
    """Choose the status before ``update`` and whoever leads the sub-project on ``day``, where there are such."""
    before, lead = (
        each.correlate(None).scalar_subquery()
        for each in (_before(principal, update), _leads(principal, update.sub_project_id, day))
    )
    return (
        select(StatusUpdate, Person)
        .select_from(SubProject)
        .outerjoin(StatusUpdate, StatusUpdate.id == before)
        .outerjoin(Person, Person.id == lead)
        .where(SubProject.id == update.sub_project_id)
    )


def _before(principal: Principal, update: StatusUpdate) -> Any:
    own = (StatusUpdate.sub_project_id == update.sub_project_id, StatusUpdate.workflow.not_in(UNTOLD))
    earlier = tuple_(StatusUpdate.day, StatusUpdate.id) < tuple_(update.day, update.id)
    latest = (StatusUpdate.day.desc(), StatusUpdate.id.desc())
    return select(StatusUpdate.id).where(*own, earlier, visible(principal, StatusUpdate)).order_by(*latest).limit(1)


def _leads(principal: Principal, sub_project: int, day: date) -> Any:
    held = (Capacity.start <= day, (Capacity.end.is_(None)) | (Capacity.end >= day))
    return (
        select(Person.id)
        .join(Capacity, Capacity.person_id == Person.id)
        .where(Capacity.sub_project_id == sub_project, Capacity.role == "project_manager", *held)
        .where(visible(principal, Person))
        .order_by(Capacity.start.desc(), Capacity.id)
        .limit(1)
    )

"""Statuses that wait for the staff: which there are, and one of them beside the one before it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

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
from consortium.services.measured import Measured, Reached, measured_by, measuring, reached_by
from consortium.services.parts import Part, load_parts
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
    """Open a status to decide about it; in two queries.

    :raises NotFound: if there is none that ``principal`` may see
    """
    update = find_status(session, principal, consortium=consortium, key=key)
    earlier = aliased(StatusUpdate)
    asked = (StatusComment.status_update_id == update.id, visible(principal, StatusComment))
    parts = [
        Part(StatusComment, asked),
        Part(earlier, (earlier.id == _before(principal, update),)),
        Part(Person, (Person.id == _leads(principal, update.sub_project_id, day),)),
    ]
    comments, before, leads, read, steps = load_parts(session, [*parts, *measuring(principal, update)])
    since = before[0][0].day if before else None
    return Opened(
        update,
        before[0][0] if before else None,
        tuple(sorted((each for (each,) in comments), key=lambda each: (date.max - each.day, each.id))),
        leads[0][0] if leads else None,
        measured_by(read, day=update.day, since=since),
        reached_by(steps, day=update.day, since=since),
    )


def is_asked(session: Session, principal: Principal, *, update: StatusUpdate, comments: Collection[str]) -> bool:
    """Tell whether ``update`` has been returned with just these comments, as by a double click."""
    if update.workflow != "returned" or not comments:
        return False
    own = (StatusComment.status_update_id == update.id, visible(principal, StatusComment))
    known = {words.words(words.source or "") for words in session.scalars(select(StatusComment.words).where(*own))}
    return known.issuperset(comments)


def find_status(session: Session, principal: Principal, *, consortium: Consortium, key: str) -> StatusUpdate:
    """Find a status by its key.

    :raises NotFound: if there is none that ``principal`` may see
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
    return update


def check_version(update: StatusUpdate, version: int) -> None:
    """Insist that a status is still as it was looked at.

    :raises Conflict: if it has changed since
    """
    if version != update.version:
        told = _("The status of {day} has changed since you opened it. Look at its present words, then decide.")
        raise Conflict(told.fill(day=update.day))


def _waiting(principal: Principal, consortium: Consortium) -> tuple[Any, ...]:
    submitted = StatusUpdate.workflow == "submitted"
    return StatusUpdate.consortium_id == consortium.id, submitted, visible(principal, StatusUpdate)


def _before(principal: Principal, update: StatusUpdate) -> Any:
    own = (StatusUpdate.sub_project_id == update.sub_project_id, StatusUpdate.workflow.not_in(UNTOLD))
    earlier = tuple_(StatusUpdate.day, StatusUpdate.id) < tuple_(update.day, update.id)
    latest = (StatusUpdate.day.desc(), StatusUpdate.id.desc())
    query = select(StatusUpdate.id).where(*own, earlier, visible(principal, StatusUpdate)).order_by(*latest).limit(1)
    return query.correlate(None).scalar_subquery()


def _leads(principal: Principal, sub_project: int, day: date) -> Any:
    held = (Capacity.start <= day, (Capacity.end.is_(None)) | (Capacity.end >= day))
    return (
        select(Person.id)
        .join(Capacity, Capacity.person_id == Person.id)
        .where(Capacity.sub_project_id == sub_project, Capacity.role == "project_manager", *held)
        .where(visible(principal, Person))
        .order_by(Capacity.start.desc(), Capacity.id)
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )

"""Adds milestones, and ticks them when they have been reached."""

from datetime import date

from sqlalchemy.orm import Session

from consortium import clock
from consortium.models import Milestone, SubProject
from consortium.services.codes import known_key, known_past
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text


def add_milestone(
    session: Session, principal: Principal, *, sub_project: SubProject, key: str, title: Written, due: date
) -> Milestone:
    """Add something that ``sub_project`` shall have reached by ``due``.

    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    """
    milestone = Milestone(
        consortium_id=sub_project.consortium_id,
        key=known_key(key),
        sub_project=sub_project,
        title=new_text(principal, title),
        due=due,
    )
    demand(session, principal, Verb.ADD, milestone)
    session.add(milestone)
    session.flush()
    return milestone


def reach_milestone(
    session: Session, principal: Principal, *, milestone: Milestone, day: date | None = None
) -> Milestone:
    """Tick ``milestone`` as reached on ``day``, today unless told otherwise.

    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises InvalidValue: if the day is to come
    """
    demand(session, principal, Verb.EDIT, milestone)
    reached = day or clock.today()
    known_past(reached, field="done")
    milestone.done = reached
    session.flush()
    return milestone


def reopen_milestone(session: Session, principal: Principal, *, milestone: Milestone) -> Milestone:
    """Take the tick away again: ``milestone`` has not been reached after all.

    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    """
    demand(session, principal, Verb.EDIT, milestone)
    milestone.done = None
    session.flush()
    return milestone

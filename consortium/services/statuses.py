"""Reports the status of sub-projects."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Person, StatusUpdate, SubProject
from consortium.services.codes import known_code, known_key, one_consortium
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text


def report_status(  # noqa: PLR0913  # what a status is
    session: Session,
    principal: Principal,
    *,
    sub_project: SubProject,
    state: str,
    summary: Written,
    achieved: Written | None = None,
    next_steps: Written | None = None,
    support_needs: Written | None = None,
    day: date | None = None,
    key: str | None = None,
    reported_by: Person | None = None,
    corrects: StatusUpdate | None = None,
) -> StatusUpdate:
    """Add a status update to ``sub_project``; earlier ones stay as they are. ``corrects`` names one that it replaces.

    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises InvalidValue: if there is already a status of that day, or the day is to come
    """
    day = day or clock.today()
    check_day(day)
    update = StatusUpdate(
        consortium_id=sub_project.consortium_id,
        key=known_key(key or status_key(sub_project, day)),
        sub_project=sub_project,
        day=day,
        state=known_code("state", state),
        summary=new_text(principal, summary),
        achieved=new_text(principal, achieved),
        next_steps=new_text(principal, next_steps),
        support_needs=new_text(principal, support_needs),
        reported_by=reported_by,
        corrects=corrects,
    )
    one_consortium(sub_project, reported_by, corrects)
    demand(session, principal, Verb.ADD, update)
    check_correction(update)
    taken = select(StatusUpdate.id).where(
        StatusUpdate.consortium_id == update.consortium_id, StatusUpdate.key == update.key
    )
    with session.no_autoflush:
        if session.scalar(taken):
            raise InvalidValue(
                _(
                    "“{title}” already has a status of {day}. Give the new one a key of its own, and say which one it corrects."
                ).fill(title=sub_project.key, day=day)
            )
    session.add(update)
    session.flush()
    return update


def status_key(sub_project: SubProject, day: date) -> str:
    """Make the key of a status that has none of its own."""
    return f"{sub_project.key}:{day}"


def check_day(day: date) -> None:
    """Insist that a status is not of a day to come.

    :raises InvalidValue: if it is
    """
    if day > clock.today():
        raise InvalidValue(_("{day} is still to come. Give the day on which the status was so.").fill(day=day))


def check_correction(update: StatusUpdate) -> None:
    """Insist that a correction corrects a status of the same sub-project, of the same day or earlier, and not itself.

    :raises InvalidValue: if it does not
    """
    corrected = update.corrects
    if corrected is None:
        return
    seen = [update]
    while seen[-1].corrects is not None and seen[-1].corrects not in seen:
        seen.append(seen[-1].corrects)
    is_ring = seen[-1].corrects is not None
    if is_ring or corrected.sub_project is not update.sub_project or corrected.day > update.day:
        told = _("This status cannot correct “{key}”, which is of another sub-project, of a later day, or corrects it.")
        raise InvalidValue(told.fill(key=corrected.key), "corrects")

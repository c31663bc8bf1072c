"""Takes a status from its draft to what staff have approved, or returns it with what is asked of it."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.message import Message, _
from consortium.models import StatusComment, StatusUpdate
from consortium.services.codes import known_code, known_made
from consortium.services.periods import check_period, periods_of
from consortium.services.policy import Principal, Verb, demand
from consortium.services.statuses import check_correction, check_summary
from consortium.services.texts import Written, new_text
from consortium.texts import Text

#: from where to where a status can go
STEPS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"returned", "approved"}),
    "returned": frozenset({"submitted"}),
    "approved": frozenset(),
}


def submit_status(session: Session, principal: Principal, *, update: StatusUpdate) -> StatusUpdate:
    """Submit a draft or a returned status; from now on it counts, and its source words are frozen.

    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises InvalidValue: if it has been submitted already, or has no summary
    :raises PeriodLocked: if its day lies in a locked period
    """
    demand(session, principal, Verb.ADD, update)
    _check_step(update, "submitted")
    check_summary(update)
    check_correction(update)
    check_period(update, periods_of(session, update.consortium_id))
    return _take_step(session, update, "submitted")


def return_status(
    session: Session, principal: Principal, *, update: StatusUpdate, comments: Mapping[str, Written]
) -> tuple[StatusComment, ...]:
    """Return a submitted status to its lead with what is asked of it; until it is submitted again it does not count.

    :param comments: what is asked at which field, at least one: ``{"achieved": {"nb": "Hvor mange kom?"}}``
    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if it has not been submitted, there is no comment, or no such field
    :raises PeriodLocked: if its day lies in a locked period, so that it could not be submitted again
    """
    demand(session, principal, Verb.APPROVE, update)
    _check_step(update, "returned")
    check_period(update, periods_of(session, update.consortium_id))
    asked = {known_code("status_field", field): new_text(principal, words) for field, words in comments.items()}
    if not asked or not all(asked.values()):
        raise InvalidValue(
            _("A status is returned with a comment. Write at one field at least what is asked."), "words"
        )
    _take_step(session, update, "returned")
    return tuple(_comment(session, principal, update, field, words) for field, words in asked.items())


def approve_status(session: Session, principal: Principal, *, update: StatusUpdate) -> StatusUpdate:
    """Approve a submitted status.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if it has not been submitted, or was approved before
    """
    demand(session, principal, Verb.APPROVE, update)
    _check_step(update, "approved")
    return _take_step(session, update, "approved")


def comment_key(update: StatusUpdate, field: str, day: date) -> str:
    """Make the key of a comment from what it is about."""
    return f"{update.key}:{field}:{day}"


_SUBMITTED_ALREADY = _("“{key}” has already been submitted. To change what it says, add a new status that corrects it.")
_NOT_SUBMITTED = _("“{key}” is not submitted at present. Wait until its lead submits it.")
_APPROVED = _("“{key}” has been approved and stays so. To change what it says, add a new status that corrects it.")


def _refusal(present: str, wanted: str) -> Message:
    if wanted == "submitted":
        return _SUBMITTED_ALREADY
    return _APPROVED if present == "approved" else _NOT_SUBMITTED


def _check_step(update: StatusUpdate, wanted: str) -> None:
    if wanted not in STEPS[update.workflow]:
        raise InvalidValue(_refusal(update.workflow, wanted).fill(key=update.key), "workflow")


def _take_step(session: Session, update: StatusUpdate, wanted: str) -> StatusUpdate:
    update.workflow = wanted
    session.flush()
    return update


def _comment(session: Session, principal: Principal, update: StatusUpdate, field: str, words: Text) -> StatusComment:
    day = clock.today()
    made = comment_key(update, field, day)
    known = set(session.scalars(select(StatusComment.key).where(StatusComment.status_update_id == update.id)))
    keys = (made, *(f"{made}:{number}" for number in range(2, len(known) + 3)))
    comment = StatusComment(
        consortium_id=update.consortium_id,
        key=known_made(next(key for key in keys if key not in known)),
        status_update=update,
        field=field,
        day=day,
        words=words,
    )
    demand(session, principal, Verb.ADD, comment)
    session.add(comment)
    session.flush()
    return comment

"""Reports the status of sub-projects, and writes drafts of it."""

from datetime import date

from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import ConsortiumError, FrozenWords, InvalidValue
from consortium.i18n.message import _
from consortium.models import Person, ReportingPeriod, StatusUpdate, SubProject
from consortium.services.codes import known_code, known_key, known_made, one_consortium
from consortium.services.parts import Part, load_parts
from consortium.services.periods import check_period
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text, translate_text, write_text
from consortium.texts import Text


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
    workflow: str = "submitted",
) -> StatusUpdate:
    """Add a status update to ``sub_project``; earlier ones stay as they are. ``corrects`` names one that it replaces.

    :param workflow: ``submitted``, or ``draft`` while it is still being written
    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises InvalidValue: if there is already a status of that day, or the day is to come
    :raises PeriodLocked: if the day lies in a locked period
    """
    day = day or clock.today()
    update = StatusUpdate(
        consortium_id=sub_project.consortium_id,
        key=known_key(key) if key else known_made(status_key(sub_project, day)),
        sub_project=sub_project,
        day=day,
        state=known_code("state", state),
        workflow=_first_step(workflow),
        summary=new_text(principal, summary),
        achieved=new_text(principal, achieved),
        next_steps=new_text(principal, next_steps),
        support_needs=new_text(principal, support_needs),
        reported_by=reported_by,
        corrects=corrects,
    )
    one_consortium(sub_project, reported_by, corrects)
    demand(session, principal, Verb.ADD, update)
    if update.is_frozen:
        check_summary(update)
    _check_new(session, update)
    session.add(update)
    session.flush()
    return update


def write_draft(  # noqa: PLR0913  # what a status is
    session: Session,
    principal: Principal,
    *,
    update: StatusUpdate,
    state: str | None = None,
    day: date | None = None,
    summary: Written | None = None,
    achieved: Written | None = None,
    next_steps: Written | None = None,
    support_needs: Written | None = None,
) -> StatusUpdate:
    """Rewrite a draft or a returned status; what is not given stays, and a text given without words is emptied.

    :param day: the day of which it speaks, which only a draft can change
    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises FrozenWords: if it has been submitted
    :raises InvalidValue: if there is already a status of that day, or the day is to come
    :raises PeriodLocked: if the day lies in a locked period
    """
    demand(session, principal, Verb.TRANSLATE, update)  # whoever may do that may be told why editing is refused
    if update.is_frozen:
        told = _("The status of {day} has been submitted and keeps its words. Ask the staff to return it.")
        raise FrozenWords(told.fill(day=update.day))
    demand(session, principal, Verb.EDIT, update)
    code = known_code("state", state) if state else update.state
    if day and day != update.day:
        _move(session, update, day)
    update.state = code
    texts = {"summary": summary, "achieved": achieved, "next_steps": next_steps, "support_needs": support_needs}
    for field, written in texts.items():
        if written is not None:
            _rewrite(session, principal, update, field, written)
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


def check_summary(update: StatusUpdate) -> None:
    """Insist that a status that is submitted says something.

    :raises InvalidValue: if its summary is empty
    """
    if not update.summary:
        told = _("The status of {day} has no summary. Write it first, then submit the status.")
        raise InvalidValue(told.fill(day=update.day), "summary")


def check_correction(update: StatusUpdate, *, is_kept: bool = False) -> None:
    """Insist that a correction corrects a status of the same sub-project, of the same day or earlier, and not itself.

    :param is_kept: tells that it was kept before, here or where it was exported: what it corrects may be returned by now
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
    if not corrected.is_frozen and not (is_kept and corrected.workflow == "returned"):
        told = _("“{key}” is not submitted at present. Change its own words instead of correcting it.")
        raise InvalidValue(told.fill(key=corrected.key), "corrects")


def _first_step(workflow: str) -> str:
    code = known_code("workflow", workflow)
    if code not in {"draft", "submitted"}:
        raise InvalidValue(_("A new status is a draft or submitted; staff decide the rest later."), "workflow")
    return code


def _check_new(session: Session, update: StatusUpdate) -> None:
    """Insist on a day that can be told of, and on a key that no other status has."""
    check_day(update.day)
    check_correction(update)
    home = update.consortium_id
    called = Part(StatusUpdate, (StatusUpdate.consortium_id == home, StatusUpdate.key == update.key))
    with session.no_autoflush:
        periods, taken = load_parts(session, [Part(ReportingPeriod, (ReportingPeriod.consortium_id == home,)), called])
    check_period(update, [period for (period,) in periods])
    if any(other is not update for (other,) in taken):
        told = _(
            "“{title}” already has a status of {day}. Give the new one a key of its own, and say which one it corrects."
        )
        raise InvalidValue(told.fill(title=update.sub_project.key, day=update.day))


def _move(session: Session, update: StatusUpdate, day: date) -> None:
    """Let a draft speak of another day; a key that was made of the day follows it."""
    if update.workflow != "draft":
        told = _("A returned status keeps its day, {day}. Submit it again, then add a new one of the other day.")
        raise InvalidValue(told.fill(day=update.day), "day")
    before = update.day, update.key
    is_made = update.key == status_key(update.sub_project, update.day)
    update.day, update.key = day, status_key(update.sub_project, day) if is_made else update.key
    try:
        _check_new(session, update)
    except ConsortiumError:
        update.day, update.key = before
        raise


def _rewrite(session: Session, principal: Principal, update: StatusUpdate, field: str, written: Written) -> None:
    if not written:
        setattr(update, field, Text())
        return
    (source, words), *others = written.items()
    write_text(session, principal, record=update, field=field, language=source, words=words)
    for tag, translation in others:
        translate_text(session, principal, record=update, field=field, language=tag, words=translation)

"""Plans reporting periods, locks and opens them, and keeps statuses out of those that are locked."""

from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue, NotFound, PeriodLocked
from consortium.facts.periods import MONTHS, divided, is_late
from consortium.i18n.message import _
from consortium.models import Consortium, ReportingPeriod, StatusUpdate
from consortium.services.codes import known_key, known_span
from consortium.services.policy import Principal, Verb, demand, visible

#: days after its end on which a period's report is due, unless told otherwise
DAYS_TO_REPORT = 30

#: more days than this are no time limit
MOST_DAYS = 366

#: a longer time than this is no project, but a slip of the pen
MOST_YEARS = 50


def plan_periods(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    months: int = 6,
    days_to_report: int = DAYS_TO_REPORT,
) -> tuple[ReportingPeriod, ...]:
    """Divide the time of ``consortium`` at the calendar, and add a period wherever there is none yet.

    :param months: how long a period is; the first and the last one are cut to the project
    :param days_to_report: days after its end on which the report of a period is due
    :return: the periods that were added; none where all were there
    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the consortium has no dates, or they cannot be divided so
    """
    demand(session, principal, Verb.EDIT, consortium)
    start, end = _time_of(consortium)
    _check_plan(months, days_to_report)
    known = session.scalars(select(ReportingPeriod).where(ReportingPeriod.consortium_id == consortium.id)).all()
    keys = {period.key for period in known}
    limit = timedelta(days=days_to_report)
    return tuple(
        add_period(session, principal, consortium=consortium, key=key, start=first, end=last, due=last + limit)
        for key, first, last in divided(start, end, months)
        if key not in keys and not any(each.start <= last and first <= each.end for each in known)
    )


def add_period(  # what a period is
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    start: date,
    end: date,
    due: date | None = None,
) -> ReportingPeriod:
    """Add a period from ``start`` to ``end``, whose report is due 30 days later unless told otherwise.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if its days contradict each other
    """
    period = ReportingPeriod(
        consortium_id=consortium.id,
        key=known_key(key),
        start=start,
        end=end,
        due=due or end + timedelta(days=DAYS_TO_REPORT),
    )
    check_dates(period)
    demand(session, principal, Verb.ADD, period)
    session.add(period)
    session.flush()
    return period


def lock_period(
    session: Session, principal: Principal, *, period: ReportingPeriod, day: date | None = None
) -> ReportingPeriod:
    """Lock ``period`` from ``day`` on, today unless told otherwise: from then on only addenda are taken.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the period has not ended by then
    """
    demand(session, principal, Verb.EDIT, period)
    day = day or clock.today()
    _check_lock(period, day)
    period.locked = day
    session.flush()
    return period


def open_period(session: Session, principal: Principal, *, period: ReportingPeriod) -> ReportingPeriod:
    """Open ``period`` again: statuses of its days are taken as before.

    :raises NotPermitted: if ``principal`` is not staff
    """
    demand(session, principal, Verb.EDIT, period)
    period.locked = None
    session.flush()
    return period


def move_due(session: Session, principal: Principal, *, period: ReportingPeriod, due: date) -> ReportingPeriod:
    """Let the report of ``period`` be due on another day.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the period is locked, or would be due before it ends
    """
    demand(session, principal, Verb.EDIT, period)
    if period.locked is not None:
        told = _(
            "The period “{key}” has been locked since {locked}. Open it again, then change when its report is due."
        )
        raise InvalidValue(told.fill(key=period.key, locked=period.locked), "due")
    before, period.due = period.due, due
    try:
        check_dates(period)
    except InvalidValue:
        period.due = before
        raise
    session.flush()
    return period


def check_dates(period: ReportingPeriod) -> None:
    """Insist that a period ends after it starts, and is due and locked after it ends.

    :raises InvalidValue: if not
    """
    known_span(period.start, period.end)
    if period.due < period.end:
        told = _("The report for “{key}” would be due on {due}, before the period ends on {end}. Give a later day.")
        raise InvalidValue(told.fill(key=period.key, due=period.due, end=period.end), "due")
    if period.locked is not None:
        _check_lock(period, period.locked)


def check_period(update: StatusUpdate, periods: Iterable[ReportingPeriod]) -> None:
    """Insist that a status that is reported today is of no day in a locked period.

    A late correction bears the day on which it is reported, so that what a locked period says never changes; it is an
    addendum. A period that is not kept yet, because it comes with the status in one file, locks nothing out.

    :param periods: those of the consortium; no database is asked
    :raises PeriodLocked: if it is; names the period and the day of its lock
    """
    for period in periods:
        closes = inspect(period).has_identity and period.is_locked(clock.today())
        if closes and period.start <= update.day <= period.end:
            told = _LATE_CORRECTION if update.corrects is not None else _LOCKED
            raise PeriodLocked(told.fill(key=period.key, locked=period.locked))


_LOCKED = _(
    "The period “{key}” has been locked since {locked}. Correct an earlier status with a new one of today, or ask the staff to open it."
)
_LATE_CORRECTION = _(
    "The period “{key}” has been locked since {locked}. Give the correction the day on which you report it: it is an addendum."
)


def is_addendum(update: StatusUpdate, periods: Iterable[ReportingPeriod]) -> bool:
    """Tell whether a status is a late correction: it replaces one of a period that was locked when it was reported.

    Days alone tell it, and so every export does: a status within a locked period is refused, so that a correction which
    came after the lock bears a day from the lock on, and one that came in time bears an earlier day.
    """
    seen, corrected = [update], update.corrects
    while corrected is not None and corrected not in seen:
        seen.append(corrected)
        corrected = corrected.corrects
    return any(
        is_late(update.day, each.day, start=period.start, end=period.end, locked=period.locked)
        for period in periods
        for each in seen[1:]
    )


def find_period(session: Session, principal: Principal, *, consortium: Consortium, key: str) -> ReportingPeriod:
    """Find a reporting period by its key.

    :raises NotFound: if there is none
    """
    own = (ReportingPeriod.consortium_id == consortium.id, visible(principal, ReportingPeriod))
    known = {each.key: each for each in session.scalars(select(ReportingPeriod).where(*own))}
    if key not in known:
        told = _("There is no reporting period “{key}”. There are: {known}.")
        raise NotFound(told.fill(key=key, known=tuple(sorted(known)) or "–"))
    return known[key]


def periods_of(session: Session, consortium_id: int) -> list[ReportingPeriod]:
    """List the periods of a consortium from the first to the last."""
    query = select(ReportingPeriod).where(ReportingPeriod.consortium_id == consortium_id)
    return list(session.scalars(query.order_by(ReportingPeriod.start, ReportingPeriod.id)))


def _time_of(consortium: Consortium) -> tuple[date, date]:
    start, end = consortium.start, consortium.end
    if start is None or end is None:
        told = _("“{key}” has no start date or no end date. Give it both, then plan its periods.")
        raise InvalidValue(told.fill(key=consortium.key), "end" if start else "start")
    if end.year > min(start.year + MOST_YEARS, MAXYEAR - 1):
        told = _("“{key}” would last from {start} to {end}. Correct its dates, then plan its periods.")
        raise InvalidValue(told.fill(key=consortium.key, start=start, end=end), "end")
    return start, end


def _check_lock(period: ReportingPeriod, day: date) -> None:
    if day <= period.end:
        told = _("The period “{key}” lasts until {end}. Lock it on a later day.")
        raise InvalidValue(told.fill(key=period.key, end=period.end), "locked")


def _check_plan(months: int, days_to_report: int) -> None:
    if months < 1 or MONTHS % months:
        told = _("A year cannot be divided into periods of {months} months. Choose 1, 2, 3, 4, 6 or 12.")
        raise InvalidValue(told.fill(months=months), "months")
    if not 0 <= days_to_report <= MOST_DAYS:
        told = _("A report cannot be due {days} days after its period. Choose 0 to {most}.")
        raise InvalidValue(told.fill(days=days_to_report, most=MOST_DAYS), "days_to_report")

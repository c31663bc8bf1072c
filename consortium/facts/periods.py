"""The rules of reporting periods, on plain dates: how time is divided, who owes a report, and what counts as one."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

#: a year has as many
MONTHS = 12


def divided(start: date, end: date, months: int) -> Iterator[tuple[str, date, date]]:
    """Divide a time at the calendar: the key, first and last day of each part, the outer ones cut to the time.

    :param months: how long a part is; a year must be a whole number of them
    """
    first = date(start.year, start.month - (start.month - 1) % months, 1)
    while first <= end:
        number = (first.month - 1) // months + 1
        years, month = divmod(first.month - 1 + months, MONTHS)
        following = date(first.year + years, month + 1, 1)
        yield f"{first.year}-{number}", max(first, start), min(following - timedelta(days=1), end)
        first = following


def owes(
    start: date, end: date, *, begun: date | None = None, ended: date | None = None, closed: date | None = None
) -> bool:
    """Tell whether a sub-project owes a report for the period from ``start`` to ``end``.

    :param begun: its first day, where that is known
    :param ended: its last day, where that is known
    :param closed: the day of its latest status, where that says completed or cancelled: nothing is owed afterwards
    """
    has_begun = begun is None or begun < end
    has_ended = ended is not None and ended < start
    was_closed = closed is not None and closed < start
    return has_begun and not has_ended and not was_closed


def is_met(start: date, due: date, locked: date | None, days: Iterable[date]) -> bool:
    """Tell whether a period was reported on: from its first day until it was due, or until its lock if that is later.

    :param days: of the submitted and approved statuses that correct no other; what was corrected later counts too
    """
    last = max(due, locked or due)
    return any(start <= day <= last for day in days)


def is_late(day: date, corrected: date, *, start: date, end: date, locked: date | None) -> bool:
    """Tell whether a correction of ``day`` came after the lock of the period in which the status it corrects lies."""
    return locked is not None and start <= corrected <= end and locked <= day

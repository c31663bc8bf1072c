"""The one clock: nothing else in the house reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Norway and Sweden share one civil time; "today" is a day there, wherever the server stands
CIVIL = ZoneInfo("Europe/Oslo")

_stopped: ContextVar[datetime | None] = ContextVar("stopped clock", default=None)


def now() -> datetime:
    """Tell the present moment in UTC, to the second."""
    return (_stopped.get() or datetime.now(UTC)).replace(microsecond=0)


def today() -> date:
    """Tell the present day in Norway and Sweden."""
    return now().astimezone(CIVIL).date()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at ``moment`` (with a time zone) inside the block."""
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)

"""How a sub-project and a milestone stand, and where a sub-project is heading."""

from enum import StrEnum


class State(StrEnum):
    """How a sub-project stands; the words are in the term base."""

    PLANNED = "planned"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    DELAYED = "delayed"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Trend(StrEnum):
    """Where a sub-project is heading, compared with what the report compares with."""

    BETTER = "better"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    NEW = "new"
    CHANGED = "changed"


#: the states that can be called better or worse than each other, best first
RANKED = (State.COMPLETED, State.ON_TRACK, State.AT_RISK, State.DELAYED)


def trend(previous: State | None, current: State) -> Trend:
    """Compare two states; a change from or to an unranked one is just a change."""
    if previous is None:
        return Trend.NEW
    if previous == current:
        return Trend.UNCHANGED
    if previous not in RANKED or current not in RANKED:
        return Trend.CHANGED
    return Trend.BETTER if RANKED.index(current) < RANKED.index(previous) else Trend.WORSE


class MilestoneState(StrEnum):
    """How a milestone stands on a day; one that was open when its sub-project ended is dropped, which is computed."""

    ACHIEVED = "achieved"
    OVERDUE = "overdue"
    DUE = "due"
    DROPPED = "dropped"


class ChangeKind(StrEnum):
    """What kind of news there is of a sub-project."""

    NEW = "new"
    CHANGED = "changed"
    ACHIEVED = "achieved"
    OVERDUE = "overdue"
    CLOSED = "closed"


#: the states in which nothing more is expected
ENDED = frozenset({State.COMPLETED, State.CANCELLED})

"""Which reports are owed, told by the database: the rules of :mod:`consortium.facts.periods` for many sub-projects at once."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from consortium.facts.states import ENDED
from consortium.models import ReportingPeriod, StatusUpdate, SubProject
from consortium.services.facts.updates import UNTOLD, latest


@lru_cache(maxsize=16)
def due_day(day: date) -> Any:
    """Tell for a sub-project when the first report that it still owes on ``day`` was due, or is; of periods that have begun."""
    state, reported = (latest(day, 1, column).scalar_subquery() for column in ("state", "day"))
    return due_by(day, state, reported).correlate(SubProject).scalar_subquery()


def due_by(day: date, state: Any, reported: Any) -> Select[Any]:
    """Choose that day where ``state`` and ``reported`` tell of the latest status on ``day``."""
    period = aliased(ReportingPeriod)
    is_owed = and_(
        or_(SubProject.start.is_(None), SubProject.start < period.end),
        or_(SubProject.end.is_(None), SubProject.end >= period.start),
    )
    last = case((period.locked > period.due, period.locked), else_=period.due)
    update = aliased(StatusUpdate)
    is_met = (
        exists()
        .where(update.sub_project_id == SubProject.id, update.day.between(period.start, last), update.day <= day)
        .where(update.corrects_id.is_(None), update.workflow.not_in(UNTOLD))
        .correlate(SubProject, period)
    )
    was_closed = func.coalesce(and_(reported < period.start, state.in_(ENDED)), False)
    return select(func.min(period.due)).where(
        period.consortium_id == SubProject.consortium_id, period.start <= day, is_owed, ~is_met, ~was_closed
    )

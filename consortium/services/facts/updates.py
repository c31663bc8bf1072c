"""Which status updates count: those that were submitted and that no later one corrects.

A correction counts in the place of what it corrects: it never overtakes a status of a later day, whenever it was written.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from consortium.facts import Since
from consortium.models import Person, StatusUpdate, SubProject
from consortium.models.dialect import same_by_index
from consortium.services.facts.order import Query
from consortium.services.policy import Principal, visible

#: what is written but not told
UNTOLD = ("draft", "returned")


def latest_updates(principal: Principal, day: date, since: Since | None) -> Query:
    """Choose the latest update of each sub-project on ``day``, and the one before it, or the latest there was then.

    Which of them is the later one tells ``counted``: the day as of which each counts.
    """
    corrected = aliased(StatusUpdate)
    columns = (StatusUpdate.sub_project_id, StatusUpdate.key, StatusUpdate.day, StatusUpdate.state)
    texts = (StatusUpdate.summary, StatusUpdate.achieved, StatusUpdate.next_steps, StatusUpdate.support_needs)
    before = latest(day, 2) if since is None or since.day >= day else latest(since.day, 1)
    chosen = or_(StatusUpdate.id.in_(latest(day, 1)), StatusUpdate.id.in_(before))
    return (
        select(*columns, *texts, Person.name.label("reporter"), corrected.key.label("corrected"))
        .add_columns(counted_day(StatusUpdate).label("counted"))
        .select_from(SubProject)
        .join(StatusUpdate, and_(StatusUpdate.sub_project_id == SubProject.id, chosen))
        .outerjoin(Person, and_(Person.id == StatusUpdate.reported_by_id, visible(principal, Person)))
        .outerjoin(corrected, corrected.id == StatusUpdate.corrects_id)
        .where(visible(principal, StatusUpdate))
    )


@lru_cache(maxsize=64)  # it is asked for several times in one query, and to write it down takes longer than to send it
def latest(day: date, count: int, column: str = "id") -> Query:
    """Choose the numbers, or another column, of the latest ``count`` updates of a sub-project on ``day``."""
    candidate, correction = aliased(StatusUpdate), aliased(StatusUpdate)
    is_corrected = exists().where(
        same_by_index(correction.sub_project_id, candidate.sub_project_id),
        correction.corrects_id == candidate.id,
        correction.day <= day,
        correction.workflow.not_in(UNTOLD),
    )
    return (
        select(getattr(candidate, column))
        .where(candidate.sub_project_id == SubProject.id, candidate.day <= day, candidate.workflow.not_in(UNTOLD))
        .where(~is_corrected, or_(candidate.corrects_id.is_(None), _newer(candidate, day) < count))
        .order_by(candidate.day.desc(), candidate.id.desc())
        .limit(count)
        .correlate(SubProject)
    )


def _newer(correction: Any, day: date) -> ScalarSelect[int]:
    """Count the reports of later days than the one as of which a correction counts."""
    report = aliased(StatusUpdate)
    told = report.workflow.not_in(UNTOLD) & report.corrects_id.is_(None) & (report.day <= day)
    later = report.sub_project_id == correction.sub_project_id, report.day > counted_day(correction)
    return select(func.count(report.id)).where(told, *later).correlate(correction).scalar_subquery()


def counted_day(update: Any) -> ColumnElement[date]:
    """Tell as of which day ``update`` counts: its own, or that of what a correction has corrected in the end."""
    earlier = aliased(StatusUpdate)
    own = select(update.corrects_id.label("corrects_id"), update.day.label("day")).correlate(update)
    chain = own.cte("chain", recursive=True, nesting=True)
    chain = chain.union(select(earlier.corrects_id, earlier.day).join(chain, earlier.id == chain.c.corrects_id))
    first = select(func.min(chain.c.day)).scalar_subquery()
    return case((update.corrects_id.is_(None), update.day), else_=first)


def days_reported(day: date) -> ScalarSelect[Any]:
    """List the days of a sub-project's reports, with commas between them; a correction is no report of its own."""
    update: Any = aliased(StatusUpdate)
    told: ColumnElement[bool] = update.workflow.not_in(UNTOLD) & update.corrects_id.is_(None)
    days = select(func.aggregate_strings(cast(update.day, String), ","))
    return days.where(update.sub_project_id == SubProject.id, update.day <= day, told).scalar_subquery()

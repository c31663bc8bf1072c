"""The statuses of a sub-project in time, those that are not told yet included for whoever may see them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from consortium.models import Consortium, Person, StatusUpdate, SubProject
from consortium.models.prepared import Prepared
from consortium.services.policy import Principal, Verb, may, visible

#: so many statuses are told, the latest ones
MOST = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """A status of a sub-project, as its history tells it.

    :ivar reporter: who reported it, where the reader may know
    :ivar corrects: the day of the status that it corrects
    """

    key: str
    day: date
    state: str
    workflow: str
    reporter: str
    corrects: date | None


def statuses_in_time(
    session: Session, principal: Principal, *, consortium: Consortium, sub_project: str
) -> list[Moment]:
    """List the statuses of the sub-project called ``sub_project`` that ``principal`` may see, the latest first."""
    asked = _question(session.get_bind().dialect, principal.unnamed, consortium.id)
    return [
        Moment(row.key, row.day, row.state, row.workflow, row.reporter or "", row.corrects)
        for row in asked.ask(session, sub_project=sub_project)
    ]


@lru_cache(maxsize=128)
def _question(dialect: Dialect, principal: Principal, home: int) -> Prepared:
    corrected = aliased(StatusUpdate)
    query: Select[Any] = (
        select(StatusUpdate.key, StatusUpdate.day, StatusUpdate.state, StatusUpdate.workflow)
        .add_columns(Person.name.label("reporter"), corrected.day.label("corrects"))
        .join(SubProject, SubProject.id == StatusUpdate.sub_project_id)
        .outerjoin(Person, and_(Person.id == StatusUpdate.reported_by_id, visible(principal, Person)))
        .outerjoin(corrected, corrected.id == StatusUpdate.corrects_id)
        .where(SubProject.consortium_id == home, SubProject.key == bindparam("sub_project", ""))
        .where(visible(principal, SubProject), visible(principal, StatusUpdate))
        .order_by(StatusUpdate.day.desc(), StatusUpdate.id.desc())
        .limit(MOST)
    )
    return Prepared(query, dialect)


def may_report(principal: Principal, sub_project: SubProject) -> bool:
    """Tell whether ``principal`` may report how ``sub_project`` stands."""
    update = StatusUpdate(consortium_id=sub_project.consortium_id, sub_project=sub_project)
    return may(principal, Verb.ADD, update)


def may_report_on(principal: Principal, number: int, *, consortium: int) -> bool:
    """Tell whether ``principal`` may report how the sub-project with a number stands, which is of ``consortium``."""
    return _may_report_on(principal.unnamed, number, consortium)


@lru_cache(maxsize=4096)  # a list asks it of each line, and who somebody is tells all that it depends on
def _may_report_on(principal: Principal, number: int, consortium: int) -> bool:
    return may_report(principal, SubProject(id=number, consortium_id=consortium))

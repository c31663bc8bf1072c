"""How sub-projects stand: what is told of each in a list of them, in one question that is written once a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Session, aliased

from consortium.facts import State, Trend, trend
from consortium.models import Consortium, Participation, StatusUpdate, SubProject
from consortium.models.dialect import once
from consortium.models.prepared import Prepared
from consortium.services.facts.updates import latest
from consortium.services.owing import due_by
from consortium.services.policy import Principal, visible
from consortium.services.wanting import count_wanting
from consortium.texts import Text


@dataclass(frozen=True, slots=True)
class Share:
    """A partner, as the overview names it."""

    number: int
    key: str
    name: Text
    country: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sub-project stands.

    :ivar partners: the first one leads it
    :ivar state: of the latest status that was submitted; ``previous`` of the one before
    :ivar reported: the day of the latest status
    :ivar workflow: the step in which the newest status is, also where it has not been submitted
    :ivar wanting: how many texts are missing or outdated in the languages of the consortium
    :ivar due: the day on which the first report that is still owed was due, or is
    """

    number: int
    key: str
    title: Text
    partners: tuple[Share, ...]
    state: State | None
    previous: State | None
    reported: date | None
    workflow: str
    wanting: int
    due: date | None

    @property
    def trend(self) -> Trend | None:
        """Where it is heading; ``None`` while nothing has been reported."""
        return trend(self.previous, self.state) if self.state else None

    def age(self, day: date) -> int | None:
        """Tell how many days old the latest status is on ``day``."""
        return (day - self.reported).days if self.reported else None

    def is_overdue(self, day: date) -> bool:
        """Tell whether a report is overdue on ``day``."""
        return self.due is not None and self.due < day


def standings(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    day: date,
    numbers: Sequence[int],
    partners: Mapping[int, Share],
) -> dict[int, Standing]:
    """Tell how those of the sub-projects with ``numbers`` stand that ``principal`` may see.

    :param partners: those of the consortium, by number
    """
    if not numbers:
        return {}
    scope, places = principal.unnamed, widened(numbers)
    prepared = _prepared(session.get_bind().dialect, scope, consortium.id, consortium.tags, day, len(places))
    found = prepared.ask(session, **{f"number_{place}": number for place, number in enumerate(places)})
    return {row.number: _standing(row, partners) for row in found}


def widened(numbers: Sequence[int]) -> list[int]:
    """Repeat the last number until there are as many as one of few statements has places for."""
    missing = (1 << (len(numbers) - 1).bit_length()) - len(numbers)
    return [*numbers, *[numbers[-1]] * missing]


def newest(principal: Principal, column: str) -> Any:
    """Choose a column of the newest status that may be seen, whether it was submitted or not."""
    query = select(getattr(StatusUpdate, column)).where(
        StatusUpdate.sub_project_id == SubProject.id, visible(principal, StatusUpdate)
    )
    return (
        query.order_by(StatusUpdate.day.desc(), StatusUpdate.id.desc()).limit(1).correlate(SubProject).scalar_subquery()
    )


@lru_cache(maxsize=128)
def _prepared(dialect: Dialect, scope: Principal, home: int, tags: tuple[str, ...], day: date, places: int) -> Prepared:
    """Write the question for so many places."""
    now, last = aliased(StatusUpdate, name="now"), aliased(StatusUpdate, name="last")
    before = select(StatusUpdate.state).where(
        StatusUpdate.sub_project_id == SubProject.id,  # by which the index finds them
        StatusUpdate.id.in_(latest(day, 2)),
        StatusUpdate.id != now.id,
    )
    numbers: list[Any] = [bindparam(f"number_{place}", 0) for place in range(places)]
    seen = (SubProject.id.in_(numbers), SubProject.consortium_id == home, visible(scope, SubProject))
    newest_ones = (latest(day, 1).scalar_subquery().label("now"), newest(scope, "id").label("last"))
    # else PostgreSQL reads all statuses there are to find these few, where it takes the question for them for a dear one
    found = once(select(SubProject.id, *newest_ones).where(*seen), "found")
    query: Select[Any] = (
        select(SubProject.id.label("number"), SubProject.key, SubProject.title)
        .add_columns(now.state, now.day.label("reported"), last.workflow)
        .add_columns(
            before.limit(1).correlate(SubProject, now).scalar_subquery().label("previous"),
            count_wanting(tags, last).label("wanting"),
            due_by(day, now.state, now.day).correlate(SubProject, now).scalar_subquery().label("due"),
        )
        .add_columns(_shares().label("shares"))
        .select_from(SubProject)
        .join(found, found.c.id == SubProject.id)
        .outerjoin(now, now.id == found.c.now)
        .outerjoin(last, last.id == found.c.last)
    )
    return Prepared(query, dialect)


def _shares() -> Any:
    """List the places and numbers of a sub-project's partners, in no order, with commas between them."""
    place, number = cast(Participation.place, String), cast(Participation.partner_id, String)
    shares = select(func.aggregate_strings(place + ":" + number, ","))
    return shares.where(Participation.sub_project_id == SubProject.id).correlate(SubProject).scalar_subquery()


def _standing(row: Any, partners: Mapping[int, Share]) -> Standing:
    shares = sorted(tuple(map(int, each.split(":"))) for each in (row.shares or "").split(",") if each)
    return Standing(
        number=row.number,
        key=row.key,
        title=row.title,
        partners=tuple(partners[number] for _place, number in shares),
        state=State(row.state) if row.state else None,
        previous=State(row.previous) if row.previous else None,
        reported=row.reported,
        workflow=row.workflow or "",
        wanting=row.wanting,
        due=row.due,
    )

"""The overview of all sub-projects, a page at a time: who leads them, how they stand, what is owed; in three queries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, func, select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.facts import State, Trend, trend
from consortium.i18n.message import _
from consortium.models import Consortium, Organisation, Participation, Partner, StatusUpdate, SubProject, TextIndex
from consortium.models.dialect import bytewise
from consortium.services.facts.updates import latest
from consortium.services.naming import sorting_language
from consortium.services.owing import due_day
from consortium.services.paging import SIZE, Order, Page, known_size
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.ranks import NEAR, is_name, near_partners
from consortium.services.remembered import MEMORY
from consortium.services.searching.lines import words_in
from consortium.services.wanting import count_wanting
from consortium.services.workflow import STEPS
from consortium.texts import Text

#: stands for the state of those that have not reported
NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class Share:
    """A partner, as the overview names it."""

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


@dataclass(frozen=True, slots=True)
class Filter:
    """What the overview is limited to; what is empty does not limit it.

    :ivar state: the code of a state, or ``not_reported``
    :ivar partner: the key of a partner that takes part
    :ivar country: the code of a country of which a partner takes part
    :ivar workflow: the step in which the newest status is: ``submitted`` for what is to be approved
    :ivar words: words that begin in the title, the purpose or the key
    """

    state: str = ""
    partner: str = ""
    country: str = ""
    workflow: str = ""
    is_overdue: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of the overview.

    :ivar states: how many there are in each state, ``not_reported`` included, whichever of them is chosen
    :ivar partners: those of the consortium, by country and name, to choose from
    """

    page: Page[Standing]
    states: Mapping[str, int]
    partners: tuple[Share, ...]


def overview(  # noqa: PLR0913  # of whom, of when, which of them, which page
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    day: date,
    language: str,
    only: Filter | None = None,
    by: Literal["partner", "age"] = "partner",
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Overview:
    """List the sub-projects that ``principal`` may see, as they stood on ``day``.

    :param language: the reader's, in whose order partners are sorted
    :param only: what to limit it to
    :param by: under their leading partners, or the one that was reported on longest ago first
    :raises NotPermitted: if the consortium itself is not for the principal's eyes
    :raises InvalidValue: if a filter has no such choice, or ``after`` or ``before`` is no place in this list
    """
    demand(session, principal, Verb.SEE, consortium)
    only = _known(only or Filter())
    order = _order(day, by, tag := sorting_language(consortium, language))
    own = [SubProject.consortium_id == consortium.id, visible(principal, SubProject)]
    own += _limits(principal, only, day)
    state = func.coalesce(latest(day, 1, "state").scalar_subquery(), NOT_REPORTED)
    chosen = [*own, state == only.state] if only.state else own
    lean = _sorted(select(SubProject.id.label("number"), *order.places), by, consortium, tag).where(*chosen)
    lean = order.limit(lean, after=after, before=before, size=size)
    ask = partial(_whole, principal, consortium, day, order=order, is_back=bool(before))
    near: tuple[int, ...] = ()
    if by != "age" and replace(only, state="") == Filter():  # other filters leave so few that all are looked for
        beside = order.values(before or after)[:3]
        near = near_partners(session, consortium, tag, place=beside, is_back=bool(before))
    told = _told(session, ask(lean.where(Participation.partner_id.in_(near)))) if near else []
    if not near or (len(near) == NEAR and len(told) <= known_size(size)):  # unknown, or there may be more beyond them
        told = _told(session, ask(lean))
    page = order.page([first for first, *_others in told], after=after, before=before, size=size)
    by_number = {each[0].number: each for each in told}
    scope = (principal.role, principal.consortium, principal.leads, principal.partners, consortium.id)
    counted = ("states", *scope, day, replace(only, state=""))
    states = MEMORY.recall(session, counted, lambda: _states(session, own, state))
    count = states.get(only.state, 0) if only.state else sum(states.values())
    shown = page.turned(lambda found: [_standing(by_number[row.number]) for row in found])
    return Overview(
        Page(shown.records, shown.next, shown.previous, count),
        states,
        MEMORY.recall(
            session,
            ("partners", *scope, tag),
            lambda: tuple(_partners(session, principal, consortium, tag)),
            of=(Partner, Organisation, Consortium),
        ),
    )


def _told(session: Session, query: Select[Any]) -> list[list[Row[Any]]]:
    """Read the rows of each sub-project."""
    return [list(each) for _number, each in groupby(session.execute(query).all(), key=lambda row: row.number)]


def _known(only: Filter) -> Filter:
    """Insist that each filter that is a code is one of ours; a partner or country may be of no sub-project."""
    for field, value, known in (
        ("state", only.state, (*State, NOT_REPORTED)),
        ("workflow", only.workflow, tuple(STEPS)),
    ):
        if value and value not in known:
            told = _("“{value}” is none of the choices here. Choose one of: {known}.")
            raise InvalidValue(told.fill(value=value[:80], known=tuple(map(str, known))), field)
    return only


def _order(day: date, by: str, tag: str) -> Order:
    if by == "age":
        reported = func.coalesce(latest(day, 1, "day").scalar_subquery(), date.min)
        return Order("age", (reported, SubProject.id))
    country = bytewise(Organisation.country)
    return Order(f"partner-{tag}", (country, TextIndex.sort_key, Partner.id, SubProject.key_order, SubProject.id))


def _sorted(query: Select[Any], by: str, consortium: Consortium, tag: str) -> Select[Any]:
    """Put the leading partner beside each sub-project where the order is by it."""
    if by == "age":
        return query
    leads = and_(Participation.sub_project_id == SubProject.id, Participation.place == 0)
    of_partner = query.join(Participation, leads).join(Participation.partner).join(Partner.organisation)
    return of_partner.join(TextIndex, is_name(consortium, tag))


def _limits(principal: Principal, only: Filter, day: date) -> Iterator[ColumnElement[bool]]:
    """Limit sub-projects by all filters but the state, which is counted."""
    shared = select(Participation.sub_project_id).join(Participation.partner)
    if only.partner:
        yield SubProject.id.in_(shared.where(Partner.key == only.partner, visible(principal, Partner)))
    if only.country:
        yield SubProject.id.in_(shared.join(Partner.organisation).where(Organisation.country == only.country))
    if only.workflow:
        yield _newest(principal, "workflow") == only.workflow
    if only.is_overdue:
        yield due_day(day) < day
    if only.words.strip():
        yield words_in(principal, SubProject, SubProject.id, only.words)


def _newest(principal: Principal, column: str) -> Any:
    """Choose a column of the newest status that may be seen, whether it was submitted or not."""
    query = select(getattr(StatusUpdate, column)).where(
        StatusUpdate.sub_project_id == SubProject.id, visible(principal, StatusUpdate)
    )
    newest = query.order_by(StatusUpdate.day.desc(), StatusUpdate.id.desc()).limit(1)
    return newest.correlate(SubProject).scalar_subquery()


def _whole(  # of whom, of when, of which rows
    principal: Principal, consortium: Consortium, day: date, lean: Select[Any], *, order: Order, is_back: bool
) -> Select[Any]:
    """Choose all that is told of the sub-projects of a page, a row for each partner."""
    page = lean.subquery("page")
    places = [page.c[place.name] for place in order.places]
    before = select(StatusUpdate.state).where(
        StatusUpdate.sub_project_id == SubProject.id,  # by which the index finds them
        StatusUpdate.id.in_(latest(day, 2)),
        StatusUpdate.id != latest(day, 1).scalar_subquery(),
    )
    is_falling = order.is_falling != is_back
    return (
        select(page, SubProject.key, SubProject.title)
        .add_columns(
            latest(day, 1, "state").scalar_subquery().label("state"),
            latest(day, 1, "day").scalar_subquery().label("reported"),
            before.limit(1).correlate(SubProject).scalar_subquery().label("previous"),
            _newest(principal, "workflow").label("workflow"),
            count_wanting(consortium, _newest(principal, "id")).label("wanting"),
            due_day(day).label("due"),
        )
        .add_columns(Partner.key.label("partner"), Organisation.name, Organisation.country)
        .join(SubProject, SubProject.id == page.c.number)
        .join(Participation, Participation.sub_project_id == SubProject.id)
        .join(Participation.partner)
        .join(Partner.organisation)
        .order_by(*(place.desc() if is_falling else place for place in places), Participation.place)
    )


def _standing(rows: Sequence[Row[Any]]) -> Standing:
    first = rows[0]
    return Standing(
        number=first.number,
        key=first.key,
        title=first.title,
        partners=tuple(Share(row.partner, row.name, row.country) for row in rows),
        state=State(first.state) if first.state else None,
        previous=State(first.previous) if first.previous else None,
        reported=first.reported,
        workflow=first.workflow or "",
        wanting=first.wanting,
        due=first.due,
    )


def _states(session: Session, own: Sequence[ColumnElement[bool]], state: ColumnElement[str]) -> Mapping[str, int]:
    each = select(state.label("state")).select_from(SubProject).where(*own).subquery()
    found = session.execute(select(each.c.state, func.count()).group_by(each.c.state)).all()
    counted = {str(code): int(count) for code, count in found}
    return {code: counted[code] for code in (*State, NOT_REPORTED) if code in counted}


def _partners(session: Session, principal: Principal, consortium: Consortium, tag: str) -> Iterator[Share]:
    query = (
        select(Partner.key, Organisation.name, Organisation.country)
        .join(Partner.organisation)
        .join(TextIndex, is_name(consortium, tag))
        .where(Partner.consortium_id == consortium.id, visible(principal, Partner))
        .order_by(bytewise(Organisation.country), TextIndex.sort_key, Partner.id)
    )
    return (Share(row.key, row.name, row.country) for row in session.execute(query))

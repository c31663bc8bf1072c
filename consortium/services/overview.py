"""The overview of all sub-projects, a page at a time: who leads them, how they stand, what is owed; in three queries."""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, Literal

from sqlalchemy import ColumnElement, Dialect, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.facts import State
from consortium.i18n.message import _
from consortium.models import Consortium, Organisation, Participation, Partner, SubProject, TextIndex
from consortium.models.dialect import bytewise, is_among, once
from consortium.models.prepared import Prepared
from consortium.services.facts.updates import latest
from consortium.services.naming import sorting_language
from consortium.services.owing import due_day
from consortium.services.paging import SIZE, Order, Page, known_size
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.ranks import is_name, near_partners
from consortium.services.remembered import MEMORY, Memory
from consortium.services.searching.lines import words_in
from consortium.services.standings import Share, Standing, newest, standings
from consortium.services.tallies import NOT_REPORTED, count_states, state_on
from consortium.services.workflow import STEPS

#: the sub-projects with the words that were sought last; of a hundred thousand they take 400 kB
_CHOSEN = Memory(most=8)


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
    only, tag = _known(only or Filter()), sorting_language(consortium, language)
    asked = _Asked(principal.unnamed, consortium.id, day, tag, by, only)
    chosen = _chosen(session, asked.counted) if only.words.strip() else None
    states = _states(session, asked.counted, chosen)
    count = states.get(only.state, 0) if only.state else sum(states.values())
    shares: Mapping[int, Share] = MEMORY.recall(
        session,
        ("partners", consortium.id, tag),  # which are told to everybody who may see the consortium
        lambda: {each.number: each for each in _partners(session, asked)},
        of=(Partner, Organisation, Consortium),
    )
    beside = {} if chosen is None else {"chosen": json.dumps(chosen.tolist())}
    page = _page(
        session, consortium, asked, after=after, before=before, size=known_size(size), count=count, beside=beside
    )
    numbers = [row.number for row in page.records]
    told = standings(session, principal, consortium=consortium, day=day, numbers=numbers, partners=shares)
    shown = page.turned(lambda rows: [told[row.number] for row in rows])
    return Overview(Page(shown.records, shown.next, shown.previous, count), states, tuple(shares.values()))


@dataclass(frozen=True)
class _Asked:
    """What is asked for, without the page of it: equal for all who may see the same."""

    scope: Principal
    home: int
    day: date
    tag: str
    by: str
    only: Filter

    @property
    def counted(self) -> "_Asked":
        """What is counted, by state and in no order."""
        return replace(self, tag="", by="", only=replace(self.only, state=""))

    @property
    def written(self) -> "_Asked":
        """What its question is written for: the same for all words, since what has them was looked for already."""
        return replace(self, only=Filter(state=self.only.state, words="*")) if self.only.words.strip() else self


def _page(  # which of them, which page
    session: Session,
    consortium: Consortium,
    asked: _Asked,
    *,
    after: str,
    before: str,
    size: int,
    count: int,
    beside: Mapping[str, Any],
) -> Page[Any]:
    """Find the numbers of a page, where that is enough among the sub-projects of the partners with which it begins.

    :param beside: what else is told in the question, by its names there
    """
    order = _order(asked.day, asked.by, asked.tag)
    place = order.values(before or after)
    beside = {**beside, **{f"at_{number}": value for number, value in enumerate(place)}}
    near: tuple[int, ...] = ()
    is_all = False
    if asked.by != "age" and asked.counted.only == Filter():  # else all are looked for, and are mostly few
        near, is_all = near_partners(
            session, consortium, asked.tag, place=place[:3], is_back=bool(before), wanted=size + 1, count=count
        )
    lean = partial(
        _lean, session.get_bind().dialect, asked.written, has_place=bool(place), is_back=bool(before), size=size
    )
    rows: list[Any] = []
    if near:
        partners = {f"near_{number}": partner for number, partner in enumerate(near)}
        rows = lean(near=len(near)).ask(session, **beside, **partners)
    if not near or (not is_all and len(rows) <= size):  # unknown, or there may be more beyond them
        rows = lean(near=0).ask(session, **beside)
    return order.page(rows, after=after, before=before, size=size)


@lru_cache(maxsize=256)
def _lean(dialect: Dialect, asked: _Asked, has_place: bool, is_back: bool, size: int, near: int) -> Prepared:
    """Write the question for the numbers of a page, among the sub-projects of so many partners; of all if none."""
    order = _order(asked.day, asked.by, asked.tag)
    query = _sorted(select(SubProject.id.label("number"), *order.places), asked)
    own = [is_among(SubProject.id, bindparam("chosen", "[]"))] if asked.only.words else [*_own(asked)]
    if near:
        partners = Participation.partner_id.in_([bindparam(f"near_{number}", 0) for number in range(near)])
        led = select(Participation.sub_project_id).where(Participation.place == 0, partners)
        query, own = query.where(partners), [*own, SubProject.id.in_(led)]
    if asked.only.state:
        own.append(state_on(asked.day) == asked.only.state)
    if asked.only == Filter():
        query = query.where(*_own(asked))
    else:
        chosen = once(select(SubProject.id).where(*own), "chosen")
        query = query.join(chosen, chosen.c.id == SubProject.id)
    return Prepared(order.limit_anywhere(query, has_place=has_place, is_back=is_back, size=size), dialect)


def _chosen(session: Session, counted: _Asked) -> "array[int]":
    """Look for the sub-projects with some words, once for all pages of them."""
    query = select(SubProject.id).where(*_own(counted))
    return _CHOSEN.recall(session, counted, lambda: array("i", session.scalars(query)))


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


@lru_cache(maxsize=32)
def _order(day: date, by: str, tag: str) -> Order:
    if by == "age":
        reported = func.coalesce(latest(day, 1, "day").scalar_subquery(), date.min)
        return Order("age", (reported, SubProject.id))
    country = bytewise(Organisation.country)
    return Order(f"partner-{tag}", (country, TextIndex.sort_key, Partner.id, SubProject.key_order, SubProject.id))


def _sorted(query: Select[Any], asked: _Asked) -> Select[Any]:
    """Put the leading partner beside each sub-project where the order is by it."""
    if asked.by == "age":
        return query
    leads = and_(Participation.sub_project_id == SubProject.id, Participation.place == 0)
    of_partner = query.join(Participation, leads).join(Participation.partner).join(Partner.organisation)
    return of_partner.join(TextIndex, is_name(asked.home, asked.tag))


def _own(asked: _Asked) -> Iterator[ColumnElement[bool]]:
    """Limit sub-projects to those that may be seen, and by all filters but the state, which is counted."""
    yield SubProject.consortium_id == asked.home
    yield visible(asked.scope, SubProject)
    yield from _limits(asked.scope, asked.only, asked.day)


def _limits(principal: Principal, only: Filter, day: date) -> Iterator[ColumnElement[bool]]:
    """Limit sub-projects by all filters but the state, which is counted."""
    shared = select(Participation.sub_project_id).join(Participation.partner)
    if only.partner:
        yield SubProject.id.in_(shared.where(Partner.key == only.partner, visible(principal, Partner)))
    if only.country:
        yield SubProject.id.in_(shared.join(Partner.organisation).where(Organisation.country == only.country))
    if only.workflow:
        yield newest(principal, "workflow") == only.workflow
    if only.is_overdue:
        yield due_day(day) < day
    if only.words.strip():
        yield words_in(principal, SubProject, SubProject.id, only.words)


def _states(session: Session, counted: _Asked, chosen: Iterable[int] | None) -> Mapping[str, int]:
    """Count what there is in each state: of what has changed since it was last told, that is looked up again.

    :param chosen: the sub-projects that are counted, where they were looked for already
    """
    count = partial(count_states, session, counted.scope, home=counted.home, day=counted.day)
    if counted.only == Filter():
        return count()
    found = select(SubProject.id).where(*_own(counted))
    return MEMORY.recall(
        session, ("states", counted), lambda: count(chosen=session.scalars(found) if chosen is None else chosen)
    )


def _partners(session: Session, asked: _Asked) -> Iterator[Share]:
    query = (
        select(Partner.id, Partner.key, Organisation.name, Organisation.country)
        .join(Partner.organisation)
        .join(TextIndex, is_name(asked.home, asked.tag))
        .where(Partner.consortium_id == asked.home, visible(asked.scope, Partner))
        .order_by(bytewise(Organisation.country), TextIndex.sort_key, Partner.id)
    )
    return (Share(*row) for row in session.execute(query))

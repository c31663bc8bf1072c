"""Lists records of any kind a page at a time, and the choices of a form: what may be seen, in a reader's order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Select, and_, bindparam, func, inspect, select
from sqlalchemy.orm import MANYTOONE, RelationshipProperty, Session, aliased, joinedload

from consortium.errors import NotFound, NotPermitted
from consortium.i18n.message import _
from consortium.models import (
    AgendaItem,
    Assessment,
    Consortium,
    Gathering,
    Indicator,
    IndicatorValue,
    Milestone,
    PartnerRole,
    Record,
    RegisterEntry,
    ReportingPeriod,
    Snapshot,
    Statement,
    StatusComment,
    StatusUpdate,
    SubProject,
    TextIndex,
)
from consortium.services.naming import NAMINGS, Kind, Named, named, naming_query, sorting_language, together
from consortium.services.paging import SIZE, Order, Page, known_size
from consortium.services.policy import Principal, Role, Verb, demand, may, visible
from consortium.services.searching.lines import words_in

R = TypeVar("R", bound=Record)

#: so many are counted, because to count more takes longer than to read a page of them
MOST_COUNTED = 1000

#: kinds that are not listed by a name: the columns, and whether the last comes first
_ORDERS: Mapping[Kind, tuple[tuple[Any, ...], bool]] = {
    ReportingPeriod: ((ReportingPeriod.start, ReportingPeriod.id), True),
    RegisterEntry: ((RegisterEntry.key, RegisterEntry.id), False),
    Snapshot: ((Snapshot.day, Snapshot.id), True),
    Gathering: ((Gathering.start, Gathering.id), True),
    AgendaItem: ((AgendaItem.gathering_id, AgendaItem.place, AgendaItem.id), False),
    Statement: ((Statement.id,), True),
    StatusUpdate: ((StatusUpdate.day, StatusUpdate.id), True),
    StatusComment: ((StatusComment.day, StatusComment.id), True),
    Milestone: ((Milestone.due, Milestone.id), False),
    IndicatorValue: ((IndicatorValue.day, IndicatorValue.id), True),
    Assessment: ((Assessment.day, Assessment.id), True),
    PartnerRole: ((PartnerRole.start, PartnerRole.id), False),
}

#: relations of relations that a title needs
_BEYOND: Mapping[Any, Any] = {
    IndicatorValue.indicator: Indicator.sub_project,
    StatusComment.status_update: StatusUpdate.sub_project,
    PartnerRole.partner: NAMINGS[PartnerRole].joins[-1],
}


@dataclass(frozen=True)
class Choices:
    """What can be chosen at a field of a form.

    :ivar is_cut: whether there are more than these, so that one looks for it with words
    """

    records: tuple[Named, ...] = ()
    is_cut: bool = False


def list_records(  # noqa: PLR0913  # what, in which order, which page
    session: Session,
    principal: Principal,
    *,
    kind: type[R],
    consortium: Consortium,
    language: str,
    after: str = "",
    before: str = "",
    words: str = "",
    of: Record | None = None,
    size: int = SIZE,
) -> Page[R]:
    """List the records of ``kind`` that ``principal`` may see, with what their titles need; in two queries at most.

    :param language: the reader's, in whose order names are sorted
    :param words: with which words in the texts or the name, the beginnings of which suffice
    :param of: the record that they refer to, such as the gathering of an attendance
    :raises NotPermitted: if the consortium or ``of`` is not for the principal's eyes
    :raises NotFound: if there are no lists of this kind, or none by such a reference
    :raises InvalidValue: if the words are too many, or ``after`` or ``before`` is no place in this list
    """
    demand(session, principal, Verb.SEE, consortium)
    if kind not in NAMINGS:
        raise NotFound(_("There is no list of “{kind}”.").fill(kind=kind.__tablename__))
    if of is not None and not may(principal, Verb.SEE, of):
        raise NotPermitted(_("{name} may not see this. Ask the staff of the consortium.").fill(name=principal.name))
    target = None if of is None else type(of)
    asked = _Asked(principal.unnamed, kind, consortium.id, sorting_language(consortium, language), words, target)
    order = _order(asked.kind, asked.home, asked.tag)[0]
    place = order.values(before or after)
    values = {"of": of and of.id, **{f"at_{number}": value for number, value in enumerate(place)}}
    write = _write if words else _written
    page, count = write(asked, has_place=bool(place), is_back=bool(before), size=known_size(size))
    found = order.page(session.execute(page, values).all(), after=after, before=before, size=size)
    records = tuple(row[0] for row in found.records)
    if not (after or before or found.next):
        return Page(records, found.next, found.previous, len(records))
    counted = session.scalar(count, values) or 0
    return Page(records, found.next, found.previous, counted if counted <= MOST_COUNTED else None)


@dataclass(frozen=True)
class _Asked:
    """Which list is asked for: equal for all who may see the same."""

    principal: Principal
    kind: Kind
    home: int
    tag: str
    words: str
    of: Kind | None


def _write(asked: _Asked, *, has_place: bool, is_back: bool, size: int) -> tuple[Select[Any], Select[Any]]:
    """Write the question for any page of a list, and the one that counts what there is, as far as that is soon done."""
    order, names = _order(asked.kind, asked.home, asked.tag)
    query = _wanted(asked)
    lean = (query.join(*names) if names else query).add_columns(*order.places)
    page = order.limit_anywhere(lean, has_place=has_place, is_back=is_back, size=size).subquery("page")
    places = [page.c[place.name] for place in order.places]
    whole = select(asked.kind, *places).join(page, page.c.number == asked.kind.id)
    is_falling = order.is_falling != is_back
    whole = whole.options(*_loads(asked.principal, asked.kind))
    whole = whole.order_by(*(each.desc() if is_falling else each for each in places))
    return whole, select(func.count()).select_from(query.limit(MOST_COUNTED + 1).subquery())


#: lists without words are asked for again and again, and to write the question takes longer than to send it
_written = lru_cache(maxsize=128)(_write)


def choices(  # of what, by which words
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    kinds: Mapping[str, Kind],
    language: str = "",
    words: str = "",
    at_most: int = SIZE,
    to_report: bool = False,
) -> Mapping[str, Choices]:
    """List for each field of a form what can be chosen there, by name; in one query.

    :param kinds: by the fields, what they refer to
    :param language: the reader's, in whose order names are sorted; without it the first of the consortium
    :param words: with which words in the texts or the name
    :param to_report: leave to a lead only the sub-projects, and what is of them, that the lead may report on
    :raises InvalidValue: if the words are too many
    """
    queries = [
        _choices(principal, kind, consortium, language=language, words=words)
        .where(*(_led(principal, kind) if to_report else ()))
        .limit(at_most + 1)
        for kind in dict.fromkeys(kinds.values())
    ]
    found: dict[str, list[Named]] = {}
    for each in map(named, together(session, queries)):
        found.setdefault(each.kind, []).append(each)
    by_kind = {kind: found.get(kind.__tablename__, []) for kind in kinds.values()}
    return {
        field: Choices(tuple(by_kind[kind][:at_most]), len(by_kind[kind]) > at_most) for field, kind in kinds.items()
    }


def _choices(principal: Principal, kind: Kind, consortium: Consortium, *, language: str, words: str) -> Select[Any]:
    order, names = _order(kind, consortium.id, sorting_language(consortium, language or consortium.tags[0]))
    query = naming_query(principal, kind, consortium=consortium).where(*_said(principal, kind, words))
    query = query.join(*names) if names else query
    return query.order_by(*(column.desc() if order.is_falling else column for column in order.columns))


def _led(principal: Principal, kind: Kind) -> Iterator[Any]:
    """Limit what a lead may choose to the sub-projects that the lead leads."""
    numbers: Mapping[Kind, Any] = {SubProject: SubProject.id, Indicator: Indicator.sub_project_id}
    if principal.role is Role.LEAD and kind in numbers:
        yield numbers[kind].in_(principal.leads)


def _wanted(asked: _Asked) -> Select[Any]:
    """Choose the numbers of the records that may be seen, have the words, and refer to the one called ``of``."""
    kind = asked.kind
    home = kind.id if kind is Consortium else kind.consortium_id  # type: ignore[attr-defined]  # all others have it
    query = select(kind.id.label("number")).where(home == asked.home, visible(asked.principal, kind))
    query = query.where(*_said(asked.principal, kind, asked.words))
    return query if asked.of is None else query.where(_reference(kind, asked.of) == bindparam("of"))


def _reference(kind: Kind, target: Kind) -> Any:
    """Find the column by which records of ``kind`` refer to one of ``target``: the one called like it, or the first."""
    found = {relation.key: relation for relation in _relations(kind) if relation.mapper.class_ is target}
    relation = found.get(target.__tablename__) or next(iter(found.values()), None)
    if relation is None:
        told = _("A list of “{kind}” cannot be limited by “{target}”.")
        raise NotFound(told.fill(kind=kind.__tablename__, target=target.__tablename__))
    (column,) = relation.local_columns
    return getattr(kind, inspect(kind).get_property_by_column(column).key)


def _relations(kind: Kind) -> Iterator[RelationshipProperty[Any]]:
    """Walk what a record of ``kind`` refers to, but for the consortium, which whoever asks has already."""
    relations = inspect(kind).relationships
    return (each for each in relations if each.direction is MANYTOONE and each.mapper.class_ is not Consortium)


def _loads(principal: Principal, kind: Kind) -> Iterator[Any]:
    """Load with the records what they refer to, as far as ``principal`` may see it; the rest is as if it were not there."""
    for relation in _relations(kind):
        attribute = relation.class_attribute
        load = joinedload(attribute.and_(visible(principal, relation.mapper.class_)))
        if beyond := _BEYOND.get(attribute):
            load = load.joinedload(beyond.and_(visible(principal, beyond.property.mapper.class_)))
        yield load


@lru_cache(maxsize=128)
def _order(kind: Kind, home: int, tag: str) -> tuple[Order, tuple[Any, Any] | None]:
    """Tell the order of a kind's lists, and which lines of the text index have the names it is sorted by."""
    if kind in _ORDERS:
        columns, is_falling = _ORDERS[kind]
        return Order(kind.__tablename__, columns, is_falling), None
    by = NAMINGS[kind].by
    if by is None:
        return Order(kind.__tablename__, (kind.id,)), None
    number, sorted_kind = by
    line = aliased(TextIndex)
    is_name = (
        line.consortium_id == home,
        line.entity == sorted_kind.__tablename__,
        line.field == sorted_kind.sorted_by,
        line.language == tag,
        line.entity_id == number,
    )
    return Order(f"{kind.__tablename__}-{tag}", (line.sort_key, kind.id)), (line, and_(*is_name))


def _said(principal: Principal, kind: Kind, words: str) -> Iterator[Any]:
    """Insist that all words begin in one text or name of the record, or of that by whose name it is listed."""
    if words.strip():
        number, home = NAMINGS[kind].by or (kind.id, kind)
        yield words_in(principal, home, number, words)

"""Lists records of any kind a page at a time, and the choices of a form: what may be seen, in a reader's order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, inspect, select
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
from consortium.services.paging import SIZE, Order, Page
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
    query = _wanted(principal, kind, consortium, words=words, of=of)
    order, names = _order(kind, consortium, language)
    lean = query.join(*names) if names else query
    lean = order.limit(lean.add_columns(*order.places), after=after, before=before, size=size)
    page = lean.subquery("page")
    places = [page.c[place.name] for place in order.places]
    whole = select(kind, *places).join(page, page.c.number == kind.id).options(*_loads(principal, kind))
    is_falling = order.is_falling != bool(before)
    rows = session.execute(whole.order_by(*(each.desc() if is_falling else each for each in places))).all()
    found = order.page(rows, after=after, before=before, size=size)
    records = tuple(row[0] for row in found.records)
    is_all = not (after or before or found.next)
    return Page(records, found.next, found.previous, len(records) if is_all else _count(session, query))


def _count(session: Session, query: Select[Any]) -> int | None:
    """Count what there is, as far as that does not take too long."""
    count = session.scalar(select(func.count()).select_from(query.limit(MOST_COUNTED + 1).subquery())) or 0
    return count if count <= MOST_COUNTED else None


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
    order, names = _order(kind, consortium, language or consortium.tags[0])
    query = naming_query(principal, kind, consortium=consortium).where(*_said(principal, kind, words))
    query = query.join(*names) if names else query
    return query.order_by(*(column.desc() if order.is_falling else column for column in order.columns))


def _led(principal: Principal, kind: Kind) -> Iterator[Any]:
    """Limit what a lead may choose to the sub-projects that the lead leads."""
    numbers: Mapping[Kind, Any] = {SubProject: SubProject.id, Indicator: Indicator.sub_project_id}
    if principal.role is Role.LEAD and kind in numbers:
        yield numbers[kind].in_(principal.leads)


def _wanted(principal: Principal, kind: Kind, consortium: Consortium, *, words: str, of: Record | None) -> Select[Any]:
    """Choose the numbers of the records that may be seen, have the words, and refer to ``of``."""
    home = kind.id if kind is Consortium else kind.consortium_id  # type: ignore[attr-defined]  # all others have it
    query = select(kind.id.label("number")).where(home == consortium.id, visible(principal, kind))
    query = query.where(*_said(principal, kind, words))
    if of is None:
        return query
    if not may(principal, Verb.SEE, of):
        raise NotPermitted(_("{name} may not see this. Ask the staff of the consortium.").fill(name=principal.name))
    return query.where(_reference(kind, type(of)) == of.id)


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


def _order(kind: Kind, consortium: Consortium, language: str) -> tuple[Order, tuple[Any, Any] | None]:
    """Tell the order of a kind's lists, and which lines of the text index have the names it is sorted by."""
    if kind in _ORDERS:
        columns, is_falling = _ORDERS[kind]
        return Order(kind.__tablename__, columns, is_falling), None
    by = NAMINGS[kind].by
    if by is None:
        return Order(kind.__tablename__, (kind.id,)), None
    number, sorted_kind = by
    line, tag = aliased(TextIndex), sorting_language(consortium, language)
    is_name = (
        line.consortium_id == consortium.id,
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

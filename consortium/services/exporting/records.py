"""Tells what records say, as far as somebody may see it: a page at a time, in an order that both databases know."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from consortium.models import Attendance, Consortium, Person, Record
from consortium.models.dialect import bytewise
from consortium.services.exporting.fields import Field, fields, part_reference
from consortium.services.importing.layout import Kind
from consortium.services.invitations import attendance_key
from consortium.services.policy import Principal, Verb, may, visible

#: records that are in memory at a time
PAGE = 500


@dataclass(frozen=True)
class Told:
    """What a record says: days, numbers and texts as they are, other records by their keys."""

    kind: type[Record]
    key: str
    values: Mapping[str, Any]


def tell(session: Session, principal: Principal, *, kind: type[Record], consortium: Consortium) -> Iterator[Told]:
    """Walk the records of ``kind`` that ``principal`` may see.

    Dated ones come in the order in which they were told, which decides between two of a day; the others by their keys.
    A reference to what may not be seen is left out, so that importing it again does not take it away; so is the person
    in the key of an attendance, which is then made of the gathering and the organisation, and numbered from the second on.
    """
    is_nameless = kind is Attendance and not may(principal, Verb.SEE, Person(consortium_id=consortium.id))
    told_before: Counter[str] = Counter()
    known = fields(kind)
    plain = [field for field in known if field.relation is None]
    references = [field for field in known if field.kind is Kind.ONE]
    collections = [field for field in known if field.kind is Kind.MANY]
    query = _query(principal, kind, plain=plain, references=references)
    ordered = array("q", session.scalars(_numbers(principal, kind, consortium)))
    for start in range(0, len(ordered), PAGE):
        numbers = list(ordered[start : start + PAGE])
        held = {field.name: _collected(session, principal, field, numbers) for field in collections}
        rows = {row[0]: row for row in session.execute(query.where(kind.id.in_(numbers)))}
        for number in numbers:
            told = _told(kind, rows[number], plain=plain, references=references, held=held)
            yield _nameless(told, told_before) if is_nameless else told


def _nameless(told: Told, told_before: Counter[str]) -> Told:
    """Take the person out of the key of an attendance."""
    key = attendance_key(told.values["gathering"], told.values["organisation"], "")
    told_before[key] += 1
    return replace(told, key=key if told_before[key] == 1 else f"{key}:{told_before[key]}")


def _numbers(principal: Principal, kind: type[Record], consortium: Consortium) -> Select[Any]:
    """Select the numbers of the records in order; sorting whole records would take all of them into memory."""
    own: Any = kind.__table__.c
    home = own.id if kind is Consortium else own.consortium_id
    order: tuple[ColumnElement[Any], ...] = (own.day, own.id) if "day" in own else (bytewise(own.key), own.id)
    return select(own.id).where(home == consortium.id, visible(principal, kind)).order_by(*order)


def _query(principal: Principal, kind: type[Record], *, plain: list[Field], references: list[Field]) -> Select[Any]:
    own: Any = kind.__table__.c
    query: Select[Any] = select(own.id, own.key, *(own[field.name] for field in plain))
    for field in references:
        seen = _seen(principal, field.target, field.name)
        query = query.outerjoin(seen, seen.c.id == field.number_column)
        query = query.add_columns(field.number_column, seen.c.key)
    return query


def _seen(principal: Principal, kind: type[Record], name: str) -> Any:
    """Select the keys of what may be seen, to be joined."""
    return select(kind.id, kind.key).where(visible(principal, kind)).subquery(f"seen_{name}")


def _told(
    kind: type[Record],
    row: Row[Any],
    *,
    plain: list[Field],
    references: list[Field],
    held: Mapping[str, Mapping[int, list[str] | None]],
) -> Told:
    number, key, *rest = tuple(row)
    said = {field.name: _tidy(value, field) for field, value in zip(plain, rest, strict=False)}
    pairs = rest[len(plain) :]
    for place, field in enumerate(references):
        named, known = pairs[2 * place : 2 * place + 2]
        if named is None or known is not None:
            said[field.name] = known
    for name, lists in held.items():
        keys = lists.get(number, [])
        if keys is not None:
            said[name] = keys
    return Told(kind, key, {field.name: said[field.name] for field in fields(kind) if field.name in said})


def _tidy(value: Any, field: Field) -> Any:
    return value.split(",") if field.kind is Kind.LANGUAGES else value


def _collected(
    session: Session, principal: Principal, field: Field, numbers: list[int]
) -> Mapping[int, list[str] | None]:
    """Collect the keys in a collection by the number of its owner; ``None`` where some of it may not be seen."""
    seen = _seen(principal, field.target, field.name)
    owner, named, place = _link(field)
    query = select(owner, seen.c.key).outerjoin(seen, seen.c.id == named).where(owner.in_(numbers))
    found: dict[int, list[str] | None] = {}
    for number, key in session.execute(query if place is None else query.order_by(place)):
        keys = found.setdefault(number, [])
        found[number] = None if keys is None or key is None else [*keys, key]
    return found if place is not None else {number: keys and sorted(keys) for number, keys in found.items()}


def _link(field: Field) -> tuple[Any, Any, Any]:
    """Tell by which columns a collection hangs together: its owner's number, that of what it holds, and its order."""
    relation: Any = field.relation
    ((_own, owner),) = relation.synchronize_pairs
    if relation.secondary is not None:
        ((_theirs, named),) = relation.secondary_synchronize_pairs
        return owner, named, None
    (named,) = part_reference(relation).local_columns
    (place,) = relation.order_by
    return owner, named, place

"""What a unit of work changes in its records: before and after of each field, in plain values."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Table, inspect, select
from sqlalchemy.orm import Mapper, PassiveFlag, RelationshipProperty, Session, attributes

from consortium.models.base import Base, Record
from consortium.texts import Text

#: columns that say how a row is kept, not what it says
UNTOLD = frozenset({"id", "version", "changed_at", "key_order"})

#: what every record has from its start to its end: told only when it changes
GIVEN = frozenset({"consortium", "consortium_id"})

#: before and after of fields, by their names
Differences = dict[str, tuple[Any, Any]]


def touched_parts(session: Session) -> dict[Record, dict[str, list[Any]]]:
    """Find the parts, such as participations, that change on their own, by the kept records that they are parts of."""
    found: dict[Record, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    modified = [part for part in session.dirty if session.is_modified(part)]
    for part in (*session.new, *modified, *session.deleted):
        for relation in _owning(inspect(part).mapper):
            for number in {_before(session, part, _owner_field(relation)), getattr(part, _owner_field(relation))}:
                owner = None if number is None else session.get(relation.parent.class_, number)
                if owner is not None and owner not in session.deleted:
                    found[owner][relation.key].append(part)
    return found


def differences(session: Session, record: Record, parts: dict[str, list[Any]]) -> Differences:
    """Tell before and after of each field of ``record`` that differs; with ``parts``, its collections are told anyway."""
    told = dict(_of_columns(session, record)) | dict(_of_references(session, record))
    if not _is_kept(record):
        told = {name: pair for name, pair in told.items() if name not in GIVEN}
    for name in record.collections:
        if name in parts or attributes.get_history(record, name, _passive(record)).has_changes():
            told[name] = _collection(session, record, name, parts.get(name, ()))
    return {name: (before, after) for name, (before, after) in told.items() if name in parts or before != after}


def last_words(session: Session, record: Record) -> Differences:
    """Tell all that ``record`` said before it was deleted."""
    told = {name: plain_value(_before(session, record, name)) for name in told_columns(type(record))}
    for relation in references_of(inspect(record).mapper):
        told[relation.key] = _key_before(session, record, relation)
    for name in record.collections:
        told[name] = _collection(session, record, name, ())[0]
    return {name: (before, None) for name, before in told.items() if name not in GIVEN}


@cache
def told_tables() -> frozenset[Table]:
    """List the tables whose rows the history tells: those of records, and of the parts and links in their collections."""
    tables: set[Any] = set()
    for kind in record_kinds():
        relations = [kind.__mapper__.relationships[name] for name in kind.collections]
        tables |= {kind.__table__, *(each.target if each.secondary is None else each.secondary for each in relations)}
    return frozenset(tables)


def record_kinds() -> list[type[Record]]:
    """List the kinds of record."""
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]


@cache
def _owning(kind: Mapper[Any]) -> tuple[RelationshipProperty[Any], ...]:
    """List the relations by which rows of ``kind`` are parts of records."""
    relations = (owner.__mapper__.relationships[name] for owner in record_kinds() for name in owner.collections)
    return tuple(each for each in relations if each.secondary is None and each.mapper is kind)


def _owner_field(relation: RelationshipProperty[Any]) -> str:
    ((_own, foreign),) = relation.local_remote_pairs or ()
    return relation.mapper.get_property_by_column(foreign).key


@cache
def told_columns(kind: type[Record]) -> tuple[str, ...]:
    """List the columns of ``kind`` that are told as they are: those that refer to nothing."""
    columns = (each for each in kind.__mapper__.column_attrs if not each.columns[0].foreign_keys)
    return tuple(each.key for each in columns if each.key not in UNTOLD)


@cache
def references_of(kind: Mapper[Any]) -> tuple[RelationshipProperty[Any], ...]:
    """List the relations by which a row of ``kind`` refers to one other row."""
    return tuple(each for each in kind.relationships if each.direction.name == "MANYTOONE")


def number_field(relation: RelationshipProperty[Any]) -> str:
    """Name the field with the number of the row that is referred to."""
    (column,) = relation.local_columns
    return relation.parent.get_property_by_column(column).key


def _of_columns(session: Session, record: Record) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in told_columns(type(record)):
        if attributes.get_history(record, name, _passive(record)).has_changes():
            yield name, (plain_value(_before(session, record, name)), plain_value(getattr(record, name)))


def _of_references(session: Session, record: Record) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Tell references by key; one that was set by its number alone is told as that, under the column's name."""
    for relation in references_of(inspect(record).mapper):
        number = number_field(relation)
        if attributes.get_history(record, relation.key, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes():
            yield relation.key, (_key_before(session, record, relation), plain_value(getattr(record, relation.key)))
        elif attributes.get_history(record, number, _passive(record)).has_changes():
            yield number, (_before(session, record, number), getattr(record, number))


def _collection(session: Session, record: Record, name: str, parts: Collection[Any]) -> tuple[list[str], list[str]]:
    """Tell the keys in a collection, before and after, in the order in which it is kept."""
    relation = record.__mapper__.relationships[name]
    (order,) = relation.order_by or ()
    place = relation.mapper.get_property_by_column(order).key
    past = attributes.get_history(record, name, _passive(record))
    before, after = {*past.unchanged, *past.deleted}, {*past.unchanged, *past.added}
    for part in parts:
        field = _owner_field(relation)
        if _before(session, part, field) == record.id:
            before.add(part)
        if getattr(part, field) == record.id and part not in past.deleted:
            after.add(part)
        elif part not in past.added:
            after.discard(part)
    before, after = {each for each in before if _is_kept(each)}, {each for each in after if each not in session.deleted}
    return (
        [_part_before(session, each) for each in sorted(before, key=lambda each: _before(session, each, place))],
        [_part_after(session, each) for each in sorted(after, key=lambda each: getattr(each, place))],
    )


def _part_before(session: Session, part: Any) -> str:
    if isinstance(part, Record):
        return part.key
    return str(next(_key_before(session, part, each) for each in references_of(inspect(part).mapper)))


def _part_after(session: Session, part: Any) -> str:
    if isinstance(part, Record):
        return part.key
    relation = next(iter(references_of(inspect(part).mapper)))
    if attributes.get_history(part, relation.key, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes():
        return str(getattr(part, relation.key).key)
    return str(session.get_one(relation.mapper.class_, getattr(part, number_field(relation))).key)


def _key_before(session: Session, row: Any, relation: RelationshipProperty[Any]) -> str | None:
    number = _before(session, row, number_field(relation))
    referred = None if number is None else session.get(relation.mapper.class_, number)
    return None if referred is None else str(referred.key)


def _before(session: Session, row: Any, name: str) -> Any:
    """Tell what a column of ``row`` said when it was read; ask the database where it was overwritten unread."""
    past = attributes.get_history(row, name, _passive(row))
    if not _is_kept(row):
        return None
    if past.deleted or past.unchanged:
        return next(iter(past.deleted or past.unchanged))
    kind = type(row)
    own = [column == value for column, value in zip(kind.__mapper__.primary_key, inspect(row).identity, strict=True)]
    return session.scalar(select(getattr(kind, name)).where(*own))


def _is_kept(row: Any) -> bool:
    return bool(inspect(row).has_identity)


def _passive(row: Any) -> PassiveFlag:
    return PassiveFlag.PASSIVE_OFF if _is_kept(row) else PassiveFlag.PASSIVE_NO_INITIALIZE


def plain_value(value: Any) -> Any:
    """Say a value as JSON can hold it; a record by its key."""
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, Record):
        return value.key
    return str(value) if isinstance(value, (date, Decimal)) else value

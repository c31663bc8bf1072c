"""What records should say by the history, beside what they say."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, TypeVar

from sqlalchemy import Integer, String, and_, cast, select, type_coerce
from sqlalchemy.orm import RelationshipProperty, Session
from sqlalchemy.types import NullType

from consortium.i18n.message import Message, _
from consortium.models import Change, Consortium, Record
from consortium.models.chain import ERASED
from consortium.models.telling import GIVEN, number_field, plain_value, record_kinds, references_of, told_columns

T = TypeVar("T")

#: records that are compared at a time
PAGE = 500

#: by table and number, the keys that a record had before
Earlier = Mapping[tuple[str, int], set[str]]

_DIFFERS = _("{kind} “{key}” does not say what was recorded: {fields}.")
_UNTOLD = _("{kind} “{key}” is not in the history.")
_GONE = _("{kind} “{key}” is gone, but nobody removed it by the history.")
_BACK = _("{kind} “{key}” is there, but was removed by the history.")


@dataclass
class Told:
    """What the history says of a record.

    :ivar home: number of its consortium
    :ivar values: by field, the last that was told
    """

    key: str = ""
    home: int = 0
    is_gone: bool = False
    values: dict[str, Any] = field(default_factory=dict)

    def then(self, change: Mapping[str, Any]) -> None:
        """Add what a later change says."""
        self.key, self.home = change["key"], change["consortium_id"]
        if change["action"] == ERASED:
            return
        self.is_gone = change["action"] == "deleted"
        for name, (_before, after) in _read(change["values"]).items():
            self.values[name] = after


@dataclass(frozen=True)
class Kept:
    """What a row says: its plain columns, what it refers to, and what is in its collections; all with numbers and keys."""

    number: int
    key: str
    home: int
    values: Mapping[str, Any]
    references: Mapping[str, tuple[int | None, str | None]]
    collections: Mapping[str, list[tuple[int, str]]]
    is_readable: bool = True


def differing(session: Session) -> Iterator[Message]:
    """Walk the records that do not say what was recorded, are not in the history, or are gone without it."""
    earlier = _earlier_keys(session)
    for kind in sorted(record_kinds(), key=lambda each: each.__tablename__):
        for number, told, kept in _beside(_told(session, kind), _kept(session, kind)):
            if message := _compare(kind, told, kept, earlier):
                yield message.fill(kind=kind.__tablename__, key=kept.key if kept else told.key if told else number)


def _beside(told: Iterator[tuple[int, Told]], kept: Iterator[Kept]) -> Iterator[tuple[int, Told | None, Kept | None]]:
    """Walk both in the order of numbers, side by side."""
    one, two = next(told, None), next(kept, None)
    while one or two:
        if two is None or (one and one[0] < two.number):
            assert one is not None  # noqa: S101  # one of them is there
            yield one[0], one[1], None
            one = next(told, None)
        elif one is None or two.number < one[0]:
            yield two.number, None, two
            two = next(kept, None)
        else:
            yield two.number, one[1], two
            one, two = next(told, None), next(kept, None)


def _compare(kind: type[Record], told: Told | None, kept: Kept | None, earlier: Earlier) -> Message | None:
    if told is None:
        return _UNTOLD
    if kept is None:
        return None if told.is_gone else _GONE
    if told.is_gone:
        return _BACK
    names = sorted({*_columns_apart(kind, told, kept), *_references_apart(kind, told, kept, earlier)})
    return _DIFFERS.fill(fields=", ".join(names)) if names else None


def _columns_apart(kind: type[Record], told: Told, kept: Kept) -> Iterator[str]:
    if not kept.is_readable:
        yield "?"
        return
    if kept.home != told.home:
        yield "consortium"
    for name in told_columns(kind):
        value = kept.values[name]
        if name in told.values:
            if value != told.values[name]:
                yield name
        elif value not in (None, _default(kind, name)):
            yield name


def _references_apart(kind: type[Record], told: Told, kept: Kept, earlier: Earlier) -> Iterator[str]:
    for relation in _own_references(kind):
        number, key = kept.references[relation.key]
        names = {relation.key, number_field(relation)} & set(told.values)
        last = [name for name in told.values if name in names][-1:]
        if not last and number is not None:
            yield relation.key
        for name in last:
            said = told.values[name]
            known = {key, *earlier.get((relation.mapper.class_.__tablename__, number or 0), ())}
            if (said != number) if name != relation.key else (said not in known):
                yield relation.key
    for name in kind.collections:
        said = told.values.get(name) or []
        relation = kind.__mapper__.relationships[name]
        target = _target(relation).__tablename__
        there = [_as_said(key, earlier.get((target, number), ()), said) for number, key in kept.collections[name]]
        if (sorted(there) != sorted(said)) if relation.secondary is not None else (there != said):
            yield name


def _as_said(key: str, earlier: Iterable[str], said: list[str]) -> str:
    """Call something as the history does, which keeps the keys of then."""
    return key if key in said else next((each for each in earlier if each in said), key)


def _own_references(kind: type[Record]) -> list[RelationshipProperty[Any]]:
    return [each for each in references_of(kind.__mapper__) if each.key not in GIVEN]


def _default(kind: type[Record], name: str) -> Any:
    default: Any = kind.__mapper__.column_attrs[name].columns[0].default
    if default is None:
        return None
    return plain_value(default.arg(None) if default.is_callable else default.arg)


def _earlier_keys(session: Session) -> Earlier:
    """Find the keys that records had before they were called otherwise."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    values = type_coerce(Change.values, NullType()).label("values")
    query = select(Change.entity, Change.entity_id, values).where(Change.action == "changed")
    for row in session.execute(query.where(cast(Change.values, String).like('%"key": [%'))):
        found[row.entity, row.entity_id] |= {str(each) for each in _read(row.values).get("key", ())}
    return found


def _told(session: Session, kind: type[Record]) -> Iterator[tuple[int, Told]]:
    columns = [type_coerce(getattr(Change, name), NullType()).label(name) for name in _OF_CHANGE]
    query = select(*columns).where(Change.entity == kind.__tablename__).order_by(Change.entity_id, Change.id)
    with session.execute(query.execution_options(yield_per=PAGE)) as rows:
        for number, changes in groupby(rows.mappings(), key=lambda row: row["entity_id"]):
            told = Told()
            for change in changes:
                told.then({str(name): value for name, value in change.items()})
            yield number, told


_OF_CHANGE = ("entity_id", "consortium_id", "key", "action", "values")


def _read(values: Any) -> dict[str, Any]:
    """Read the values of a change; what is none of ours is told by the chain."""
    try:
        read = json.loads(values) if isinstance(values, str | bytes) else values
        return {name: pair for name, pair in read.items() if len(pair) == len(("before", "after"))}
    except (AttributeError, TypeError, ValueError):
        return {}


def _kept(session: Session, kind: type[Record]) -> Iterator[Kept]:
    table = kind.__table__
    raw = [type_coerce(column, NullType()).label(column.key) for column in table.columns]
    with session.execute(select(*raw).order_by(table.c.id).execution_options(yield_per=PAGE)) as rows:
        while page := list(islice(rows.mappings(), PAGE)):
            yield from _page(session, kind, page)


def _page(session: Session, kind: type[Record], page: list[Any]) -> Iterator[Kept]:
    keys: dict[str, Mapping[int, str]] = {}
    for relation in _own_references(kind):
        keys[relation.key] = _keys(session, relation, (row[_column(relation)] for row in page))
    numbers = [row["id"] for row in page]
    parts = {name: _parts(session, kind, name, numbers) for name in kind.collections}
    for row in page:
        values = _values(session, kind, row)
        referred = {each.key: row[_column(each)] for each in _own_references(kind)}
        yield Kept(
            number=row["id"],
            key=str(row["key"]),
            home=row["id"] if kind is Consortium else row["consortium_id"],
            values=values or {},
            references={name: (number, keys[name].get(number)) for name, number in referred.items()},
            collections={name: parts[name].get(row["id"], []) for name in parts},
            is_readable=values is not None,
        )


def _values(session: Session, kind: type[Record], row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Read the plain columns of a row; ``None`` where one holds what none of ours ever says."""
    dialect = session.get_bind().dialect
    read = {}
    try:
        for name in told_columns(kind):
            column = kind.__mapper__.column_attrs[name].columns[0]
            process = column.type.dialect_impl(dialect).result_processor(dialect, None)
            value = plain_value(process(row[column.key]) if process else row[column.key])
            if isinstance(column.type, Integer) and isinstance(value, str | bytes):
                return None
            read[name] = json.loads(json.dumps(value))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return read


def _column(relation: RelationshipProperty[Any]) -> str:
    (column,) = relation.local_columns
    return str(column.key)


def _keys(session: Session, relation: RelationshipProperty[Any], numbers: Iterable[Any]) -> Mapping[int, str]:
    kind = relation.mapper.class_
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    return {row.id: row.key for row in session.execute(select(kind.id, kind.key).where(kind.id.in_(wanted)))}


def _target(relation: RelationshipProperty[Any]) -> Any:
    """Return the kind of record that a collection names: its own, or that to which its parts refer."""
    if relation.secondary is not None:
        return relation.mapper.class_
    return references_of(relation.mapper)[0].mapper.class_


def _parts(session: Session, kind: type[Record], name: str, numbers: list[int]) -> dict[int, list[tuple[int, str]]]:
    """Find what is in a collection of some records, in the order in which it is kept."""
    relation, own = kind.__mapper__.relationships[name], kind.__table__.c.id
    target = _target(relation)
    between = relation.secondary if relation.secondary is not None else relation.mapper.local_table
    (near,) = (each for each in between.c if each.references(own))
    (far,) = (each for each in between.c if each.references(target.__table__.c.id))
    query = select(near.label("owner"), target.id, target.key).join(between, and_(far == target.id))
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in session.execute(query.where(near.in_(numbers)).order_by(near, *(relation.order_by or ()))):
        found[row.owner].append((row.id, row.key))
    return found

"""Takes a person out of all that is kept, in one unit: a pseudonym stands in their place, and the history stays whole.

Records are written past the recorder, and the changes that named the person are written over: as they were they would
tell what was taken out. Each record that is touched gets one change more, which says of what digests its earlier ones
are now; so the chain knows what was done, by whom and when, and whoever writes over a change otherwise is found.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, String, cast, delete, false, func, or_, select, update
from sqlalchemy.orm import Session

from consortium import clock
from consortium.models import indexing
from consortium.models.base import Base, Record
from consortium.models.chain import ERASED, digest_of, new_salt
from consortium.models.change import Change
from consortium.models.columns import TextColumn
from consortium.models.consortium import Consortium
from consortium.models.dialect import lock_for_append
from consortium.models.gathering import Attendance
from consortium.models.letter import Letter, LetterState
from consortium.models.link import StatusLink
from consortium.models.person import Person
from consortium.models.pseudonym import Pseudonym
from consortium.models.recording import append, past_the_recorder, signer
from consortium.models.snapshot import SnapshotLine
from consortium.models.telling import record_kinds, references_of
from consortium.models.text_index import TextIndex

#: rows that are looked through at a time
PAGE = 500

#: what a record about a person says besides, in their own words: it goes with the name
OWN_WORDS: Mapping[type[Record], tuple[str, ...]] = {Attendance: ("reason",)}

#: letters that have not left, and shall not
_WAITING = (LetterState.QUEUED, LetterState.SENDING, LetterState.FAILED)

#: where in the keys of a kind that of a person stands
PLACES: Mapping[str, int] = {"person": 0, "capacity": 0, "attendance": 2}

#: strings of a column no longer than this are codes, which name nobody
CODE = 40

#: by table and number, the changes of a record that were written over: digests of what they said, before and after
_Redacted = dict[tuple[str, int], dict[str, list[str]]]


@dataclass
class Erased:
    """What an erasure has done.

    :ivar records: how many were written over, by the name of their table
    :ivar changes: of the history that were written over
    :ivar letters: whose words and addresses are gone
    """

    records: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    letters: int = 0


def called_before(session: Session, numbers: Collection[int]) -> Mapping[str, frozenset[str]]:
    """Tell by ``name``, ``key`` and ``email`` all that people were ever called."""
    found: dict[str, set[str]] = {name: set() for name in ("name", "key", "email")}
    own = select(Change.key, Change.values).where(Change.entity == Person.__tablename__, Change.entity_id.in_(numbers))
    for key, values in session.execute(own.where(Change.action != ERASED)):
        found["key"].add(key)
        for name in found.keys() & values.keys():
            found[name] |= {each for each in values[name] if each}
    return {name: frozenset(each) for name, each in found.items()}


def erase(session: Session, numbers: frozenset[int], home: int, pseudonym: Pseudonym) -> Erased:
    """Write ``pseudonym`` over all that names a person of the consortium ``home``.

    :param numbers: of the person, and of their earlier lives there: who was removed and brought back has several
    :raises UnsignedWrite: if nobody has said on whose behalf
    """
    by = signer(session)
    with past_the_recorder(session) as connection:
        lock_for_append(connection, Change.__tablename__)
        work = _Work(connection, numbers, home, pseudonym)
        kinds = sorted(record_kinds(), key=lambda each: each.__tablename__)
        for kind in kinds:
            work.rewrite_records(kind)
        work.rewrite_changes()
        work.rewrite_letters()
        for table in set(Base.metadata.tables.values()) - _KEPT_OTHERWISE - {kind.__table__ for kind in kinds}:
            work.rewrite_rows(table)
        append(connection, work.told(), by=pseudonym.words(by))
        consortium = session.get_one(Consortium, home)
        for kind, touched in work.touched.items():
            indexing.renew(session, consortium, kind, sorted(touched))
    return work.done


#: what is written as a change is, or follows from the records; the lines of snapshots are never written again
_KEPT_OTHERWISE: frozenset[Any] = frozenset(
    kind.__table__ for kind in (Change, TextIndex, SnapshotLine, Letter, StatusLink)
)


class _Work:
    """An erasure that is under way.

    :ivar touched: by their kind, the numbers of the records that were written over
    """

    def __init__(self, connection: Connection, people: frozenset[int], home: int, pseudonym: Pseudonym) -> None:
        self.connection, self.people, self.home, self.pseudonym = connection, people, home, pseudonym
        self.done = Erased()
        self.touched: dict[type[Record], set[int]] = defaultdict(set)
        self.redacted: _Redacted = defaultdict(dict)
        self.own = {kind.__tablename__: self._own_numbers(kind) for kind in OWN_WORDS}

    def rewrite_records(self, kind: type[Record]) -> None:
        """Write over the rows of a kind."""
        table: Any = kind.__table__
        for row, changed in self._rewritten(table):
            kept = {**changed, "version": row["version"] + 1, "changed_at": clock.now()}
            self.connection.execute(update(table).where(table.c.id == row["id"]).values(kept))
            self.touched[kind].add(row["id"])
            self.redacted[table.name, row["id"]] |= {}
            self.done.records[table.name] += 1

    def rewrite_rows(self, table: Any) -> None:
        """Write over the rows of a table that has no history."""
        for row, changed in self._rewritten(table):
            self.connection.execute(update(table).where(table.c.id == row["id"]).values(changed))

    def rewrite_changes(self) -> None:
        """Write over the changes that name the person, each with another salt."""
        table: Any = Change.__table__
        called = {*self.pseudonym.names, *self.pseudonym.addresses}
        keyed = table.c.entity.in_(sorted(_keyed()))
        named = [_says(table.c[name], called) for name in ("by", "values")]
        named += [keyed & _says(table.c[name], self.pseudonym.keys) for name in ("key", "values")]
        own = {**self.own, Person.__tablename__: self.people}
        named += [(table.c.entity == name) & table.c.entity_id.in_(numbers) for name, numbers in own.items() if numbers]
        for row in self._rows(table, table.c.consortium_id == self.home, or_(*named)):
            self._rewrite_change(row)

    def _rewrite_change(self, row: Mapping[Any, Any]) -> None:
        entity, number, values = row["entity"], row["entity_id"], row["values"]
        if row["action"] != ERASED:
            values = {name: [self._said(entity, number, name, each) for each in pair] for name, pair in values.items()}
        key = self._said(entity, number, "key", row["key"])
        said = {"key": key, "by": self.pseudonym.words(row["by"])[:_LONGEST], "values": values}
        if all(said[name] == row[name] for name in said):
            return
        said["salt"] = new_salt()
        change: Any = Change.__table__
        self.connection.execute(update(change).where(change.c.id == row["id"]).values(said))
        self.redacted[entity, number][str(row["id"])] = [digest_of(row), digest_of({**row, **said})]
        self.done.changes += 1

    def _said(self, table: str, number: int, field: str, said: Any) -> Any:
        """Tell what a field says from now on, in a record as in its history."""
        if not said:
            return said
        if table == Person.__tablename__ and number in self.people and field in {"name", "key", "email"}:
            return {"name": self.pseudonym.name, "key": self.pseudonym.key, "email": ""}[field]
        if number in self.own.get(table, ()) and field in _own_fields(table):
            return ""
        if field in _keyed().get(table, ()):
            return self.pseudonym.value(said, place=PLACES.get(table, 0) if field == "key" else 0)
        if field not in _wordy().get(table, {}):
            return said
        then = self.pseudonym.value(said)
        return then[: _wordy()[table][field]] if isinstance(then, str) else then

    def rewrite_letters(self) -> None:
        """Take back what waits to be sent to the person, blank what was sent, and close their one-time links."""
        addresses = [each.lower() for each in self.pseudonym.addresses]
        to_them: Any = Letter.person_id.is_(None) & func.lower(Letter.address).in_(addresses)
        own = (Letter.consortium_id == self.home) & (to_them | Letter.person_id.in_(self.people))
        blank = dict.fromkeys(("address", "subject", "body", "secret", "error"), "")
        waiting = own & Letter.state.in_(_WAITING)
        self.connection.execute(update(Letter).where(waiting).values(state=LetterState.WITHDRAWN))
        self.done.letters = self.connection.execute(update(Letter).where(own).values(blank)).rowcount
        self.connection.execute(delete(StatusLink).where(StatusLink.person_id.in_(self.people)))
        for kind in (Letter, StatusLink):
            self.rewrite_rows(kind.__table__)

    def told(self) -> Iterator[dict[str, Any]]:
        """Tell of each record that was touched which of its changes say something else now."""
        for (entity, number), digests in self.redacted.items():
            last = select(Change.key).where(Change.entity == entity, Change.entity_id == number)
            yield {
                "consortium_id": self.home,
                "entity": entity,
                "entity_id": number,
                "key": self.connection.scalar(last.order_by(Change.id.desc()).limit(1)),
                "action": ERASED,
                "values": digests,
            }

    def _rewritten(self, table: Any) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
        """Walk the rows of a table that name the person, each with what its columns say from now on."""
        fields = {*_wordy().get(table.name, {}), *_keyed().get(table.name, ())} & set(table.c.keys())
        called = {*self.pseudonym.names, *self.pseudonym.addresses}
        named = [_says(table.c[name], called) for name in sorted(fields)]
        named += [_says(table.c["key"], self.pseudonym.keys)] if table.name in _keyed() else []
        own = self.people if table.name == Person.__tablename__ else self.own.get(table.name, ())
        named += [table.c.id.in_(own)] if own else []
        home = table.c.get("consortium_id", table.c.id if table.name == Consortium.__tablename__ else None)
        if home is None or not named:
            return
        for row in self._rows(table, home == self.home, or_(*named)):
            then = {name: self._said(table.name, row["id"], name, row[name]) for name in fields}
            changed = {name: said for name, said in then.items() if said != row[name]}
            if changed:
                yield row, changed

    def _rows(self, table: Any, *which: ColumnElement[bool]) -> Iterator[Mapping[str, Any]]:
        """Walk rows of a table in the order of their numbers; whoever is given one may write over it."""
        query = select(table).where(*which).order_by(table.c.id).limit(PAGE)
        last = 0
        while rows := self.connection.execute(query.where(table.c.id > last)).mappings().all():
            last = rows[-1]["id"]
            yield from ({str(name): value for name, value in row.items()} for row in rows)

    def _own_numbers(self, kind: type[Record]) -> frozenset[int]:
        """Find the records about the person, those that were removed too."""
        table: Any = kind.__table__
        people: Any = Person.__table__.c.id
        about = [column.in_(self.people) for column in table.columns if column.references(people)]
        gone = (Change.entity == table.name, Change.consortium_id == self.home, Change.action == "deleted")
        removed = select(Change.entity_id, Change.values).where(*gone)
        names = _keyed()[table.name] - {"key"}
        return frozenset(self.connection.scalars(select(table.c.id).where(or_(*about)))) | {
            number
            for number, values in self.connection.execute(removed)
            if any(values.get(name, [None])[0] in self.pseudonym.keys for name in names)
        }


@cache
def _keyed() -> Mapping[str, frozenset[str]]:
    """Tell by table the fields that say keys of people: their own, references to them, and keys that are made of those."""
    found = {}
    for kind in record_kinds():
        people = {each.key for each in references_of(kind.__mapper__) if each.mapper.class_ is Person}
        if people or kind is Person:
            found[kind.__tablename__] = frozenset({"key", *people})
    return found


@cache
def _wordy() -> Mapping[str, Mapping[str, int | None]]:
    """Tell by table the columns that say words, and how many signs each has room for; codes and keys are no words."""
    return {
        table.name: {
            column.key: getattr(column.type, "length", None)
            for column in table.columns
            if isinstance(column.type, String | JSON | TextColumn)
            and column.key != "key"
            and (getattr(column.type, "length", None) or _LONGEST) > CODE
        }
        for table in Base.metadata.sorted_tables
    }


def _own_fields(entity: str) -> tuple[str, ...]:
    return next((names for kind, names in OWN_WORDS.items() if kind.__tablename__ == entity), ())


#: the longest name
_LONGEST = 200


def _says(column: Any, needles: Iterable[str]) -> ColumnElement[bool]:
    """Return the criterion for what may say one of ``needles``; it finds too much rather than too little."""
    words = cast(column, String)
    said = {each for needle in needles for each in (needle, json.dumps(needle, ensure_ascii=False)[1:-1])}
    return or_(false(), *(words.icontains(each, autoescape=True) for each in sorted(said)))

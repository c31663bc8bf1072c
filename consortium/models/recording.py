"""The one recorder: every change of a record becomes history and text index, and nothing passes it by.

It listens to all sessions. While a unit of work is flushed it notes what each record was and is; before the unit is
committed it writes one change a record. Other statements that write records are refused, because it cannot see into
them: whoever must write past it, such as a step of a migration, does so on a connection and without a session.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, TextClause, event, insert, select
from sqlalchemy.orm import Session, SessionTransaction, attributes
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import UpdateBase

from consortium import clock
from consortium.models import indexing
from consortium.models.base import Record
from consortium.models.chain import digest_of, link_after, new_salt
from consortium.models.change import Change
from consortium.models.dialect import lock_for_append
from consortium.models.telling import Differences, differences, last_words, told_tables, touched_parts

_SIGNER, _NOTED, _PENDING, _SAVED, _GUARDS, _PAST = "signed_by", "noted", "pending", "saved", "guards", "past"

#: tells of a session that it only reads: nothing of it is ever kept, so that nobody need look through what it sends
READING = "reading"


@dataclass(frozen=True)
class Pending:
    """A change that is not yet written: before and after of each field that changed."""

    record: Record
    action: str
    values: Differences

    def then(self, later: "Pending") -> "Pending | None":
        """Add what a later flush of the same unit changed; what was made and deleted in one unit never was."""
        if (self.action, later.action) == ("created", "deleted"):
            return None
        merged = dict(self.values)
        for name, (before, after) in later.values.items():
            merged[name] = (merged[name][0] if name in merged else before, after)
        action = later.action if later.action == "deleted" else self.action
        return Pending(later.record, action, merged)


class UnsignedWrite(RuntimeError):
    """A record was changed without asking the policy who does it: a mistake in the code."""


def sign(session: Session, name: str) -> None:
    """Say on whose behalf ``session`` writes from now on."""
    session.info[_SIGNER] = name


@event.listens_for(Session, "before_flush")
def note(session: Session, _context: object, _instances: object) -> None:
    """Note what is about to change, while what was before is still known."""
    session.info.pop(_NOTED, None)
    parts = touched_parts(session)
    created = [each for each in session.new if isinstance(each, Record)]
    present = dict.fromkeys([*(each for each in session.dirty if isinstance(each, Record)), *parts])
    noted = [Pending(each, "created", differences(session, each, {})) for each in created]
    changed = [Pending(each, "changed", differences(session, each, parts.get(each, {}))) for each in present]
    noted += [each for each in changed if each.values]
    for each in noted:
        each.record.changed_at = clock.now()
        attributes.flag_modified(each.record, "changed_at")  # a new version, even within one tick of the clock
    deleted = [each for each in session.deleted if isinstance(each, Record)]
    session.info[_NOTED] = noted + [Pending(each, "deleted", last_words(session, each)) for each in deleted]


@event.listens_for(Session, "after_flush")
def keep(session: Session, _context: object) -> None:
    """Bring the text index up to date, and keep the changes until the unit is committed."""
    noted: list[Pending] = session.info.pop(_NOTED, [])
    pending = session.info.setdefault(_PENDING, {})
    for each in noted:
        name = (each.record.__tablename__, each.record.id)
        known = pending.pop(name, None)
        merged = known.then(each) if known else each
        if merged:
            pending[name] = merged
    indexing.update(session, [(each.record, each.action, each.values) for each in noted])


@event.listens_for(Session, "before_commit")
def write_history(session: Session) -> None:
    """Write one change a record and unit of work, each linked to the one before."""
    if session.info.get(READING):
        raise UnsignedWrite("a unit that only reads keeps nothing; open one that writes")
    if session.in_nested_transaction():
        return
    session.flush()
    pending: dict[Any, Pending] = session.info.pop(_PENDING, {})
    if not pending:
        return
    append(session.connection(), [_row(each) for each in pending.values()], by=signer(session))


def append(connection: Connection, rows: Iterable[Mapping[str, Any]], *, by: str) -> None:
    """Append changes to the history, each linked to the one before.

    :param rows: what each was done to, and what; when, which is one moment, by whom, salts, digests and links come here
    """
    at = clock.now()
    lock_for_append(connection, Change.__tablename__)
    link = connection.scalar(select(Change.link).order_by(Change.id.desc()).limit(1)) or ""
    linked = []
    for each in rows:
        row = {**each, "at": at, "by": by, "salt": new_salt()}
        row["digest"] = digest_of(row)
        row["link"] = link = link_after(link, row)
        linked.append(row)
    if linked:
        connection.execute(insert(Change), linked)


def signer(session: Session) -> str:
    """Tell on whose behalf ``session`` writes.

    :raises UnsignedWrite: if nobody has said so
    """
    if _SIGNER not in session.info:
        raise UnsignedWrite("a record was changed by a session that nobody signed; ask the policy first")
    return str(session.info[_SIGNER])


def _row(each: Pending) -> dict[str, Any]:
    record = each.record
    return {
        "consortium_id": record.consortium_id,  # type: ignore[attr-defined]  # every record has one, if only its own
        "entity": record.__tablename__,
        "entity_id": record.id,
        "key": record.key,
        "action": each.action,
        "values": {name: list(pair) for name, pair in each.values.items()},
    }


@event.listens_for(Session, "after_transaction_create")
def remember(session: Session, transaction: SessionTransaction) -> None:
    """Remember what was pending when a savepoint began, for as long as there is the savepoint."""
    if transaction.nested:
        saved = session.info.setdefault(_SAVED, WeakKeyDictionary())
        saved[transaction] = dict(session.info.get(_PENDING, {}))


@event.listens_for(Session, "after_soft_rollback")
def forget(session: Session, transaction: SessionTransaction) -> None:
    """Forget what was rolled back: a savepoint's changes, or all of the unit's.

    A flush that fails is a transaction of its own, and takes the savepoint around it with it.
    """
    point: SessionTransaction | None = transaction
    while point is not None and not point.nested:
        point = point.parent
    saved: Mapping[Any, Any] = {} if point is None else session.info.get(_SAVED, {}).get(point, {})
    session.info[_PENDING] = dict(saved)
    session.info.pop(_NOTED, None)
    indexing.forget(session)


@event.listens_for(Session, "after_begin")
def guard(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Watch all that a session sends, also what passes its flush by: bulk writes and statements on tables."""
    if transaction.nested or session.info.get(READING):
        return

    def refuse(_connection: Connection, _cursor: object, sql: str, _given: object, context: Any, _many: object) -> None:
        if session.info.get(_NOTED) or session.info.get(_PAST):
            return
        if context.compiled and (table := _written(sql, context.compiled.statement)):
            raise UnsignedWrite(f"{table} would pass the history by; change the records one by one")

    event.listen(connection, "before_cursor_execute", refuse)
    session.info.setdefault(_GUARDS, []).append((connection, refuse))


@contextmanager
def past_the_recorder(session: Session) -> Iterator[Connection]:
    """Let the block write records itself, and their history: only whoever takes a name out of both may, and does.

    :raises UnsignedWrite: if nobody has said on whose behalf
    """
    signer(session)
    session.flush()
    session.info[_PAST] = True
    try:
        yield session.connection()
    finally:
        del session.info[_PAST]
        session.expire_all()


@event.listens_for(Session, "after_transaction_end")
def dismiss(session: Session, transaction: SessionTransaction) -> None:
    """Let a connection that outlives the session's transaction go."""
    if transaction.parent is None:
        for connection, refuse in session.info.pop(_GUARDS, ()):
            event.remove(connection, "before_cursor_execute", refuse)


#: in the SQL of a statement that writes, there is one of these; in that of one that reads hardly ever
_WRITING = ("INSERT ", "UPDATE ", "DELETE ")


def _written(sql: str, statement: Any) -> str:
    """Name what of ours ``statement`` writes; words may only read, since nobody can see into them."""
    if isinstance(statement, TextClause):
        return "" if sql.lstrip().upper().startswith(("SELECT", "LOCK")) else "a statement in words"
    if any(word in sql for word in _WRITING):  # to walk every statement would be a tenth of a save
        for part in visitors.iterate(statement):
            if isinstance(part, UpdateBase) and part.table in told_tables():
                return f"a statement that writes {part.table.name}"
    return ""

"""The one recorder: every change of a record becomes history and text index, and nothing passes it by.

It listens to all sessions. While a unit of work is flushed it notes what each record was and is; before the unit is
committed it writes one change a record. Bulk statements on records are refused, because it cannot see into them.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.orm import ORMExecuteState, PassiveFlag, Session, SessionTransaction, attributes

from consortium import clock
from consortium.models import indexing
from consortium.models.base import Record
from consortium.models.change import Change
from consortium.models.dialect import lock_for_append
from consortium.texts import Text

#: columns that say how a row is kept, not what it says
UNTOLD = frozenset({"id", "version", "changed_at", "consortium_id", "consortium", "key_order"})

_SIGNER, _NOTED, _PENDING, _SAVED = "signed_by", "noted", "pending", "saved"


@dataclass(frozen=True)
class Pending:
    """A change that is not yet written: before and after of each field that changed."""

    record: Record
    action: str
    values: Mapping[str, tuple[Any, Any]]

    def then(self, later: "Pending") -> "Pending":
        """Add what a later flush of the same unit changed."""
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


def told_fields(record: Record) -> tuple[str, ...]:
    """List the fields of a record that its history tells: columns, references and collections."""
    mapper = type(record).__mapper__
    columns = [each.key for each in mapper.column_attrs if each.key not in UNTOLD and not each.columns[0].foreign_keys]
    references = [
        each.key for each in mapper.relationships if each.direction.name == "MANYTOONE" and each.key not in UNTOLD
    ]
    return (*columns, *references, *record.collections)


@event.listens_for(Session, "before_flush")
def note(session: Session, _context: object, _instances: object) -> None:
    """Note what is about to change, while what was before is still known."""
    noted = session.info.setdefault(_NOTED, [])
    for record in session.new:
        if isinstance(record, Record):
            noted.append(Pending(record, "created", dict(_differences(record, is_new=True))))
    for record in session.dirty:
        if isinstance(record, Record) and (values := dict(_differences(record))):
            noted.append(Pending(record, "changed", values))
    for record in session.deleted:
        if isinstance(record, Record):
            noted.append(
                Pending(
                    record, "deleted", {name: (_plain(getattr(record, name)), None) for name in told_fields(record)}
                )
            )
    for pending in noted:
        pending.record.changed_at = clock.now()


def _differences(record: Record, *, is_new: bool = False) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in told_fields(record):
        past = attributes.get_history(
            record, name, PassiveFlag.PASSIVE_NO_INITIALIZE if is_new else PassiveFlag.PASSIVE_OFF
        )
        if not past.has_changes():
            continue
        if name in record.collections:
            before, after = _keys([*past.unchanged, *past.deleted]), _keys([*past.unchanged, *past.added])
        else:
            before, after = _plain(_first(past.deleted)), _plain(_first(past.added))
        if before != after:
            yield name, (before, after)


def _first(values: Any) -> Any:
    return values[0] if values else None


def _keys(records: list[Any]) -> list[str]:
    return sorted(str(record.key) for record in records)


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, Record):
        return value.key
    if isinstance(value, (date, Decimal)):
        return str(value)
    return _keys(value) if isinstance(value, list) else value


@event.listens_for(Session, "after_flush")
def keep(session: Session, _context: object) -> None:
    """Bring the text index up to date, and keep the changes until the unit is committed."""
    noted: list[Pending] = session.info.pop(_NOTED, [])
    pending = session.info.setdefault(_PENDING, {})
    for each in noted:
        name = (each.record.__tablename__, each.record.id)
        pending[name] = pending[name].then(each) if name in pending else each
    indexing.update(session, [(each.record, each.action, each.values) for each in noted])


@event.listens_for(Session, "before_commit")
def write_history(session: Session) -> None:
    """Write one change a record and unit of work, each linked to the one before."""
    if session.in_nested_transaction():
        return
    session.flush()
    pending: dict[Any, Pending] = session.info.pop(_PENDING, {})
    if not pending:
        return
    connection = session.connection()
    lock_for_append(connection, Change.__tablename__)
    link = connection.scalar(select(Change.link).order_by(Change.id.desc()).limit(1)) or ""
    rows = []
    for each in pending.values():
        rows.append(_row(each, signer=_signer(session), link=link))
        link = rows[-1]["link"]
    connection.execute(insert(Change), rows)


def _signer(session: Session) -> str:
    if _SIGNER not in session.info:
        raise UnsignedWrite("a record was changed by a session that nobody signed; ask the policy first")
    return str(session.info[_SIGNER])


def _row(each: Pending, *, signer: str, link: str) -> dict[str, Any]:
    record, at, salt = each.record, clock.now(), secrets.token_hex(16)
    values = {name: list(pair) for name, pair in each.values.items()}
    row = {
        "consortium_id": record.consortium_id,  # type: ignore[attr-defined]  # every record has one, if only its own
        "entity": record.__tablename__,
        "entity_id": record.id,
        "key": record.key,
        "action": each.action,
        "at": at,
        "by": signer,
        "values": values,
        "salt": salt,
        "digest": digest_of(salt, values),
    }
    return {**row, "link": link_after(link, row)}


def digest_of(salt: str, values: Mapping[str, Any]) -> str:
    """Digest the values of a change so that they can be erased later without breaking the chain."""
    return hashlib.sha256((salt + json.dumps(values, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


def link_after(link: str, row: Mapping[str, Any]) -> str:
    """Chain a change to the ``link`` before it."""
    told = [
        link,
        row["entity"],
        row["entity_id"],
        row["key"],
        row["action"],
        row["at"].isoformat(),
        row["by"],
        row["digest"],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@event.listens_for(Session, "after_transaction_create")
def remember(session: Session, transaction: SessionTransaction) -> None:
    """Remember what was pending when a savepoint began."""
    if transaction.nested:
        session.info.setdefault(_SAVED, {})[transaction] = dict(session.info.get(_PENDING, {}))


@event.listens_for(Session, "after_soft_rollback")
def forget(session: Session, transaction: SessionTransaction) -> None:
    """Forget what was rolled back: a savepoint's changes, or all of the unit's."""
    session.info.pop(_NOTED, None)
    saved = session.info.get(_SAVED, {}).pop(transaction, {})
    session.info[_PENDING] = saved


@event.listens_for(Session, "do_orm_execute")
def refuse_bulk(state: ORMExecuteState) -> None:
    """Refuse bulk statements on records, which would have no history."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = state.bind_mapper
    if table is not None and issubclass(table.class_, Record):
        raise UnsignedWrite(
            f"bulk statements on {table.class_.__name__} would pass the history by; change the records one by one"
        )

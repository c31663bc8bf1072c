"""The chain of the history: each change is linked to the one before, so that tampering shows."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from consortium.models.change import Change

#: what a link says of its change, besides the moment, the digest and the link before
LINKED = ("consortium_id", "entity", "entity_id", "key", "action", "by")


def digest_of(salt: str, values: Mapping[str, Any]) -> str:
    """Digest the values of a change so that they can be erased later without breaking the chain."""
    return hashlib.sha256((salt + json.dumps(values, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()


def link_after(link: str, row: Mapping[str, Any]) -> str:
    """Chain a change to the ``link`` before it."""
    told = [link, *(row[name] for name in LINKED), row["at"].astimezone(UTC).isoformat(), row["digest"]]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def is_erased(row: Mapping[str, Any]) -> bool:
    """Tell whether the values of a change were erased: values and salt are then empty together, the digest stays."""
    return not row["salt"] and not row["values"]


@dataclass(frozen=True)
class Walk:
    """What a walk along the chain has found.

    :ivar count: changes that were met
    :ivar last: number and link of the last one
    :ivar misfits: numbers of the changes that do not fit to what they say, or to the one before
    :ivar erased: numbers of the changes whose values were erased
    """

    count: int
    last: tuple[int, str]
    misfits: tuple[int, ...]
    erased: tuple[int, ...]


def verify(unit: Session | Connection) -> int | None:
    """Walk the chain from its start, and return the number of the first change that does not fit, if there is one.

    Erased values break nothing. That changes are missing at the very end cannot be seen from what is left: for that,
    compare the last link with one that was kept elsewhere.
    """
    return next((number for number, _link, is_fit in _walk(unit) if not is_fit), None)


def walk(unit: Session | Connection) -> Walk:
    """Walk the chain to its end; after a change that does not fit, on from what it says of itself."""
    count, last, misfits = 0, (0, ""), []
    for number, link, is_fit in _walk(unit):
        count, last = count + 1, (number, link)
        if not is_fit:
            misfits.append(number)
    erased = unit.scalars(select(Change.id).where(Change.salt == "").order_by(Change.id))
    return Walk(count, last, tuple(misfits), tuple(erased))


def find_link(unit: Session | Connection, link: str) -> int | None:
    """Find the number of the change that has ``link``."""
    return unit.scalar(select(Change.id).where(Change.link == link).limit(1))


def _walk(unit: Session | Connection) -> Iterator[tuple[int, str, bool]]:
    columns = [type_coerce(column, NullType()).label(column.name) for column in Change.__table__.columns]
    query = select(*columns).order_by(Change.id).execution_options(yield_per=500)
    with unit.execute(query) as found:
        link = ""
        for row in found.mappings():
            yield row["id"], row["link"], _fits({str(name): value for name, value in row.items()}, link)
            link = row["link"]


def _fits(row: Mapping[str, Any], link: str) -> bool:
    """Tell whether a row as the database keeps it fits; what is no value of ours, somebody else has written."""
    try:
        fields = {**row, "at": _moment(row["at"]), "values": _values(row["values"])}
        if fields["link"] != link_after(link, fields):
            return False
        return is_erased(fields) or bool(fields["digest"] == digest_of(fields["salt"], fields["values"]))
    except (AttributeError, TypeError, ValueError):
        return False


def _moment(kept: Any) -> datetime:
    moment = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _values(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str | bytes) else kept

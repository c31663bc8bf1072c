"""The chain of the history: each change is linked to the one before, so that tampering shows."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from consortium.models.change import Change

#: what a link says of its change, besides the moment, the digest and the link before; nothing of it names anybody
LINKED = ("consortium_id", "entity", "entity_id", "action")

#: what the digest of a change is made of, besides its salt; all of it may name somebody
DIGESTED = ("by", "key", "values")

#: the action of a change that says which changes before it have lost somebody's name, and what their digests are now
ERASED = "erased"


def digest_of(row: Mapping[Any, Any]) -> str:
    """Digest what a change says, with its salt: whoever knows the digest alone cannot guess what was said."""
    told = json.dumps({name: row[name] for name in DIGESTED}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((row["salt"] + told).encode()).hexdigest()


def new_salt() -> str:
    """Make a salt, 128 bits that nobody can guess."""
    return secrets.token_hex(16)


def link_after(link: str, row: Mapping[str, Any]) -> str:
    """Chain a change to the ``link`` before it."""
    told = [link, *(row[name] for name in LINKED), row["at"].astimezone(UTC).isoformat(), row["digest"]]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Erasing:
    """An erasure of somebody, as the history tells it.

    :ivar numbers: of the changes from which the name was taken out
    """

    at: datetime
    by: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Walk:
    """What a walk along the chain has found.

    :ivar count: changes that were met
    :ivar last: number and link of the last one
    :ivar misfits: numbers of the changes that do not fit to what they say, or to the one before
    :ivar erasings: those that later changes tell of
    """

    count: int
    last: tuple[int, str]
    misfits: tuple[int, ...]
    erasings: tuple[Erasing, ...]


def verify(unit: Session | Connection) -> int | None:
    """Walk the chain from its start, and return the number of the first change that does not fit, if there is one.

    Where a name was taken out, nothing breaks. That changes are missing at the very end cannot be seen from what is
    left: for that, compare the last link with one that was kept elsewhere.
    """
    return next((number for number, _link, is_fit in _walk(unit) if not is_fit), None)


def walk(unit: Session | Connection) -> Walk:
    """Walk the chain to its end; after a change that does not fit, on from what it says of itself."""
    count, last, misfits = 0, (0, ""), []
    for number, link, is_fit in _walk(unit):
        count, last = count + 1, (number, link)
        if not is_fit:
            misfits.append(number)
    return Walk(count, last, tuple(misfits), tuple(_erasings(unit)))


def find_link(unit: Session | Connection, link: str) -> int | None:
    """Find the number of the change that has ``link``."""
    return unit.scalar(select(Change.id).where(Change.link == link).limit(1))


def _walk(unit: Session | Connection) -> Iterator[tuple[int, str, bool]]:
    columns = [type_coerce(column, NullType()).label(column.name) for column in Change.__table__.columns]
    query = select(*columns).order_by(Change.id).execution_options(yield_per=500)
    digests: dict[int, str] = {}
    for _at, _by, later in _told_erasings(unit):
        digests |= later
    with unit.execute(query) as found:
        link = ""
        for row in found.mappings():
            fields = {str(name): value for name, value in row.items()}
            yield row["id"], row["link"], _fits(fields, link, digests.get(row["id"]))
            link = row["link"]


def _erasings(unit: Session | Connection) -> Iterator[Erasing]:
    """Walk the erasures: one has a change for each record, of the same moment."""
    for (at, by), told in groupby(_told_erasings(unit), key=lambda each: each[:2]):
        if numbers := sorted(number for _at, _by, digests in told for number in digests):
            yield Erasing(at, by, tuple(numbers))


def _told_erasings(unit: Session | Connection) -> Iterator[tuple[datetime, str, dict[int, str]]]:
    """Walk the changes that tell of an erasure, each with the digests that changes before it have since."""
    columns = [type_coerce(column, NullType()).label(column.key) for column in (Change.at, Change.by, Change.values)]
    for row in unit.execute(select(*columns).where(Change.action == ERASED).order_by(Change.id)):
        with suppress(AttributeError, TypeError, ValueError):  # then that change itself does not fit
            digests = {int(number): str(after) for number, (_before, after) in _values(row.values).items()}
            yield _moment(row.at), row.by, digests


def _fits(row: Mapping[str, Any], link: str, digest: str | None) -> bool:
    """Tell whether a row as the database keeps it fits; what is no value of ours, somebody else has written.

    :param digest: of what it says since a name was taken out of it, if one was
    """
    try:
        fields = {**row, "at": _moment(row["at"]), "values": _values(row["values"])}
        return fields["link"] == link_after(link, fields) and digest_of(fields) == (digest or fields["digest"])
    except (AttributeError, TypeError, ValueError):
        return False


def _moment(kept: Any) -> datetime:
    moment = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _values(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str | bytes) else kept

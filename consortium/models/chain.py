"""The chain of the history: each change is linked to the one before, so that tampering shows."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

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


def verify(unit: Session | Connection) -> int | None:
    """Walk the chain from its start, and return the number of the first change that does not fit, if there is one.

    Erased values break nothing. That changes are missing at the very end cannot be seen from what is left: for that,
    compare the last link with one that was kept elsewhere.
    """
    query = select(Change.__table__).order_by(Change.id).execution_options(yield_per=500)
    with unit.execute(query) as found:
        link = ""
        for row in found.mappings():
            fields = {str(name): value for name, value in row.items()}
            if not _fits(fields, link):
                return int(fields["id"])
            link = fields["link"]
    return None


def _fits(row: Mapping[str, Any], link: str) -> bool:
    if row["link"] != link_after(link, row):
        return False
    return is_erased(row) or bool(row["digest"] == digest_of(row["salt"], row["values"]))

"""One way to write the facts down, and the hash of that."""

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from consortium.facts.values import Facts
from consortium.texts import Text


def canonical_lines(facts: Facts) -> Iterator[str]:
    """Write the facts as JSON lines: one for the consortium and its day, one a partner, one a sub-project."""
    yield _line({"consortium": facts.consortium, "day": facts.day})
    for partner in facts.partners:
        yield _line(partner)
    for sub_project in facts.sub_projects:
        yield _line(sub_project)


def fingerprint(facts: Facts) -> str:
    """Return the SHA-256 of the canonical facts, in hex.

    It covers what is said and how far it can be trusted, not who typed it when: the same workbook gives the same
    fingerprint on every machine and database.
    """
    whole = hashlib.sha256()
    for line in canonical_lines(facts):
        whole.update(line.encode())
    return whole.hexdigest()


def _line(value: object) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, Text):
        return value.to_json(stamps=False)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}
    raise TypeError(f"facts hold no {type(value).__name__}")

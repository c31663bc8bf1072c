"""Writes records as JSON Lines: one object a line, and equal bytes for equal records on every machine and database."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from consortium import __version__
from consortium.models import Consortium
from consortium.services.exporting.fields import kinds
from consortium.services.exporting.records import Told, tell
from consortium.services.policy import Principal
from consortium.texts import Text

#: the version of the format; a newer one is not read by an older program
FORMAT = 1


def write_lines(session: Session, principal: Principal, *, consortium: Consortium, file: BinaryIO) -> int:
    """Write all that ``principal`` may see of ``consortium``, and return how many records that is.

    The first line says what the file is, the last one how many records there are, so that half a file is known as one.
    """
    count = 0
    file.write(_line({"consortium-export": FORMAT, "consortium": consortium.key, "program": __version__}))
    for told in _all(session, principal, consortium):
        file.write(_line({"record": told.kind.__tablename__, "key": told.key} | plain(told.values)))
        count += 1
    file.write(_line({"end": count}))
    return count


def plain(value: Any) -> Any:
    """Turn what a record says into plain JSON whose objects are in one order, whatever the database keeps them in."""
    if isinstance(value, Text):
        return _sorted(value.to_json()) if value else None
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return value


def _all(session: Session, principal: Principal, consortium: Consortium) -> Iterator[Told]:
    for kind in kinds():
        yield from tell(session, principal, kind=kind, consortium=consortium)


def _sorted(value: Any) -> Any:
    return {name: _sorted(value[name]) for name in sorted(value)} if isinstance(value, dict) else value


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

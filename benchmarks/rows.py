"""Rows of invented records: written many at a time, past the recorder, which has tests of its own."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from consortium.texts import Text

#: the moment at which all of it was typed
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def many(connection: Connection, statement: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows, some thousands at a time."""
    iterator: Iterator[dict[str, Any]] = iter(rows)
    while some := list(islice(iterator, 2000)):
        connection.execute(statement, some)


def kept() -> dict[str, Any]:
    """Give what every record has: its version, and when it was changed."""
    return {"version": 1, "changed_at": AT}


def text(nb: str, sv: str) -> Text:
    """Make a text in two languages."""
    return Text().write("nb", nb, by="bench", at=AT).translate("sv", sv, by="bench", at=AT)

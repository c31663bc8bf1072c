"""How values are spelled in a backup: the same words for the same value, whichever database keeps it."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Dialect, Integer, LargeBinary, String
from sqlalchemy.types import TypeEngine

from consortium.models.columns import Moment
from consortium.models.dialect import dump


@dataclass(frozen=True)
class Spelling:
    """How values of one kind are read from a database, spelled, and written into one.

    :ivar type: by which SQLAlchemy reads and writes them
    :ivar spell: makes a value of JSON of what was read
    :ivar understand: makes of that again what is written
    """

    type: TypeEngine[Any]
    spell: Callable[[Any], Any] = lambda value: value
    understand: Callable[[Any], Any] = lambda value: value


def _spell_json(value: str) -> list[Any]:
    """Keep what JSON calls null apart from no value at all."""
    return [json.loads(value)]


#: the kinds of values; of JSON the databases know different types, and both read and write it as words
SPELLINGS: Mapping[str, Spelling] = {
    "boolean": Spelling(Boolean()),
    "bytes": Spelling(LargeBinary(), lambda value: b64encode(value).decode(), b64decode),
    "date": Spelling(Date(), date.isoformat, date.fromisoformat),
    "integer": Spelling(BigInteger()),
    "json": Spelling(String(), _spell_json, lambda value: dump(value[0])),
    "moment": Spelling(Moment(), datetime.isoformat, datetime.fromisoformat),
    "text": Spelling(String()),
}

#: which type of a column is of which kind; the first that fits
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "boolean"),
    (DateTime, "moment"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (JSON, "json"),
    (Integer, "integer"),
    (String, "text"),
)


def kind_of(type_: TypeEngine[Any]) -> str:
    """Tell of which kind the values of a column are."""
    return next(kind for known, kind in _KINDS if isinstance(type_, known))


def spellers(kinds: list[str]) -> list[Callable[[Any], Any]]:
    """Return what spells the values of a row, in their order."""
    return [_unless_empty(SPELLINGS[kind].spell) for kind in kinds]


def writers(kinds: list[str], dialect: Dialect) -> list[Callable[[Any], Any]]:
    """Return what makes of the spelled values of a row what the driver of a database takes."""
    made = []
    for kind in kinds:
        spelling = SPELLINGS[kind]
        bind = spelling.type.dialect_impl(dialect).bind_processor(dialect)
        made.append(_unless_empty(_after(spelling.understand, bind) if bind else spelling.understand))
    return made


def _after(first: Callable[[Any], Any], then: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: then(first(value))


def _unless_empty(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else change(value)

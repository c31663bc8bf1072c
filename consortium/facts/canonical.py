"""One way to write the facts down, line by line, and to read them again."""

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from consortium.facts.stream import Stream
from consortium.facts.sub_projects import SubProjectFacts
from consortium.facts.values import Facts
from consortium.texts import Text

T = TypeVar("T")

#: what is not in the head of the facts: the sub-projects have lines of their own
OWN_LINES = frozenset({"sub_projects", "fingerprint"})

Read = Callable[[Any], Any]


def line_of(value: object) -> bytes:
    """Write a value of the facts as one line of JSON, the same on every machine.

    It tells what is said and how far it can be trusted, not who typed it when.
    """
    said = json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return said.encode() + b"\n"


def head_of(facts: Facts) -> bytes:
    """Write all facts but the sub-projects as one line."""
    names = (part.name for part in dataclasses.fields(facts) if part.name not in OWN_LINES)
    return line_of({name: getattr(facts, name) for name in names})


def lines_of(facts: Facts) -> Iterable[bytes]:
    """Walk the lines of the sub-projects, as they are kept or as they are written."""
    return facts.sub_projects.lines() if facts.sub_projects.lines else map(line_of, facts.sub_projects)


def fingerprint(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of the canonical lines, in hex."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line)
    return whole.hexdigest()


def read_facts(head: bytes, lines: Callable[[], Iterable[bytes]], *, fingerprint: str) -> Facts:
    """Read facts from their head and a way to walk the lines of their sub-projects."""
    data = json.loads(head)
    kinds = get_type_hints(Facts)
    own = {name: reader(kinds[name])(data[name]) for name in data}
    sub_projects = Stream(lambda: map(read_sub_project, lines()), lines)
    return Facts(**own, sub_projects=sub_projects, fingerprint=fingerprint)


def read_sub_project(line: bytes) -> SubProjectFacts:
    """Read a sub-project from its line."""
    return reader(SubProjectFacts)(json.loads(line))  # type: ignore[no-any-return]  # a reader gives what it is made for


def pack(line: bytes) -> bytes:
    """Make a line smaller, to be kept."""
    return zlib.compress(line, 6)


def unpack(packed: bytes) -> bytes:
    """Return the line that :func:`pack` made smaller.

    :raises zlib.error: if it is no such line
    """
    return zlib.decompress(packed)


def _plain(value: object) -> Any:
    if isinstance(value, Text):
        return value.to_json(stamps=False)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    raise TypeError(f"facts hold no {type(value).__name__}")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(part.name for part in dataclasses.fields(kind))


@cache
def reader(kind: Any) -> Read:
    """Make the function that turns plain JSON into a value of ``kind``."""
    if kind in _READERS:
        return _READERS[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    if get_origin(kind) in {Union, UnionType}:
        (inner,) = (part for part in get_args(kind) if part is not NoneType)
        read = reader(inner)
        return lambda value: None if value is None else read(value)
    if get_origin(kind) is tuple:
        each = reader(get_args(kind)[0])
        return lambda values: tuple(map(each, values))
    raise TypeError(f"facts hold no {kind}")


def _dataclass_reader(kind: Any) -> Read:
    hints = get_type_hints(kind)
    parts: list[tuple[str, Read]] = []

    def read(value: Any) -> Any:
        if not parts:  # made when first used, because a kind may hold itself
            parts.extend((name, reader(hints[name])) for name in _names(kind))
        # a field that is younger than the line takes its default
        return kind(**{name: part(value[name]) for name, part in parts if name in value})

    return read


def _as_it_is(value: Any) -> Any:
    return value


_READERS: dict[Any, Read] = {
    str: _as_it_is,
    int: _as_it_is,
    date: date.fromisoformat,
    Decimal: Decimal,
    Text: Text.from_json,
    Literal["day", "gathering", "snapshot"]: _as_it_is,
    Literal["partner", "country", "theme"]: _as_it_is,
}

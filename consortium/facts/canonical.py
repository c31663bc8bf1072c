"""One way to write the facts down, line by line, and to read them again."""

import dataclasses
import hashlib
import zlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from consortium.facts.stream import Stream
from consortium.facts.sub_projects import SubProjectFacts
from consortium.facts.values import Facts
from consortium.texts import Text

T = TypeVar("T")

#: what is not in the head of the facts: the sub-projects have lines of their own
OWN_LINES = frozenset({"sub_projects", "fingerprint"})

Plain = Callable[[Any], Any]


def line_of(value: object) -> bytes:
    """Write a value of the facts as one line of JSON, the same on every machine.

    It tells what is said and how far it can be trusted, not who typed it when.

    :raises TypeError: if facts hold no such value
    """
    kind: Any = type(value)
    plain = _plain_of(kind)
    return _ENCODER.encode(plain(value) if plain else value) + b"\n"


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
    kinds = get_type_hints(Facts)
    own = {name: _decoder(kinds[name]).decode(raw) for name, raw in _PARTS.decode(head).items()}
    sub_projects = Stream(lambda: map(read_sub_project, lines()), lines)
    return Facts(**own, sub_projects=sub_projects, fingerprint=fingerprint)


def read_sub_project(line: bytes) -> SubProjectFacts:
    """Read a sub-project from its line; a field that is younger than the line takes its default."""
    return _decoder(SubProjectFacts).decode(line)  # type: ignore[no-any-return]  # a decoder gives what it is made for


def pack(line: bytes) -> bytes:
    """Make a line smaller, to be kept."""
    return zlib.compress(line, 6)


def unpack(packed: bytes) -> bytes:
    """Return the line that :func:`pack` made smaller.

    :raises zlib.error: if it is no such line
    """
    return zlib.decompress(packed)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, dec_hook=_read)


def _read(kind: type, value: Any) -> Any:
    if kind is Text:
        return Text.from_json(value)
    raise TypeError(f"facts hold no {kind.__name__}")


def _write(value: object) -> Any:
    if isinstance(value, Text):
        return msgspec.Raw(value.unstamped())
    raise TypeError(f"facts hold no {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_write, order="sorted")
_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])


@cache
def _plain_of(kind: Any) -> Plain | None:
    """Make the function that puts plain values in the place of numbers that can be written in several ways, if ``kind`` holds any."""
    if kind is Decimal:
        return lambda value: format(value.normalize(), "f")
    if dataclasses.is_dataclass(kind):
        return _plain_parts(kind)
    if inner := [each for each in get_args(kind) if each not in {NoneType, Ellipsis}]:
        plain = _plain_of(inner[0])
        if plain is None:
            return None
        if get_origin(kind) is tuple:
            return lambda values: [plain(each) for each in values]
        return lambda value: None if value is None else plain(value)
    return None


def _plain_parts(kind: Any) -> Plain | None:
    hints = get_type_hints(kind)
    again = [name for name, hint in hints.items() if kind in get_args(hint)]  # a kind may hold itself
    parts = {name: part for name, hint in hints.items() if name not in again and (part := _plain_of(hint))}
    if not parts:
        return None
    names = tuple(part.name for part in dataclasses.fields(kind))

    def plain(value: Any) -> dict[str, Any]:
        said = {name: getattr(value, name) for name in names}
        return said | {name: part(said[name]) for name, part in parts.items()}

    parts |= dict.fromkeys(again, lambda value: None if value is None else plain(value))
    return plain

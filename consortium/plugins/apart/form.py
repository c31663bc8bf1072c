"""Parts of a document as lines of JSON: written by whoever tells them, read strictly by whoever has asked for them."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from consortium.documents import Bar, Block, Details, Document, Drawing, Grid, Mark, Phrase, Row, Table, Words
from consortium.documents.blocks import Column, Panel
from consortium.documents.drawings import GridRow, Lane, Part, Point, Square

#: what can stand in a document, by its name
KINDS: Mapping[str, Any] = {
    kind.__name__.lower(): kind
    for kind in (
        *get_args(Block),
        *get_args(Drawing),
        *(Bar, Column, Document, GridRow, Lane, Panel, Part, Point, Row, Square),
    )
}
_NAMES = {kind: name for name, kind in KINDS.items()}

#: bytes of a line, signs of the words in one place, and how large a number may be
MOST_BYTES, MOST_SIGNS, LARGEST = 8 << 20, 1 << 20, 10**9

#: words of fewer signs are often the same
SHORT = 60

#: control signs but tab and line end, and halves of signs: what no format can hold
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

#: names are no paths
_NAME = re.compile(r"(?!.*\.\.)[\w.:-]{0,300}")
_PATTERNS = {
    "key": re.compile(r"(?!.*\.\.)\w[\w.-]{0,99}"),
    "language": re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}"),
    "fingerprint": re.compile("[0-9a-f]{0,64}"),
    **dict.fromkeys(("anchor", "link", "sign"), _NAME),
}
_MARKS: Mapping[str, Mark] = {str(mark): mark for mark in Mark}

Read = Callable[[Any], Any]


class Strange(ValueError):
    """What was told is no part of a document."""


class Streamed(Exception):  # it is no error: the value is told piece by piece
    """A value has a stream in it, which no single line can hold."""


def line_of(value: object) -> bytes:
    """Write a value as one line.

    :raises Streamed: if there is a stream in it
    :raises Strange: if something in it is no part of a document
    """
    return _ENCODER.encode(value).encode() + b"\n"


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind is Phrase:
        if value.mark or value.note or value.sign:
            return value.words, value.language, value.mark, value.note, value.sign
        return value.words, value.language
    if kind in _NAMES:
        return _NAMES[kind], *_parts(kind)(value)
    if kind is date:
        return value.isoformat()
    if isinstance(value, Iterable):
        raise Streamed
    raise Strange(f"a {type(value).__name__} is no part of a document")


@cache
def _parts(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    names = _fields(kind)
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def data_of(line: bytes) -> list[Any]:
    """Read what a line holds: a list that begins with its kind.

    :raises Strange: if it holds anything else
    """
    if len(line) > MOST_BYTES or not line.endswith(b"\n"):
        raise Strange("a line has no end")
    try:
        data = _DECODER.decode(line.decode())
    except (ValueError, RecursionError) as fault:
        raise Strange("a line is no JSON") from fault
    if type(data) is not list or not data or type(data[0]) is not str:
        raise Strange("a line is of no kind")
    return data


def _refuse(number: str) -> None:
    raise ValueError(number)


# the functions of json make a new one of these for every line
_ENCODER = json.JSONEncoder(default=_plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_refuse)


def read(kind: Any, data: Any) -> Any:
    """Turn plain JSON into a value of ``kind``, such as ``Block``, and insist on it in every part.

    :raises Strange: if it is none
    """
    try:
        return _reader(kind)(data)
    except RecursionError:
        raise Strange("it is nested too deeply") from None


@cache
def _reader(kind: Any) -> Read:
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if origin in {Union, UnionType}:
        return _choice(tuple(inner))
    if origin is Literal:
        return lambda value: value if value in inner and type(value) in {str, int} else _strange(value)
    if origin is tuple and inner[-1] is not Ellipsis:
        return _row_of(tuple(map(_reader, inner)))
    return _list_of(inner[0])


def _choice(kinds: tuple[Any, ...]) -> Read:
    by_name = {_NAMES[kind]: kind for kind in kinds if kind is not NoneType}
    is_optional = NoneType in kinds

    def choose(value: Any) -> Any:
        if value is None and is_optional:
            return None
        if type(value) is not list or not value or type(value[0]) is not str or value[0] not in by_name:
            return _strange(value)
        return _reader(by_name[value[0]])(value)

    return choose


def _list_of(kind: Any) -> Read:
    def each(values: Any) -> tuple[Any, ...]:
        return tuple(map(_reader(kind), values)) if type(values) is list else _strange(values)

    return each


def _row_of(parts: tuple[Read, ...]) -> Read:
    def row(values: Any) -> tuple[Any, ...]:
        if type(values) is not list or len(values) != len(parts):
            return _strange(values)  # type: ignore[no-any-return]  # it raises
        return tuple(part(value) for part, value in zip(parts, values, strict=True))

    return row


def _dataclass_reader(kind: Any) -> Read:
    parts: list[Read] = []

    def build(value: Any) -> Any:
        if not parts:  # made when first used, because a section may hold sections
            hints = get_type_hints(kind)
            parts.extend(_field_reader(name, hints[name]) for name in _fields(kind))
        if type(value) is not list or len(value) != len(parts) + 1 or value[0] != _NAMES[kind]:
            return _strange(value)
        made = kind(*[part(each) for part, each in zip(parts, value[1:], strict=True)])
        return _even(made) if kind in {Table, Grid, Details} else made

    return build


def _field_reader(name: str, kind: Any) -> Read:
    if name == "shade":
        return lambda value: _number(value) if value in range(5) else _strange(value)
    if kind is str and name in _PATTERNS:
        return lambda value: _matching(_PATTERNS[name], value)
    if name == "languages":
        return lambda value: tuple(_matching(_PATTERNS["language"], each) for each in _few(value))
    return _reader(kind)


def _even(made: Any) -> Any:
    """Insist that rows are as wide as their table."""
    if isinstance(made, Table) and any(len(row.cells) != len(made.columns) for row in made.rows):
        raise Strange("a row of a table is wider or narrower than the table")
    if isinstance(made, Grid) and any(len(row.squares) != len(made.columns) for row in made.rows):
        raise Strange("a row of a grid is wider or narrower than the grid")
    return made


def _words(value: Any) -> Words:
    if type(value) is not list or len(value) > 2:  # noqa: PLR2004  # a document has one language or two
        return _strange(value)  # type: ignore[no-any-return]  # it raises
    return tuple(map(_phrase, value))


def _phrase(value: Any) -> Phrase:
    if type(value) is not list or len(value) not in {2, 5}:
        return _strange(value)  # type: ignore[no-any-return]  # it raises
    words, language, *others = value
    if not others and type(words) is type(language) is str and len(words) < SHORT:
        return _short(words, language)
    words, language = _text(words), _matching(_PATTERNS["language"], language)
    mark, note, sign = others or (None, "", "")
    return Phrase(words, language, _mark(mark), _text(note), _matching(_NAME, sign))


def _mark(value: Any) -> Mark | None:
    if value is None:
        return None
    return _MARKS[value] if type(value) is str and value in _MARKS else _strange(value)


@lru_cache(4096)
def _short(words: str, language: str) -> Phrase:
    """Make a phrase of words that are said again and again."""
    return Phrase(_text(words), _matching(_PATTERNS["language"], language))


def _text(value: Any) -> str:
    if type(value) is not str or len(value) > MOST_SIGNS or _UNUSABLE.search(value):
        return _strange(value)  # type: ignore[no-any-return]  # it raises
    return value


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    return value if type(value) is str and pattern.fullmatch(value) else _strange(value)


def _few(value: Any) -> list[Any]:
    return value if type(value) is list and len(value) in {1, 2} else _strange(value)


def _number(value: Any) -> int:
    return value if type(value) is int and abs(value) <= LARGEST else _strange(value)


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        return _strange(value)  # type: ignore[no-any-return]  # it raises


def _strange(value: Any) -> Any:
    raise Strange(f"{str(value)[:60]!r} is not what belongs there")


_PLAIN: Mapping[Any, Read] = {Words: _words, str: _text, int: _number, date: _day}

"""The JSON writer: the document itself, for programs; ``docs/report-json.md`` and ``report.schema.json`` describe it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, BinaryIO, get_args

from consortium.documents import Block, Chart, Document, Drawing, Section, Table, Writer
from consortium.errors import PluginProblem
from consortium.hook import hookimpl
from consortium.i18n.message import _

#: what the file calls itself, and the version of its form; raised when a reader of the former one would go wrong
FORMAT, VERSION = "consortium-report", 1

#: fields that may hold very much and come piece by piece, by the kind that has them
STREAMS = {Document: "blocks", Section: "blocks", Table: "rows", Chart: "table"}

_KINDS = {kind: kind.__name__.lower() for kind in (*get_args(Block), *get_args(Drawing))}


class JsonWriter(Writer):
    """Writes a document as JSON, a block or a row on each line."""

    key = "json"
    media_type = "application/json"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file`` as it walks the blocks, and never hold them all."""
        found = _pieces(document)
        while some := "".join(islice(found, 256)):
            # half of a sign, which UTF-8 cannot say, becomes what JSON calls it
            file.write(some.encode("utf-8", "backslashreplace"))


def _pieces(document: Document) -> Iterator[str]:
    yield f'{{"format": "{FORMAT}", "version": {VERSION}, '
    yield from _streamed(document)
    yield "}\n"


def _streamed(value: Any) -> Iterator[str]:
    """Yield the fields of a value of which one is a stream, which comes last."""
    stream = STREAMS[type(value)]
    yield _text(_plain(value, without=stream))[1:-1]
    inner = getattr(value, stream)
    yield f', "{stream}": '
    if isinstance(inner, Table):
        yield "{"
        yield from _streamed(inner)
        yield "}"
        return
    yield "["
    for number, each in enumerate(inner):
        yield ",\n" if number else "\n"
        yield from _block(each) if stream == "blocks" else (_text(_plain(each)),)
    yield "]"


def _block(block: Block) -> Iterator[str]:
    if type(block) not in _KINDS:
        raise PluginProblem(_("A document holds a {kind}, which is no block.").fill(kind=type(block).__name__))
    if type(block) not in STREAMS:
        yield _text(_plain(block))
        return
    yield "{"
    yield from _streamed(block)
    yield "}"


def _plain(value: Any, without: str = "") -> Any:
    """Turn a value into what JSON knows; what a field would say anyway is left out."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    plain = {"kind": _KINDS[kind]} if kind in _KINDS else {}
    for name, default in _fields(kind):
        said = getattr(value, name)
        if name != without and (default is MISSING or said != default):
            plain[name] = _plain(said)
    return plain


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    known: tuple[Field[Any], ...] = fields(kind) if is_dataclass(kind) else ()
    return tuple((each.name, each.default) for each in known)


def _text(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False)


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the JSON writer."""
    yield JsonWriter()

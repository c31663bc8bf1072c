"""What a guest's process has told: checked line by line, then walked again without ever being all in memory."""

import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from consortium.documents import Block, Chart, Document, Drawing, Heading, Row, Section, Table, Words
from consortium.documents.blocks import Column
from consortium.facts import Stream
from consortium.plugins.apart.form import MOST_BYTES, Strange, data_of, read
from consortium.plugins.apart.lines import Lines

#: how deep sections may lie in each other, and how many parts a report may have
DEEPEST, MOST_PARTS = 8, 200

#: what is told piece by piece, and what is known of it before its first piece
OPENED: Mapping[str, tuple[Any, ...]] = {
    "section": (Heading,),
    "table": (Words, tuple[Column, ...]),
    "chart": (Words, Words, Drawing),
}


@dataclass(frozen=True)
class Failed:
    """Why a part is not there.

    :ivar kind: ``raised``, ``memory``, ``strange``, or how a process ended
    :ivar words: what the guest said, in English
    :ivar said: the same in other languages, where it is known
    """

    kind: str
    words: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    at: str = ""


@dataclass
class Part:
    """A part of a report, between two places of the file."""

    start: int = 0
    end: int = 0
    failed: Failed | None = None


class Told:
    """The lines that a guest's process has written, and what is to be found where.

    :ivar document: without its blocks, if it has come so far
    :ivar names: of its parts, in order
    :ivar parts: those that were begun, by their names
    :ivar failed: why there is no document at all
    :ivar is_whole: the process has come to its end
    :ivar open: the part in which it ended, if any
    :ivar proven: for each plugin that was tried, why it cannot come in, if so
    """

    def __init__(self, file: BinaryIO) -> None:
        self.document: Document | None = None
        self.names: tuple[str, ...] = ()
        self.parts: dict[str, Part] = {}
        self.failed: Failed | None = None
        self.is_whole = False
        self.open = ""
        self.proven: dict[str, Failed | None] = {}
        self._file = file
        weakref.finalize(self, file.close)  # then it is gone, for it has no name
        self._lines = Lines(file.fileno())
        self._ends: dict[int, int] = {}
        try:
            self._survey()
        except Strange as fault:
            self._blame(Failed("strange", str(fault)))

    def _blame(self, failed: Failed) -> None:
        if self.open:
            self.parts[self.open].failed, self.open = failed, ""
        else:
            self.failed = self.failed or failed

    def _survey(self) -> None:
        """Read every line once, and remember where parts and what lies in them end."""
        place = 0
        while line := self._lines.at(place, MOST_BYTES):
            if not line.endswith(b"\n"):
                if len(line) < MOST_BYTES:
                    return  # the process ended in the middle of it
                raise Strange("a line is too long")
            place = self._take(data_of(line), place, place + len(line))

    def _take(self, data: list[Any], place: int, after: int) -> int:
        """Take a line that stands between the parts, or a part as a whole; return where the next one begins."""
        kind, *rest = data
        if kind == "document":
            self.document = read(Document, data)
        elif kind == "parts" and len(rest) <= MOST_PARTS:
            self.names = read(tuple[str, ...], rest)
        elif kind == "begin" and rest and rest[0] in self.names and rest[0] not in self.parts:
            self.open = rest[0]
            self.parts[self.open] = Part(after, after)
            return self._part(self.parts[self.open], after)
        elif kind == "failed":
            self._blame(_failed(rest))
        elif kind == "proven" and rest and type(rest[0]) is str:
            self.proven[rest[0]] = _failed(rest[1:]) if rest[1:] else None
        elif kind == "whole":
            self.is_whole = True
        else:
            raise Strange(f"{str(kind)[:60]!r} is not what belongs there")
        return after

    def _part(self, part: Part, place: int) -> int:
        """Check a part up to its end; one that is strange is passed over, and the next one looked for."""
        checks: list[tuple[int, str, Callable[[Any], object]]] = [(place, "", _block)]
        while line := self._lines.at(place, MOST_BYTES):
            if not line.endswith(b"\n"):
                break
            after = place + len(line)
            try:
                data = data_of(line)
                if data[0] in {"end", "failed"}:
                    return self._close(part, data, place, after, depth=len(checks))
                if part.failed is None:
                    self._check(data, place, after, checks)
            except Strange as fault:
                part.failed = part.failed or Failed("strange", str(fault))
            place = after
        return place + len(line)

    def _close(self, part: Part, data: list[Any], place: int, after: int, *, depth: int) -> int:
        if data[0] == "failed":
            part.failed = _failed(data[1:])
        elif depth > 1 and part.failed is None:
            part.failed = Failed("strange", "what was opened is not closed")
        part.end, self.open = place, ""
        return after

    def _check(self, data: list[Any], place: int, after: int, checks: list[tuple[int, str, Any]]) -> None:
        start, kind, check = checks[-1]
        if data[0] == "open":
            name, heads = _opened(data)
            if (kind == "table" or len(checks) > DEEPEST) or (kind == "chart" and name != "table"):
                raise Strange("it is nested too deeply")
            checks.append((place, name, _inner(name, heads)))
        elif data[0] == "close" and kind:
            self._ends[start] = after
            checks.pop()
        else:
            check(data)

    def blocks(self, name: str) -> Iterator[Block]:
        """Walk the blocks of a part that is whole."""
        part = self.parts[name]
        return self._walk(part.start, part.end, _block)

    def _walk(self, place: int, end: int, make: Callable[[Any], Any]) -> Iterator[Any]:
        lines = Lines(self._file.fileno())
        while place < end:
            line = lines.at(place, MOST_BYTES)
            data = data_of(line)
            if data[0] == "close":
                return
            if data[0] == "open":
                yield self._inside(data, place + len(line), self._ends[place])
                place = self._ends[place]
            else:
                yield make(data)
                place += len(line)

    def _inside(self, data: list[Any], start: int, end: int) -> Block:
        """Make what was told piece by piece; its pieces are walked when somebody asks for them."""
        name, heads = _opened(data)
        if name == "section":
            return Section(heads[0], Stream(lambda: self._walk(start, end, _block)))
        if name == "table":
            return Table(heads[0], heads[1], Stream(lambda: self._walk(start, end, _row)))
        return Chart(heads[0], heads[1], heads[2], next(self._walk(start, end, _block)))


def _opened(data: list[Any]) -> tuple[str, list[Any]]:
    if len(data) < 2 or data[1] not in OPENED or len(data) != 2 + len(OPENED[data[1]]):  # noqa: PLR2004  # the name
        raise Strange("what is opened is of no kind")
    return data[1], [read(kind, each) for kind, each in zip(OPENED[data[1]], data[2:], strict=True)]


def _inner(name: str, heads: list[Any]) -> Callable[[Any], object]:
    """Choose the check of what lies in something that was opened."""
    if name == "table":
        return _row_check(len(heads[1]))
    return _table if name == "chart" else _block


def _block(data: Any) -> Block:
    return read(Block, data)  # type: ignore[no-any-return]  # it is of the kind that is asked for


def _table(data: Any) -> Table:
    return read(Table, data)  # type: ignore[no-any-return]  # it is of the kind that is asked for


def _row(data: Any) -> Row:
    return read(Row, data)  # type: ignore[no-any-return]  # it is of the kind that is asked for


def _row_check(width: int) -> Callable[[Any], Row]:
    def check(data: Any) -> Row:
        row = _row(data)
        if len(row.cells) != width:
            raise Strange("a row of a table is wider or narrower than the table")
        return row

    return check


def _failed(data: list[Any]) -> Failed:
    """Read why a part failed, in the words of whoever has written it."""
    if len(data) != 4 or type(data[2]) is not dict:  # noqa: PLR2004  # kind, words, words by language, place
        return Failed("strange")
    kind, words, said, at = data
    return Failed(
        read(str, kind), read(str, words)[:500], {tag: read(str, said[tag])[:500] for tag in said}, read(str, at)[:200]
    )

"""Writes what a guest tells as lines, part by part: what has come to its end stays, whatever happens afterwards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from consortium.documents import Block, Chart, Document, Section, Table
from consortium.errors import ConsortiumError
from consortium.plugin_log import place_in
from consortium.plugins.apart.form import KINDS, MOST_BYTES, Strange, Streamed, line_of
from consortium.variants.parts import Parts

Walk = Callable[[], Iterable[Block]]


class Teller:
    """Tells documents into a file.

    :ivar languages: in which the reader is told what went wrong
    :ivar package: import name of the guest
    """

    def __init__(self, file: BinaryIO, languages: tuple[str, ...], package: str) -> None:
        self.file = file
        self.languages = languages
        self.package = package

    def tell(self, document: object, left_out: Iterable[str]) -> None:
        """Tell a document, but for the parts that are left out."""
        if not isinstance(document, Document):
            raise Strange(f"a {type(document).__name__} is no document")
        blocks = document.blocks
        self._write(line_of(replace(document, blocks=())))
        self.tell_parts(blocks.walks if isinstance(blocks, Parts) else {"document": lambda: blocks}, left_out)

    def tell_parts(self, walks: Mapping[str, Walk], left_out: Iterable[str] = ()) -> None:
        """Tell each part by itself."""
        self._write(line_of(["parts", *walks]))
        for name, walk in walks.items():
            if name not in left_out:
                self._part(name, walk)

    def _part(self, name: str, walk: Walk) -> None:
        self._write(line_of(["begin", name]))
        self.file.flush()  # whoever waits knows in which part we are
        try:
            for block in walk():
                self.file.writelines(_lines(block))
        except BaseException as fault:  # whatever a guest raises, its other parts follow
            self.fail(fault)
        else:
            self._write(line_of(["end"]))

    def fail(self, fault: BaseException) -> None:
        """Say what went wrong with what is being told."""
        self._write(line_of(["failed", *self.told(fault)]))

    def told(self, fault: BaseException) -> tuple[str, str, Mapping[str, str], str]:
        """Put a fault in words that can be written down: its kind, in English, in each language, and where it happened."""
        at = place_in(self.package, fault)
        if isinstance(fault, MemoryError):
            return "memory", "", {}, at
        if isinstance(fault, Strange):
            return "strange", _tidy(str(fault)), {}, at
        if isinstance(fault, ConsortiumError):
            return "refused", _said(fault, "en"), {tag: _said(fault, tag) for tag in self.languages}, at
        return "raised", _tidy(f"{type(fault).__name__}: {_said(fault)}".removesuffix(": ")), {}, at

    def end(self) -> None:
        """Say that all has been told."""
        self._write(line_of(["whole"]))
        self.file.flush()

    def _write(self, line: bytes) -> None:
        self.file.write(line)


def _said(fault: BaseException, language: str = "") -> str:
    try:
        return _tidy(fault.say(language) if language and isinstance(fault, ConsortiumError) else str(fault))
    except Exception:  # a fault that cannot even be told
        return ""


def _tidy(words: str) -> str:
    """Make words that may hold anything ones that can stand on a line."""
    return "".join(sign if sign.isprintable() else " " for sign in words[:500]).encode("utf-8", "replace").decode()


def _lines(block: object) -> Iterator[bytes]:
    """Write a block as a line; where there is a stream in it, or very much, piece by piece."""
    if type(block) not in KINDS.values():
        raise Strange(f"a {type(block).__name__} is no part of a document")
    try:
        line = line_of(block)
    except Streamed:
        yield from _opened(block)
        return
    if len(line) <= MOST_BYTES:
        yield line
    else:
        yield from _opened(block)


def _opened(block: object) -> Iterator[bytes]:
    if isinstance(block, Section):
        yield line_of(["open", "section", block.heading])
        inner: Iterable[object] = block.blocks
    elif isinstance(block, Table):
        yield line_of(["open", "table", block.caption, block.columns])
        inner = block.rows
    elif isinstance(block, Chart):
        yield line_of(["open", "chart", block.title, block.sentence, block.drawing])
        inner = (block.table,)
    else:
        raise Strange(f"a {type(block).__name__} is too large")
    for each in inner:
        yield from _lines(each)
    yield line_of(["close"])

"""Reads what chapters tell."""

from collections.abc import Iterable
from typing import TypeVar

from consortium.documents import Block, Chart, Section, Speech, Table
from consortium.documents.words import Words
from consortium.facts import Facts
from consortium.plugins import front_desk
from consortium.variants import StatusReport, Telling

B = TypeVar("B")


def telling(facts: Facts, *languages: str, missing: str = "fallback") -> Telling:
    """Tell facts as the status summary does, in English unless told otherwise."""
    report = front_desk().variant("status-summary")
    assert isinstance(report, StatusReport)
    return Telling(facts, Speech(languages or ("en",), missing), report)  # type: ignore[arg-type]  # one of the two


def said(words: Words) -> str:
    """Read words in the first language."""
    return words[0].words if words else ""


def cells(table: Table) -> list[tuple[str, ...]]:
    """Read the cells of a table, row by row."""
    return [tuple(map(said, row.cells)) for row in table.rows]


def walk(blocks: Iterable[Block]) -> Iterable[Block]:
    """Walk blocks, and what is in sections."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)


def find(blocks: Iterable[Block], kind: type[B]) -> list[B]:
    """Find the blocks of a kind."""
    return [block for block in walk(blocks) if isinstance(block, kind)]


def chart(blocks: Iterable[Block], title: str) -> Chart:
    """Find the chart with a title."""
    return next(each for each in find(blocks, Chart) if said(each.title) == title)

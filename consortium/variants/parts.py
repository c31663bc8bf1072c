"""The named parts of a report: each is told by itself, so that one that fails leaves the others whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from consortium.documents import Block
from consortium.variants.telling import Telling

#: what tells one part of a report
Chapter = Callable[[Telling], Iterable[Block]]


@dataclass(frozen=True, eq=False)
class Parts:
    """The blocks of a document, part by part.

    :ivar walks: for each part its name, in order, and what walks its blocks
    """

    walks: Mapping[str, Callable[[], Iterable[Block]]]

    def __iter__(self) -> Iterator[Block]:
        """Walk the blocks of all parts."""
        for walk in self.walks.values():
            yield from walk()


def name_of(chapter: Chapter) -> str:
    """Tell what a chapter is called: the last part of its module's name, or its own where a module has several."""
    named = getattr(chapter, "__name__", type(chapter).__name__)
    return chapter.__module__.rpartition(".")[2] if named == "chapter" else named


def named_chapters(chapters: Iterable[Chapter]) -> dict[str, Chapter]:
    """Call each of ``chapters`` by its name; of two with one name, the second is called ``work-2``."""
    named: dict[str, Chapter] = {}
    for chapter in chapters:
        name, count = name_of(chapter), 1
        while (called := name if count == 1 else f"{name}-{count}") in named:
            count += 1
        named[called] = chapter
    return named

"""The headings of a document, and which of them stand in a list of contents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, cast

from consortium.documents import Block, Heading, Section

#: the levels of heading that a list of contents names
LISTED = (1, 2)

#: a list of contents is worth its place from so many headings on
FEWEST = 9

#: nobody reads a longer list: then it names the chapters alone
LONGEST = 150


def has_words(heading: Heading) -> bool:
    """Tell whether there is anything to read; an empty heading would be announced and say nothing."""
    return any(phrase.words for phrase in heading.words)


def parted(blocks: Iterable[Block]) -> tuple[list[Block], Iterator[Block]]:
    """Part blocks into those before the first heading, which open a document, and the rest."""
    opening: list[Block] = []
    source = iter(blocks)
    for block in source:
        if isinstance(block, Heading | Section):
            return opening, chain((block,), source)
        opening.append(block)
    return opening, source


@dataclass
class Headings:
    """The headings of a document in their order, as it is walked."""

    _listed: list[Heading] = field(default_factory=list)
    _level: int = 0
    _are_kept: bool = True

    def add(self, heading: Heading) -> Heading:
        """Add a heading and return it at a level that leaves out no step, which a reader aloud would search for."""
        if not has_words(heading):
            return heading
        if heading.level > self._level + 1:
            heading = replace(heading, level=cast("Literal[1, 2, 3]", self._level + 1))
        self._level = heading.level
        if self._are_kept and heading.level in LISTED:
            self._listed.append(heading)
        return heading

    def forget(self) -> None:
        """Keep no headings any more: the document is too long for a list of contents."""
        self._are_kept = False
        self._listed.clear()

    @property
    def contents(self) -> Sequence[Heading]:
        """The headings that a list of contents names: none in a short document, chapters alone in a long one."""
        if len(self._listed) < FEWEST:
            return ()
        chapters = [heading for heading in self._listed if heading.level == 1]
        return chapters if len(self._listed) > LONGEST and chapters else self._listed

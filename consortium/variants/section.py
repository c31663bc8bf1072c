"""Sections that a plugin adds to a report of somebody else's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from consortium.documents import Block
from consortium.facts import PARTS
from consortium.i18n.message import Message
from consortium.variants.telling import Telling


@dataclass(frozen=True)
class SectionAddition:
    """What is told in a report besides what its own chapters tell.

    :ivar key: what it is called in settings and logs
    :ivar title: what people call it
    :ivar report: key of the report that it is added to
    :ivar place: before or after a chapter, or in its place; where two would replace the same chapter, the first one by
        the plugins' names does, and the other is reported as a fault
    :ivar chapter: name of that chapter: the last part of its module's name (``situation``, ``work``), or the name of the
        function where a module has several
    :ivar tell: walks the blocks; none where there is nothing to tell
    :ivar personal_data: which personal data it shows, see :attr:`ReportVariant.personal_data`
    :ivar parts: which parts of the facts it reads, see :attr:`ReportVariant.parts`
    """

    key: str
    title: Message
    report: str
    place: Literal["before", "after", "replace"]
    chapter: str
    tell: Callable[[Telling], Iterator[Block]]
    personal_data: frozenset[str] = frozenset()
    parts: frozenset[str] = PARTS

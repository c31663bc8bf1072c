"""The kinds of block that a document is made of; at most ten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from consortium.documents.drawings import Drawing
from consortium.documents.words import Words

#: what stands in one cell of a table: words, or several under each other
Cell: TypeAlias = Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (a chapter) to 3, with a name that links can point to."""

    words: Words
    level: Literal[1, 2, 3]
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; two languages stand beside each other.

    ``label`` says what it is about, and leads to the place called ``link`` if there is one.
    """

    words: Words
    label: Words = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Short facts, each a label and what it says: state, trend, date, partners, budget."""

    items: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of equals."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, the side its cells are set to, its share of the width, as a wish."""

    words: Words
    align: Literal["start", "end"] = "start"
    share: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the first cell names it, and leads to the place called ``link`` if there is one.

    :ivar source: key of the record that the row tells of, so that every figure can be traced
    """

    cells: tuple[Cell, ...]
    link: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; its rows are a stream, for there may be very many."""

    caption: Words
    columns: tuple[Column, ...]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, the sentence that says what it shows, and the figures behind it as a table.

    :ivar title: what it is a drawing of; its caption
    :ivar sentence: what it shows, in words; also read in the drawing's place
    :ivar table: all that is drawn, as figures
    """

    title: Words
    sentence: Words
    drawing: Drawing
    table: Table


@dataclass(frozen=True, slots=True)
class Panel:
    """One side of a comparison: what it is (“Now, 12 June 2026”), its state, and its paragraphs."""

    title: Words
    state: Words
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and now. In one language they stand beside each other, in two the languages do, before above now."""

    before: Panel | None
    now: Panel


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that must not be overlooked: nothing reported, text missing, a plugin that failed."""

    words: Words


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what belongs to it; not torn from its title on paper."""

    heading: Heading
    blocks: Iterable["Block"]


Block: TypeAlias = Heading | Paragraph | Details | Items | Table | Chart | Comparison | Note | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report: write once, read in every format.

    :ivar owner: the consortium's name, which stands above the title and in the running head
    :ivar languages: one tag, or two that stand side by side
    :ivar period: what the running head says of the time
    :ivar details: the title block: period, date, …
    :ivar fingerprint: SHA-256 of the facts, in hex
    :ivar blocks: sections and what stands before them; can be walked again, and is never all in memory
    """

    key: str
    title: Words
    owner: Words
    languages: tuple[str, ...]
    day: date
    period: Words
    details: Details
    fingerprint: str
    blocks: Iterable[Block]

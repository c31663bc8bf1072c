"""Blocks as pandoc's nodes for an office program: two languages beside each other in the rows of a table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Any

from consortium.documents import (
    Block,
    Chart,
    Column,
    Comparison,
    Details,
    Heading,
    Items,
    Note,
    Panel,
    Paragraph,
    Row,
    Section,
    Speech,
    Table,
    Words,
)
from consortium.errors import PluginProblem
from consortium.i18n.language import language_name
from consortium.i18n.message import _
from consortium.writers.contents import Headings, has_words
from consortium.writers.office.columns import widths
from consortium.writers.office.links import Links
from consortium.writers.office.tree import (
    Node,
    bullets,
    drawn,
    heading,
    paragraph,
    picture,
    span,
    table,
    text,
)
from consortium.writers.office.words import OfficeWords

#: so many short facts stand beside each other
FACTS_IN_LINE = 4


@dataclass(frozen=True, slots=True)
class Twins:
    """What stands beside each other, one cell for each language; ``names`` tells that it names them."""

    cells: list[list[Node]]
    names: bool = False


@dataclass
class OfficeBlocks:
    """Turns blocks into nodes.

    :ivar languages: of the document
    :ivar headings: those met so far
    :ivar told: what is read in the place of each picture met so far
    :ivar links: those met so far, and where they lead
    """

    languages: tuple[str, ...]
    headings: Headings = field(default_factory=Headings)
    told: list[str] = field(default_factory=list)
    links: Links = field(default_factory=Links)
    words: OfficeWords = field(init=False)
    _charts: list[tuple[Node, Chart]] = field(default_factory=list)
    _are_named: bool = False

    def __post_init__(self) -> None:
        self.words = OfficeWords(self.languages)

    def nodes(self, blocks: Iterable[Block]) -> Iterator[Node]:
        """Walk ``blocks`` and yield nodes; twins that follow each other become rows of one table."""
        rows: list[Twins] = []
        for piece in self._pieces(blocks):
            if rows and (isinstance(piece, dict) or piece.names):
                yield self._beside(rows)
                rows = []
            if isinstance(piece, dict):
                yield piece
            else:
                rows.append(piece)
        if rows:
            yield self._beside(rows)

    def _pieces(self, blocks: Iterable[Block]) -> Iterator[Node | Twins]:
        for block in blocks:
            if (write := WRITES.get(type(block))) is None:
                raise PluginProblem(_("A document holds a {kind}, which is no block.").fill(kind=type(block).__name__))
            yield from write(self, block)

    def _beside(self, rows: Sequence[Twins]) -> Node:
        head = rows[0].cells if rows[0].names else ()
        halves = [1 / len(self.languages)] * len(self.languages)
        return table("Beside", halves, (row.cells for row in rows if not row.names), head)

    def section(self, section: Section) -> Iterator[Node | Twins]:
        """Set a heading and what belongs to it; the languages are named anew above its columns."""
        yield from self.heading(section.heading)
        yield from self._pieces(section.blocks)
        self._are_named = False

    def heading(self, block: Heading) -> Iterator[Node]:
        """Set a heading, which a link can lead to by its name unless another one has it already."""
        self._are_named = False
        block = self.headings.add(block)
        if has_words(block):
            yield heading(block.level, self.links.place(block.anchor), self.words.stacked(block.words))

    def paragraph(self, block: Paragraph, style: str = "Text") -> Iterator[Node | Twins]:
        """Set running text, and what it is about above it."""
        if len(block.words) > 1:
            return self._pair(block, style)
        label = [paragraph("Label", self.words.inline(block.label))] if block.label else []
        return iter((*label, *self._sides(block.words, style)))

    def _pair(self, block: Paragraph, style: str) -> Iterator[Node | Twins]:
        yield from self._names()
        if len(block.label) == 1:
            yield paragraph("Label", self.words.inline(block.label))
        labels = block.label if len(block.label) > 1 else ()
        yield Twins(
            [
                [*self._sides(labels[place : place + 1], "LabelBeside", place), *self._sides((phrase,), style, place)]
                for place, phrase in enumerate(block.words)
            ]
        )

    def _sides(self, words: Words, style: str, place: int = 0) -> Iterator[Node]:
        """Set each phrase as a paragraph; nothing where there are no words."""
        for each, phrase in enumerate(words, place):
            if phrase.words:
                yield paragraph(style, self.words.said(phrase, each))

    def _names(self) -> Iterator[Twins]:
        """Name the languages above the first columns of a section."""
        if self._are_named:
            return
        self._are_named = True
        names = ((tag, language_name(tag, tag)) for tag in self.languages)
        cells = [[paragraph("Language", [span(text(name[:1].upper() + name[1:]), "", tag)])] for tag, name in names]
        yield Twins(cells, names=True)

    def details(self, block: Details) -> Iterator[Node]:
        """Set short facts beside each other, each under its name."""
        if not block.items:
            return
        cells = [
            [paragraph("FactName", self.words.inline(name)), paragraph("Fact", self.words.stacked(words))]
            for name, words in block.items
        ]
        lines = -(-len(cells) // FACTS_IN_LINE)
        wide = -(-len(cells) // lines)
        cells += [[] for _place in range(wide * lines - len(cells))]
        rows = (cells[place : place + wide] for place in range(0, len(cells), wide))
        yield table("Facts", [1 / max(wide, FACTS_IN_LINE - 1)] * wide, rows)

    def items(self, block: Items) -> Iterator[Node | Twins]:
        """Set a list of equals; two languages stand beside each other in each."""
        for are_twins, items in groupby(block.items, key=lambda words: len(words) > 1):
            if are_twins:
                yield from self._names()
                yield from map(self._twin_bullets, items)
            else:
                yield bullets(list(self._sides(words, "Item")) for words in items)

    def _twin_bullets(self, words: Words) -> Twins:
        return Twins([[bullets([list(self._sides((phrase,), "Item", place))])] for place, phrase in enumerate(words)])

    def table(self, block: Table) -> Iterator[Node]:
        """Set a table whose head stands on every page."""
        head = [
            [paragraph(_towards(column, "ColumnHead"), self.words.stacked(column.words))] for column in block.columns
        ]
        rows = (self._row(row, block.columns) for row in block.rows)
        yield table("Records", widths(block.columns), rows, head, self.words.inline(block.caption))

    def _row(self, row: Row, columns: Sequence[Column]) -> list[list[Node]]:
        cells = [
            [paragraph(_towards(column, "Cell") if place else "RowHead", self.words.stacked(words))] if words else []
            for place, (words, column) in enumerate(zip(row.cells, columns, strict=False))
        ]
        if row.link and cells and cells[0]:
            self.links.lead(cells[0][0], row.link)
        return cells + [[] for _place in range(len(columns) - len(cells))]

    def chart(self, block: Chart) -> Iterator[Node | Twins]:
        """Set what a drawing shows in words, then the drawing, then its figures."""
        yield paragraph("TableCaption", self.words.inline(block.title))
        yield from self.paragraph(Paragraph(block.sentence))
        # both languages would be read in the voice of one
        told = "".join(phrase.words for phrase in block.sentence[:1])
        self.told.append(told)
        room = picture(told)
        self._charts.append((room, block))
        yield paragraph("Picture", [room])
        yield from self.table(block.table)

    def draw(self) -> None:
        """Draw all charts at once, which takes little longer than one."""
        if self._charts:
            from consortium.writers.charts import chart_pngs

            pngs = chart_pngs([chart for _room, chart in self._charts], self.languages)
            for (room, _chart), png in zip(self._charts, pngs, strict=True):
                drawn(room, png)

    def comparison(self, block: Comparison) -> Iterator[Node | Twins]:
        """Set before and now: beside each other in one language, above each other where two languages stand."""
        panels = [(panel, kind) for panel, kind in ((block.before, "Before"), (block.now, "")) if panel]
        if len(self.languages) > 1:
            yield from self._names()
            yield from chain.from_iterable(self._panel(panel, kind) for panel, kind in panels)
        elif len(panels) == 1:
            yield from self._panel(block.now, "")
        else:
            cells = [[node for node in self._panel(panel, kind) if isinstance(node, dict)] for panel, kind in panels]
            yield table("Beside", [1 / len(cells)] * len(cells), [cells])

    def _panel(self, panel: Panel, kind: str) -> Iterator[Node | Twins]:
        heads = [
            [paragraph(f"Panel{kind}", self.words.titled(panel.title, panel.state, place))]
            for place in range(len(self.languages))
        ]
        texts = chain.from_iterable(self.paragraph(each, f"Text{kind}") for each in panel.paragraphs)
        if len(heads) == 1:
            yield from chain(heads[0], texts)
            return
        first = next(texts, None)
        # in one row, so that no page ends with the head
        yield Twins(
            [head + text for head, text in zip(heads, first.cells, strict=True)] if isinstance(first, Twins) else heads
        )
        yield from chain([first] if isinstance(first, dict) else [], texts)

    def note(self, block: Note) -> Iterator[Node | Twins]:
        """Set a remark beside an accented line."""
        return self.paragraph(Paragraph(block.words), "Note")

    def contents(self) -> Iterator[Node]:
        """Set the list of contents, each line of which leads to its heading; none in a short document."""
        listed = [each for each in self.headings.contents if each.anchor]
        if listed:
            yield paragraph("ContentsTitle", self.words.stacked(Speech(self.languages).say(_("Contents"))))
        for each in listed:
            node = paragraph(f"Contents{each.level}", self.words.inline(each.words))
            self.links.lead(node, each.anchor)
            yield node


#: which function sets which kind of block
WRITES: dict[type, Callable[[OfficeBlocks, Any], Iterator[Node | Twins]]] = {
    Heading: OfficeBlocks.heading,
    Paragraph: OfficeBlocks.paragraph,
    Details: OfficeBlocks.details,
    Items: OfficeBlocks.items,
    Table: OfficeBlocks.table,
    Chart: OfficeBlocks.chart,
    Comparison: OfficeBlocks.comparison,
    Note: OfficeBlocks.note,
    Section: OfficeBlocks.section,
}


def _towards(column: Column, style: str) -> str:
    return f"{style}End" if column.align == "end" else style

"""A document as lines of sheets: tables with the same heads become one sheet, running text another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from consortium.documents import (
    Block,
    Chart,
    Column,
    Comparison,
    Details,
    Document,
    Heading,
    Items,
    Note,
    Panel,
    Paragraph,
    Section,
    Speech,
    Table,
    Words,
)
from consortium.errors import PluginProblem
from consortium.i18n.message import _
from consortium.writers.contents import has_words
from consortium.writers.xlsx_values import LONGEST, differ

#: how many columns name the headings above a line: chapter, section, subsection
HEADS = 3

#: nobody leafs through more sheets; further tables stand cell by cell among the text
MOST_SHEETS = 100


@dataclass(eq=False)
class Sheet:
    """A sheet to be, and what its lines need: it is met twice, first to plan its columns, then to be written.

    :ivar columns: those of the headings, then its own
    :ivar name: what stands on its tab, if that is not its caption
    :ivar is_gathered: whether its lines stand under different headings
    :ivar parted: places of columns in which the languages say different things
    :ivar longest: how many signs the longest cell of a column has
    """

    caption: Words
    columns: tuple[Column, ...]
    name: Words = ()
    is_text: bool = False
    is_gathered: bool = False
    is_remarked: bool = False
    is_sourced: bool = False
    parted: set[int] = field(default_factory=set)
    longest: dict[int, int] = field(default_factory=dict)
    _place: tuple[Words, ...] | None = None

    def note(self, line: "Line") -> None:
        """Plan for ``line``."""
        if not self.is_gathered:
            place = line.cells[:HEADS]
            self.is_gathered = self._place not in (None, place)
            self._place = place
        self.is_sourced = self.is_sourced or bool(line.source)
        for number, words in enumerate(line.cells):
            if words:
                self._note(number, words)

    def _note(self, number: int, words: Words) -> None:
        length = max(len(phrase.words) for phrase in words)
        if length > self.longest.get(number, 0):
            self.longest[number] = length
        if len(words) > 1 and number not in self.parted and differ(words, is_text=self.is_text):
            self.parted.add(number)
        is_remarked = length > LONGEST or (number >= HEADS and any(phrase.note for phrase in words))
        self.is_remarked = self.is_remarked or is_remarked


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: the headings above it and its own cells, and the key of the record that it tells of."""

    sheet: Sheet
    cells: tuple[Words, ...]
    source: str = ""
    is_heading: bool = False


class Walk:
    """Walks a document line by line, as often as needed, always to the same sheets.

    :ivar opening: what stands before the first heading, with the title block
    :ivar sheets: all others, in the order in which they were first met
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.speech = Speech(document.languages)
        self._heads = tuple(Column(self.speech.say(each)) for each in (_("Chapter"), _("Section"), _("Subsection")))
        columns = (*self._heads, Column(self.speech.say(_("Topic"))), Column(self.speech.say(_("Text"))))
        self.opening = Sheet((), columns, is_text=True)
        self._text = Sheet(columns[-1].words, columns, is_text=True)
        self.sheets: dict[object, Sheet] = {}
        self._place: tuple[Words, ...] = ((),) * HEADS

    def lines(self) -> Iterator[Line]:
        """Walk the document: the title block, then all blocks.

        :raises PluginProblem: if there is a block of an unknown kind
        """
        self._place = ((),) * HEADS
        fingerprint = (self.speech.say(_("Fingerprint")), self.speech.plain(self.document.fingerprint))
        yield from self.details(Details((*self.document.details.items, fingerprint)))
        yield from self.blocks(self.document.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Line]:
        """Walk some blocks."""
        for block in blocks:
            if (write := WRITES.get(type(block))) is None:
                raise PluginProblem(_("A document holds a {kind}, which is no block.").fill(kind=type(block).__name__))
            yield from write(self, block)

    def section(self, section: Section) -> Iterator[Line]:
        """Walk what belongs to a heading; what follows an inner section stands under the outer heading again."""
        yield from self.heading(section.heading)
        place = self._place
        for block in section.blocks:
            yield from self.blocks((block,))
            if isinstance(block, Section):
                self._place = place

    def heading(self, heading: Heading) -> Iterator[Line]:
        """Walk a heading, and put the lines that follow under it; they name it in the first language alone."""
        if not has_words(heading):
            return
        above = self._place[: heading.level - 1]
        self._place = (*above, heading.words[:1], *((),) * (HEADS - heading.level))
        yield replace(self._line((), heading.words), is_heading=True)

    def _line(self, topic: Words, words: Words) -> Line:
        sheet = self.sheets.setdefault("", self._text) if any(self._place) else self.opening
        return Line(sheet, (*self._place, topic, words))

    def paragraph(self, block: Paragraph) -> Iterator[Line]:
        """Walk running text."""
        yield self._line(block.label, block.words)

    def details(self, block: Details) -> Iterator[Line]:
        """Walk short facts."""
        return (self._line(name, words) for name, words in block.items)

    def items(self, block: Items) -> Iterator[Line]:
        """Walk a list."""
        return (self._line((), words) for words in block.items)

    def note(self, block: Note) -> Iterator[Line]:
        """Walk a remark."""
        yield self._line(self.speech.say(_("Note")), block.words)

    def comparison(self, block: Comparison) -> Iterator[Line]:
        """Walk before, then now."""
        for panel in (block.before, block.now):
            if panel:
                yield from self._panel(panel)

    def _panel(self, panel: Panel) -> Iterator[Line]:
        yield self._line(panel.title, panel.state)
        for paragraph in panel.paragraphs:
            yield self._line(paragraph.label or panel.title, paragraph.words)

    def chart(self, block: Chart) -> Iterator[Line]:
        """Walk the sentence of a chart, and the figures behind it."""
        yield self._line(block.title, block.sentence)
        yield from self.table(block.table, name=block.title)

    def table(self, block: Table, name: Words = ()) -> Iterator[Line]:
        """Walk the rows of a table; its sheet is named after its caption, or has a ``name`` of its own."""
        key = tuple((each[0].words if each else "") for each in (block.caption, *(c.words for c in block.columns)))
        if key not in self.sheets and len(self.sheets) >= MOST_SHEETS:
            yield from self._cells(block)
            return
        sheet = self.sheets.setdefault(key, Sheet(block.caption, (*self._heads, *block.columns), name=name))
        for row in block.rows:
            yield Line(sheet, (*self._place, *row.cells), row.source)

    def _cells(self, block: Table) -> Iterator[Line]:
        """Walk a table cell by cell, each with a topic that says of which row and column it is."""
        for row in block.rows:
            for column, words in zip(block.columns[1:], row.cells[1:], strict=False):
                yield self._line(self.speech.listed((block.caption, row.cells[0], column.words)), words)


#: which function walks which kind of block
WRITES: dict[type, Callable[[Walk, Any], Iterator[Line]]] = {
    Heading: Walk.heading,
    Paragraph: Walk.paragraph,
    Details: Walk.details,
    Items: Walk.items,
    Table: Walk.table,
    Chart: Walk.chart,
    Comparison: Walk.comparison,
    Note: Walk.note,
    Section: Walk.section,
}

"""Blocks as Markdown: two languages stand after each other, each under its name."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
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
    Phrase,
    Row,
    Section,
    Table,
    Words,
)
from consortium.errors import PluginProblem
from consortium.i18n.language import language_name
from consortium.i18n.message import _
from consortium.writers.contents import Headings, has_words
from consortium.writers.markdown_words import escaped, paragraph, said, started

#: a link whose place is not known yet: signs that no words hold enclose the anchor and the words
_LINK = re.compile("\0([^\0]*)\0([^\0]*)\0")
#: what a reader of Markdown leaves out when it names the place of a heading
_NOT_IN_PLACE = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Twins:
    """What stands in each language: one piece for each."""

    pieces: tuple[str, ...]


@dataclass
class MarkdownBlocks:
    """Writes the blocks of a document, piece by piece.

    :ivar languages: of the document
    :ivar headings: those met so far
    """

    languages: tuple[str, ...]
    headings: Headings = field(default_factory=Headings)
    _places: dict[str, str] = field(default_factory=dict)
    _named: dict[str, int] = field(default_factory=dict)

    def pieces(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Walk ``blocks`` and yield pieces; what stands in two languages is gathered by language.

        :raises PluginProblem: if there is a block of an unknown kind
        """
        twins: list[Twins] = []
        for piece in self._walk(blocks):
            if isinstance(piece, Twins):
                twins.append(piece)
                continue
            yield from self._gathered(twins)
            twins = []
            yield piece
        yield from self._gathered(twins)

    def _walk(self, blocks: Iterable[Block]) -> Iterator[str | Twins]:
        for block in blocks:
            if (write := WRITES.get(type(block))) is None:
                raise PluginProblem(_("A document holds a {kind}, which is no block.").fill(kind=type(block).__name__))
            yield from write(self, block)

    def _gathered(self, twins: Sequence[Twins]) -> Iterator[str]:
        for place, tag in enumerate(self.languages if twins else ()):
            name = language_name(tag, tag)
            yield f"*{escaped(name[:1].upper() + name[1:])}*"
            yield from (piece for each in twins for piece in each.pieces[place : place + 1] if piece)

    def section(self, section: Section) -> Iterator[str | Twins]:
        """Write a heading and what belongs to it."""
        yield from self.heading(section.heading)
        yield from self._walk(section.blocks)

    def heading(self, block: Heading) -> Iterator[str]:
        """Write a heading, one level below the title."""
        block = self.headings.add(block)
        if has_words(block):
            place = self._place(block.words)
            if block.anchor:
                self._places.setdefault(block.anchor, place)
            yield f"{'#' * (block.level + 1)} {self.inline(block.words)}"

    def _place(self, words: Words) -> str:
        """Name the place of a heading as GitHub and others do: by its words, numbered if they were there before."""
        plain = re.sub(r"\\(.)|\*", r"\1", self.inline(words)).lower()
        name = _NOT_IN_PLACE.sub("", plain).replace(" ", "-")
        seen = self._named[name] = self._named.get(name, -1) + 1
        return f"{name}-{seen}" if seen else name

    def paragraph(self, block: Paragraph) -> Iterator[str | Twins]:
        """Write running text after what it is about."""
        if len(block.words) < 2:  # noqa: PLR2004  # two languages
            yield f"{self._label(block.label)}{''.join(map(paragraph, block.words))}".strip()
            return
        labels = block.label if len(block.label) > 1 else block.label * len(block.words)
        texts = (self._label(labels[place : place + 1]) + paragraph(phrase) for place, phrase in enumerate(block.words))
        yield Twins(tuple(each.strip() for each in texts))

    def _label(self, label: Words) -> str:
        said = self.inline(label)
        return f"**{said}:** " if said else ""

    def details(self, block: Details) -> Iterator[str]:
        """Write short facts as a list."""
        if block.items:
            yield "\n".join(f"- {self._label(name)}{self.inline(words)}".rstrip() for name, words in block.items)

    def items(self, block: Items) -> Iterator[str | Twins]:
        """Write a list of equals, or one for each language."""
        if all(len(words) < 2 for words in block.items):  # noqa: PLR2004  # two languages
            yield "\n".join(f"- {started(self.inline(words))}" for words in block.items)
            return
        sides = (
            (words[min(place, len(words) - 1)] for words in block.items if words)
            for place in range(len(self.languages))
        )
        yield Twins(tuple("\n".join(f"- {started(said(phrase))}" for phrase in side) for side in sides))

    def table(self, block: Table) -> Iterator[str]:
        """Write a table under its caption, a line for each row."""
        if caption := self.inline(block.caption):
            yield f"**{caption}**"
        heads = _line(self.inline(column.words) for column in block.columns)
        under = _line("---:" if column.align == "end" else "---" for column in block.columns)
        yield "\n".join((heads, under, *(self._row(row, block.columns) for row in block.rows)))

    def _row(self, row: Row, columns: Sequence[Column]) -> str:
        cells = [self.inline(cell) for cell in row.cells[: len(columns)]]
        if row.link and cells and cells[0]:
            cells[0] = self.leading(row.cells[0], row.link)
        return _line((*cells, *[""] * (len(columns) - len(cells))))

    def chart(self, block: Chart) -> Iterator[str | Twins]:
        """Write what a drawing shows in words, and its figures."""
        if title := self.inline(block.title):
            yield f"**{title}**"
        yield from self.paragraph(Paragraph(block.sentence))
        yield from self.table(block.table)

    def comparison(self, block: Comparison) -> Iterator[str | Twins]:
        """Write before and now after each other."""
        for panel in filter(None, (block.before, block.now)):
            heads = tuple(self._panel_head(panel, place) for place in range(len(self.languages)))
            yield Twins(heads) if len(heads) > 1 else heads[0]
            yield from chain.from_iterable(map(self.paragraph, panel.paragraphs))

    def _panel_head(self, panel: Panel, place: int) -> str:
        title, state = panel.title[place : place + 1], panel.state[place : place + 1]
        return " – ".join((*(f"**{said(each)}**" for each in title), *map(said, state)))

    def note(self, block: Note) -> Iterator[str]:
        """Write a remark as a quotation, which stands out."""
        yield "\n>\n".join("> " + paragraph(phrase).replace("\n", "\n> ") for phrase in block.words)

    def inline(self, words: Words) -> str:
        """Write words after each other; of the same words in the same language only the mark is said again."""
        return " · ".join(filter(None, map(said, _without_repeated(words))))

    def leading(self, words: Words, anchor: str) -> str:
        """Write words that lead to a heading, if there will be one."""
        return f"\0{anchor.replace(chr(0), '')}\0{self.inline(words)}\0"

    def linked(self, piece: str) -> str:
        """Let each link in ``piece`` lead to the place of its heading, or, where there is none, be plain words."""
        return _LINK.sub(lambda link: self._link(link[1], link[2]), piece)

    def _link(self, anchor: str, words: str) -> str:
        return f"[{words}](#{self._places[anchor]})" if anchor in self._places else words


#: which function writes which kind of block
WRITES: dict[type, Callable[[MarkdownBlocks, Any], Iterator[str | Twins]]] = {
    Heading: MarkdownBlocks.heading,
    Paragraph: MarkdownBlocks.paragraph,
    Details: MarkdownBlocks.details,
    Items: MarkdownBlocks.items,
    Table: MarkdownBlocks.table,
    Chart: MarkdownBlocks.chart,
    Comparison: MarkdownBlocks.comparison,
    Note: MarkdownBlocks.note,
    Section: MarkdownBlocks.section,
}


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _without_repeated(words: Words) -> Iterator[Phrase]:
    for place, phrase in enumerate(words):
        if place and (phrase.words, phrase.language) == (words[0].words, words[0].language):
            yield Phrase("", phrase.language, phrase.mark, phrase.note)
        else:
            yield phrase

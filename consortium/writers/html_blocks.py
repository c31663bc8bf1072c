"""Blocks as HTML: each kind has its function, and a section walks what it holds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
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
    Section,
    Speech,
    Table,
    Words,
)
from consortium.errors import PluginProblem
from consortium.i18n.language import language_name
from consortium.i18n.message import _
from consortium.writers.charts import Look, chart_svg
from consortium.writers.contents import Headings, has_words
from consortium.writers.markup import again, chip, inline, language_attribute, paragraph, stacked

#: a table with so many columns turns into cards on a phone
WIDE_TABLE = 3
#: a chart is drawn for each of these
LOOKS: tuple[Look, ...] = ("screen", "phone")
#: a table with so few is not drawn out over the whole width
SMALL_TABLE = 2


@dataclass
class HtmlBlocks:
    """Sets the blocks of a document, piece by piece.

    :ivar languages: of the document, the first of which is the language of everything around
    :ivar headings: those that were set so far
    """

    languages: tuple[str, ...]
    headings: Headings = field(default_factory=Headings)
    _are_named: bool = False

    def pieces(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Walk ``blocks`` once and yield their HTML.

        :raises PluginProblem: if there is a block of an unknown kind
        """
        for block in blocks:
            if (write := WRITES.get(type(block))) is None:
                raise PluginProblem(_("A document holds a {kind}, which is no block.").fill(kind=type(block).__name__))
            yield from write(self, block)

    def section(self, section: Section) -> Iterator[str]:
        """Set a heading and what belongs to it; the languages are named anew above its columns."""
        self._are_named = False
        heading = self.headings.add(section.heading)
        yield f'<section class="level-{heading.level}"{_name(heading.anchor)}>\n{self._headline(heading)}'
        yield from self.pieces(section.blocks)
        yield "</section>\n"
        self._are_named = False

    def heading(self, heading: Heading) -> Iterator[str]:
        """Set a heading on its own."""
        self._are_named = False
        yield self._headline(self.headings.add(heading), _name(heading.anchor))

    def _headline(self, heading: Heading, name: str = "") -> str:
        if not has_words(heading):
            return ""
        return f"<h{heading.level + 1}{name}>{self.lines(heading.words)}</h{heading.level + 1}>\n"

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        """Set running text: what all languages share once, two languages beside each other."""
        if len(block.words) > 1:
            return self._pair(block)
        label = f'<p class="label">{_linked(self.lines(block.label), block.link)}</p>\n' if block.label else ""
        return iter((f'<div class="text">{label}{"".join(self._sides(block.words))}</div>\n',))

    def _pair(self, block: Paragraph) -> Iterator[str]:
        yield self._names()
        named = _linked(self.lines(block.label), block.link)
        shared = f'<p class="label shared">{named}</p>\n' if len(block.label) == 1 else ""
        labels = [""] * len(self.languages) if len(block.label) < 2 else self._labels(block)  # noqa: PLR2004  # two languages
        yield self._columns(
            [label + side for label, side in zip(labels, self._sides(block.words), strict=False)], shared
        )

    def _names(self) -> str:
        """Name the languages above the first columns of a section."""
        if self._are_named:
            return ""
        self._are_named = True
        names = (language_name(tag, tag) for tag in self.languages)
        return self._columns((f"<p>{escape(name[:1].upper() + name[1:])}</p>" for name in names), kind="pair languages")

    def _columns(self, sides: Iterable[str], shared: str = "", kind: str = "pair") -> str:
        columns = [f"{opened}{side}</div>\n" for opened, side in zip(self._opened, sides, strict=False)]
        return f'<div class="{kind}">{shared}{"".join(columns)}</div>\n'

    @cached_property
    def _opened(self) -> tuple[str, ...]:
        """Open the column of each language."""
        return tuple(f"<div{language_attribute(tag, self.languages[0])}>" for tag in self.languages)

    def _sides(self, words: Words) -> list[str]:
        """Set each phrase as a paragraph of its column."""
        return [paragraph(phrase, tag, tag) for phrase, tag in zip(words, self.languages, strict=False)]

    def _labels(self, block: Paragraph) -> list[str]:
        said = [inline(phrase, tag, tag) for phrase, tag in zip(block.label, self.languages, strict=False)]
        return [f'<p class="label">{_linked(each, block.link)}</p>\n' for each in said]

    def details(self, block: Details) -> Iterator[str]:
        """Set short facts as a list of terms and what they are."""
        items = [f"<div><dt>{self.often(name)}</dt><dd>{self.often(words)}</dd></div>\n" for name, words in block.items]
        yield f'<dl class="details">{"".join(items)}</dl>\n'

    def items(self, block: Items) -> Iterator[str]:
        """Set a list of equals; two languages stand beside each other in each."""
        if any(len(words) > 1 for words in block.items):
            yield self._names()
        yield '<ul class="items">\n'
        yield from (f"<li>{self._twins(words)}</li>\n" for words in block.items)
        yield "</ul>\n"

    def _twins(self, words: Words) -> str:
        return self._columns(self._sides(words)) if len(words) > 1 else self.lines(words)

    def table(self, block: Table) -> Iterator[str]:
        """Set a table row by row; on a phone, one of many columns turns into cards."""
        yield f"<table{_width(block.columns)}>\n<caption>{self.lines(block.caption)}</caption>\n{self._head(block.columns)}<tbody>\n"
        opened = [_cell(place, column) for place, column in enumerate(block.columns)]
        for row in block.rows:
            first, *others = row.cells
            named = _linked(self.lines(first), row.link)
            cells = "".join(
                [f"{cell}{self.often(words)}</td>" for cell, words in zip(opened[1:], others, strict=False)]
            )
            yield f"<tr>{opened[0]}{named}</th>{cells}</tr>\n"
        yield "</tbody>\n</table>\n"

    def _head(self, columns: tuple[Column, ...]) -> str:
        whole = sum(column.share for column in columns)
        widths = "".join(f'<col class="w-{max(1, round(20 * column.share / whole))}">' for column in columns)
        cells = "".join(f'<th scope="col"{_side(column)}>{self.lines(column.words)}</th>' for column in columns)
        return f"<colgroup>{widths}</colgroup>\n<thead><tr>{cells}</tr></thead>\n"

    def chart(self, block: Chart) -> Iterator[str]:
        """Set a drawing under its title, with the sentence that says what it shows, and the figures behind it."""
        yield f'<figure class="chart">\n<figcaption>{self.lines(block.title)}</figcaption>\n'
        # a screen shows the one that fits; what is not shown is not read aloud
        yield from (f"{chart_svg(block, self.languages, look=look)}\n" for look in LOOKS)
        yield from self.paragraph(Paragraph(block.sentence))
        summary = self.lines(Speech(self.languages).say(_("The figures behind the chart")))
        yield f"<details>\n<summary>{summary}</summary>\n"
        yield from self.table(block.table)
        yield "</details>\n</figure>\n"

    def comparison(self, block: Comparison) -> Iterator[str]:
        """Set before and now: beside each other in one language, above each other where two languages stand."""
        panels = ((block.before, "before"), (block.now, "now"))
        shown = [(panel, kind) for panel, kind in panels if panel]
        if len(self.languages) == 1:
            sides = "".join(f'<div class="panel {kind}">{self._panel(panel)}</div>\n' for panel, kind in shown)
            yield f'<div class="comparison of-{len(shown)}">{sides}</div>\n'
            return
        yield self._names()
        for panel, kind in shown:
            yield f'<div class="panel {kind}">{self._columns(self._panel_heads(panel))}'
            yield from chain.from_iterable(map(self.paragraph, panel.paragraphs))
            yield "</div>\n"

    def _panel(self, panel: Panel) -> str:
        return "".join(chain(self._panel_heads(panel), *map(self.paragraph, panel.paragraphs)))

    def _panel_heads(self, panel: Panel) -> Iterator[str]:
        """Set what a panel is and its state, for each language that says it."""
        for place, tag in enumerate(self.languages):
            title, state = panel.title[place : place + 1], panel.state[place : place + 1]
            said = "".join(f"<b>{inline(each, tag, tag)}</b> " for each in title)
            yield f'<p class="label">{said}{chip(state, (tag,), tag) if state else ""}</p>\n'

    def note(self, block: Note) -> Iterator[str]:
        """Set a remark in a box."""
        yield f'<div class="note" role="note">{self._twins(block.words) if len(block.words) > 1 else "".join(self._sides(block.words))}</div>\n'

    def lines(self, words: Words) -> str:
        """Set words line under line, one for each language."""
        return stacked(words, self.languages, self.languages[0])

    def often(self, words: Words) -> str:
        """Set words line under line that are likely to come again."""
        return again(words, self.languages, self.languages[0])


#: which function sets which kind of block
WRITES: dict[type, Callable[[HtmlBlocks, Any], Iterator[str]]] = {
    Heading: HtmlBlocks.heading,
    Paragraph: HtmlBlocks.paragraph,
    Details: HtmlBlocks.details,
    Items: HtmlBlocks.items,
    Table: HtmlBlocks.table,
    Chart: HtmlBlocks.chart,
    Comparison: HtmlBlocks.comparison,
    Note: HtmlBlocks.note,
    Section: HtmlBlocks.section,
}


def _linked(words: str, link: str) -> str:
    return f'<a href="#{escape(link)}">{words}</a>' if link else words


def _name(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def _width(columns: tuple[Column, ...]) -> str:
    if len(columns) <= SMALL_TABLE:
        return ' class="small"'
    return ' class="wide"' if len(columns) >= WIDE_TABLE else ""


def _side(column: Column) -> str:
    return ' class="end"' if column.align == "end" else ""


def _cell(place: int, column: Column) -> str:
    """Open a cell; on a phone it says itself of which column it is."""
    if place == 0:
        return '<th scope="row">'
    label = f' data-label="{escape(column.words[0].words)}"' if column.words else ""
    return f"<td{_side(column)}{label}>"

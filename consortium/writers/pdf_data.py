"""A document as plain data for the PDF template: text stays data there, and is never read as markup."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from consortium.documents import (
    Block,
    Chart,
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
from consortium.i18n.language import interface_language, language_name
from consortium.i18n.message import _
from consortium.writers.charts import chart_svg, text_alternative
from consortium.writers.contents import Headings, has_words
from consortium.writers.signs import ACCENT, COLOURS, INK, INKS, MUTED, RULE, SIGNS

# no word but, for example, the address of a page; it may be parted anywhere
_ENDLESS = re.compile(r"\S{46,}")
_FORBIDDEN = {0xFEFF: None, 0xFFFE: None}

#: what the template reads: strings, numbers, lists and dictionaries
Plain = dict[str, Any]


@dataclass
class PdfData:
    """Turns blocks into plain data.

    :ivar languages: of the document
    :ivar headings: those met so far
    :ivar anchors: the names of places that links can point to
    :ivar tags: the languages met so far
    """

    languages: tuple[str, ...]
    headings: Headings = field(default_factory=Headings)
    anchors: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Plain]:
        """Walk ``blocks`` and yield each as data; a section yields its heading, then what it holds.

        :raises PluginProblem: if there is a block of an unknown kind
        """
        for block in blocks:
            if isinstance(block, Section):
                yield self.heading(block.heading)
                yield from self.blocks(block.blocks)
            elif write := WRITES.get(type(block)):
                yield write(self, block)
            else:
                raise PluginProblem(_("A document holds a {kind}, which is no block.").fill(kind=type(block).__name__))

    def heading(self, block: Heading) -> Plain:
        """Keep the words, the level, and the name unless another heading has it already."""
        block = self.headings.add(block)
        anchor = "" if block.anchor in self.anchors or not has_words(block) else block.anchor
        self.anchors.add(anchor)
        return {"kind": "heading", "words": self.words(block.words), "level": block.level, "anchor": anchor}

    def paragraph(self, block: Paragraph) -> Plain:
        """Keep words and label."""
        return {
            "kind": "paragraph",
            "words": self.words(block.words),
            "label": self.words(block.label),
            "link": block.link,
        }

    def details(self, block: Details) -> Plain:
        """Keep each label with what it says."""
        return {"kind": "details", "items": [[self.words(name), self.words(words)] for name, words in block.items]}

    def items(self, block: Items) -> Plain:
        """Keep the items."""
        return {"kind": "items", "items": list(map(self.words, block.items))}

    def table(self, block: Table) -> Plain:
        """Keep caption, columns, rows and links."""
        rows = list(block.rows)
        return {
            "kind": "table",
            "caption": self.words(block.caption),
            "columns": [
                {"words": self.words(each.words), "align": each.align, "share": each.share} for each in block.columns
            ],
            "rows": [list(map(self.words, row.cells)) for row in rows],
            "links": [row.link for row in rows],
        }

    def chart(self, block: Chart) -> Plain:
        """Draw it, and keep what it says in words and in figures."""
        return {
            "kind": "chart",
            "title": self.words(block.title),
            "svg": chart_svg(block, self.languages, look="paper"),
            "alternative": text_alternative(block, self.languages),
            "sentence": self.paragraph(Paragraph(block.sentence)),
            "table": self.table(block.table),
        }

    def comparison(self, block: Comparison) -> Plain:
        """Keep both sides, or the one there is."""
        return {
            "kind": "comparison",
            "before": self._panel(block.before) if block.before else None,
            "now": self._panel(block.now),
        }

    def _panel(self, panel: Panel) -> Plain:
        return {
            "title": self.words(panel.title),
            "state": self.words(panel.state),
            "paragraphs": list(map(self.paragraph, panel.paragraphs)),
        }

    def note(self, block: Note) -> Plain:
        """Keep the words."""
        return {"kind": "note", "words": self.words(block.words)}

    def words(self, words: Words) -> list[Plain]:
        """Keep each phrase with its language, its sign, its mark, and in which language the mark's note is said."""
        kept = []
        for phrase, asked in zip(words, map(interface_language, self.languages), strict=False):
            longest = max(map(len, phrase.words.split()), default=0)
            plain: Plain = {"words": _settable(phrase.words), "language": phrase.language, "longest": longest}
            self.tags |= {phrase.language, asked}
            if phrase.mark:
                plain |= {"mark": phrase.mark.value, "note": _settable(phrase.note), "asked": asked}
            if phrase.sign in SIGNS:
                plain["sign"] = phrase.sign
            kept.append(plain)
        return kept


#: which function keeps which kind of block; a section is walked
WRITES: dict[type, Callable[[PdfData, Any], Plain]] = {
    Heading: PdfData.heading,
    Paragraph: PdfData.paragraph,
    Details: PdfData.details,
    Items: PdfData.items,
    Table: PdfData.table,
    Chart: PdfData.chart,
    Comparison: PdfData.comparison,
    Note: PdfData.note,
}


def pdf_data(document: Document) -> Plain:
    """Return all that the template sets: the document, the few words of its own, signs and colours."""
    data, speech = PdfData(document.languages), Speech(document.languages)
    blocks = list(data.blocks(document.blocks))
    return {
        "title": data.words(document.title),
        "owner": data.words(document.owner),
        "period": data.words(document.period),
        "details": data.details(document.details),
        "languages": [{"tag": tag, "name": language_name(tag, tag)} for tag in document.languages],
        "day": data.words(speech.day(document.day)),
        "date": [document.day.year, document.day.month, document.day.day],
        "fingerprint": document.fingerprint,
        "blocks": [_without_dead_links(block, data.anchors - {""}) for block in blocks],
        "contents": max((heading.level for heading in data.headings.contents), default=0),
        "says": {
            "contents": data.words(speech.say(_("Contents"))),
            "fingerprint": data.words(speech.say(_("Fingerprint"))),
            "page": data.words(speech.say(_("Page {page} of {pages}").fill(page="{page}", pages="{pages}"))),
        },
        "tags": sorted(data.tags),
        "look": _look(),
    }


def _without_dead_links(block: Plain, anchors: set[str]) -> Plain:
    if block["kind"] == "chart":
        _without_dead_links(block["table"], anchors)
    if block["kind"] == "table":
        block["links"] = [link if link in anchors else "" for link in block["links"]]
    if block.get("link") and block["link"] not in anchors:
        block["link"] = ""
    return block


def _settable(words: str) -> str:
    """Let a line end inside an endless word, and leave out the signs that PDF/A forbids, which show nothing anyway."""
    return _ENDLESS.sub(lambda word: "\u200b".join(re.findall(".{1,12}", word[0])), words.translate(_FORBIDDEN))


def _look() -> Plain:
    inks = {name: ink for name, (ink, _tint) in COLOURS.items()} | INKS
    signs = {name: sign.svg(inks.get(name, MUTED if name.startswith("mark.") else INK)) for name, sign in SIGNS.items()}
    return {"signs": signs, "states": COLOURS, "ink": INK, "muted": MUTED, "rule": RULE, "accent": ACCENT}

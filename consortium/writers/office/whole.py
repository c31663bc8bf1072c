"""A whole document as pandoc's tree: title block, contents, blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

from consortium.documents import Document, Speech
from consortium.i18n.message import _
from consortium.writers.office.blocks import OfficeBlocks
from consortium.writers.office.tree import Node, paragraph, style_of, text, tree


@dataclass(frozen=True, slots=True)
class OfficeTree:
    """What pandoc gets, and what it would lose on the way.

    :ivar styles: of the tables, in their order
    :ivar told: what is read in the place of each picture, in their order
    """

    tree: Node
    styles: tuple[str, ...]
    told: tuple[str, ...]


def office_tree(document: Document) -> OfficeTree:
    """Turn a document into pandoc's tree; its list of contents stands before the first heading."""
    blocks = OfficeBlocks(document.languages)
    nodes = [*_title_block(document, blocks), *blocks.nodes(document.blocks)]
    start = next((place for place, node in enumerate(nodes) if node["t"] == "Header"), len(nodes))
    nodes[start:start] = blocks.contents()
    blocks.links.close()
    blocks.draw()
    styles = tuple(style_of(node) for node in nodes if node["t"] == "Table")
    return OfficeTree(tree(nodes, document.languages[0]), styles, tuple(blocks.told))


def _title_block(document: Document, blocks: OfficeBlocks) -> Iterator[Node]:
    words = blocks.words
    yield paragraph("Owner", words.inline(document.owner))
    yield paragraph("Title", words.stacked(document.title))
    yield paragraph("Period", words.stacked(document.period))
    yield from blocks.details(document.details)
    name = words.inline(Speech(document.languages).say(_("Fingerprint")))
    yield paragraph("Fingerprint", [*name, *text(f" {document.fingerprint}")])

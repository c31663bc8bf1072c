"""The Markdown writer: plain text that reads well as it is, in GitHub's dialect, with one language after the other."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from consortium.documents import Document, Speech, Writer
from consortium.hook import hookimpl
from consortium.i18n.message import _
from consortium.writers.contents import parted
from consortium.writers.markdown_blocks import MarkdownBlocks
from consortium.writers.markdown_words import started


class MarkdownWriter(Writer):
    """Writes a document as Markdown, which needs no package and shows no pictures."""

    key = "md"
    media_type = "text/markdown; charset=utf-8; variant=GFM"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file``; its text is in memory until it is known where its links lead."""
        blocks = MarkdownBlocks(document.languages)
        opening, rest = parted(document.blocks)
        head = [*_title_block(document, blocks), *blocks.pieces(opening)]
        body = list(blocks.pieces(rest))
        for piece in (*head, *_contents(blocks), *body):
            file.write(f"{blocks.linked(piece)}\n\n".encode("utf-8", "replace"))


def _title_block(document: Document, blocks: MarkdownBlocks) -> Iterator[str]:
    yield f"# {blocks.inline(document.title)}"
    yield f"**{blocks.inline(document.owner)}**"
    yield started(blocks.inline(document.period))
    yield from blocks.details(document.details)
    yield f"{blocks.inline(Speech(document.languages).say(_('Fingerprint')))} `{document.fingerprint}`"


def _contents(blocks: MarkdownBlocks) -> Iterator[str]:
    listed = [each for each in blocks.headings.contents if each.anchor]
    if listed:
        yield f"**{blocks.inline(Speech(blocks.languages).say(_('Contents')))}**"
        # two levels stand in the list: the second is set in
        first = min(each.level for each in listed)
        yield "\n".join(f"{'  ' * (each.level - first)}- {blocks.leading(each.words, each.anchor)}" for each in listed)


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the Markdown writer."""
    yield MarkdownWriter()

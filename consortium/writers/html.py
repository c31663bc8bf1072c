"""The HTML writer: one file that needs nothing else, neither a script nor the net."""

import base64
import hashlib
from codecs import iterdecode
from collections.abc import Iterable, Iterator
from functools import cache, partial
from html import escape
from importlib.resources import files
from itertools import islice
from tempfile import SpooledTemporaryFile
from textwrap import shorten
from typing import BinaryIO

from consortium.documents import Document, Heading, Speech, Writer
from consortium.hook import hookimpl
from consortium.i18n.message import _
from consortium.writers.contents import parted
from consortium.writers.html_blocks import HtmlBlocks

#: how many pieces wait for the list of contents; a document of more (some 1,500 sub-projects) goes without it
HELD = 20_000

#: so many bytes of them wait in memory, the others in a file
IN_MEMORY = 4_000_000

#: bytes that are taken back at a time
CHUNK = 8_192

#: a tab and a list of results show no more of a title
TITLE = 70


class HtmlWriter(Writer):
    """Writes a document as one HTML file, section by section."""

    key = "html"
    media_type = "text/html; charset=utf-8"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file`` as it walks the blocks, and never hold them all."""
        pieces = _page(document)
        while some := "".join(islice(pieces, 256)):
            file.write(some.encode("utf-8"))


@cache
def report_css() -> str:
    """Return the stylesheet of a report: the colours of the house, and rules about what :func:`report_html` yields."""
    room = files("consortium.writers")
    return "".join(room.joinpath(name).read_text(encoding="utf-8") for name in ("tokens.css", "report.css"))


def report_html(document: Document) -> Iterator[str]:
    """Yield the HTML of ``document`` in pieces: one ``article`` with its ``h1``, to stand in a page's ``main``."""
    blocks = HtmlBlocks(document.languages)
    yield f'<article class="report languages-{len(document.languages)}" lang="{escape(document.languages[0])}">\n'
    yield from _title_block(document, blocks)
    opening, rest = parted(document.blocks)
    yield from blocks.pieces(opening)
    yield from _with_contents(blocks.pieces(rest), blocks)
    yield "</article>\n"


def _page(document: Document) -> Iterator[str]:
    css, title = report_css(), shorten(plain_title(document), TITLE, placeholder="…")
    # even if a fault let foreign markup in, no browser would run or load it
    policy = f"default-src 'none'; style-src 'sha256-{_digest(css)}'; base-uri 'none'; form-action 'none'"
    yield (
        f'<!DOCTYPE html>\n<html class="report-page" lang="{escape(document.languages[0])}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n<main>\n"
    )
    yield from report_html(document)
    yield "</main>\n</body>\n</html>\n"


def plain_title(document: Document) -> str:
    """Name the document in its first language, with the consortium: ``Statusoversikt – Trygg oppvekst``."""
    return " – ".join(words[0].words for words in (document.title, document.owner) if words)


@cache
def _digest(css: str) -> str:
    return base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


def _title_block(document: Document, blocks: HtmlBlocks) -> Iterator[str]:
    yield f'<header>\n<p class="owner">{blocks.lines(document.owner)}</p>\n<h1>{blocks.lines(document.title)}</h1>\n'
    yield f'<p class="period">{blocks.lines(document.period)}</p>\n'
    yield from blocks.details(document.details)
    name = blocks.lines(Speech(document.languages).say(_("Fingerprint")))
    yield f'<p class="fingerprint">{name} <code>{escape(document.fingerprint)}</code></p>\n</header>\n'


def _with_contents(pieces: Iterator[str], blocks: HtmlBlocks) -> Iterator[str]:
    """Put the list of contents before ``pieces``, which hold back until the headings are known."""
    with SpooledTemporaryFile(IN_MEMORY, prefix="consortium-") as held:
        for piece in islice(pieces, HELD):  # one by one: “writelines” would look at the size only at the end
            held.write(piece.encode())
        rest = list(islice(pieces, 1))
        if rest:
            blocks.headings.forget()
        elif blocks.headings.contents:
            yield from _contents(blocks)
        held.seek(0)
        yield from iterdecode(iter(partial(held.read, CHUNK), b""), "utf-8")
    yield from rest
    yield from pieces


def _contents(blocks: HtmlBlocks) -> Iterator[str]:
    title = blocks.lines(Speech(blocks.languages).say(_("Contents")))
    yield f'<nav class="contents" aria-labelledby="report-contents">\n<h2 id="report-contents">{title}</h2>\n'
    yield from _nested((each for each in blocks.headings.contents if each.anchor), blocks)
    yield "</nav>\n"


def _nested(headings: Iterable[Heading], blocks: HtmlBlocks) -> Iterator[str]:
    """Set headings as a list in a list."""
    level = 0
    for heading in headings:
        yield (
            "<ol>\n<li>" * (heading.level - level)
            if heading.level > level
            else "</li>\n" + "</ol>\n</li>\n" * (level - heading.level) + "<li>"
        )
        yield f'<a href="#{escape(heading.anchor)}">{blocks.lines(heading.words)}</a>'
        level = heading.level
    yield "</li>\n</ol>\n" * level


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the HTML writer."""
    yield HtmlWriter()

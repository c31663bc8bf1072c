"""The nodes of a document as pandoc reads it, each with the style that an office program shows by name."""

import base64
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from consortium.i18n.language import INTERFACE_LANGUAGES

Node = dict[str, Any]

#: the version of the tree that these nodes are of
API = [1, 23, 1]

#: office programs know languages by the country whose spelling they check
_WITH_COUNTRY = {"nb": "nb-NO", "nn": "nn-NO", "sv": "sv-SE", "en": "en-GB"}

#: what XML refuses, and what shows nothing but would be taken for the start of a file
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF])


def office_language(tag: str) -> str:
    """Write a language as office programs know it: ``nb-NO`` for ``nb``."""
    return _WITH_COUNTRY.get(tag, tag)


def settable(words: str) -> str:
    """Leave out the signs that no XML may hold."""
    return words.translate(_FORBIDDEN).replace("\r\n", "\n").replace("\r", "\n")


def text(words: str) -> list[Node]:
    """Set ``words`` as they are; single line breaks stay."""
    first, *others = settable(words).split("\n")
    return [_string(first), *(node for line in others for node in (BREAK, _string(line)))]


BREAK: Node = {"t": "LineBreak"}


def _string(words: str) -> Node:
    return {"t": "Str", "c": words}


def emphasis(inlines: Sequence[Node]) -> Node:
    """Set words in italics."""
    return {"t": "Emph", "c": list(inlines)}


def span(inlines: Sequence[Node], style: str = "", language: str = "") -> Node:
    """Set words in a style, in a language, or in both."""
    return {"t": "Span", "c": [_attributes(style, language), list(inlines)]}


def link(inlines: Sequence[Node], anchor: str) -> Node:
    """Let words lead to a place in the document."""
    return {"t": "Link", "c": [_attributes(), list(inlines), [f"#{anchor}", ""]]}


def without_link(node: Node) -> None:
    """Make plain words of a link that leads nowhere."""
    attributes, inlines, _target = node["c"]
    node.update({"t": "Span", "c": [attributes, inlines]})


def picture(told: str) -> Node:
    """Leave room for a picture that is drawn later; ``told`` is read in its place."""
    return {"t": "Image", "c": [["", [], [["width", "100%"]]], text(told), ["", ""]]}


def drawn(node: Node, png: bytes) -> None:
    """Put a picture where room was left for it."""
    node["c"][2][0] = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def paragraph(style: str, inlines: Sequence[Node]) -> Node:
    """Set a paragraph in a style."""
    return {"t": "Div", "c": [_attributes(style), [{"t": "Para", "c": list(inlines)}]]}


def heading(level: int, anchor: str, inlines: Sequence[Node]) -> Node:
    """Set a heading."""
    return {"t": "Header", "c": [level, [anchor, [], []], list(inlines)]}


def bullets(items: Iterable[Sequence[Node]]) -> Node:
    """Set a list of equals, each of them blocks."""
    return {"t": "BulletList", "c": [list(item) for item in items]}


def table(
    style: str,
    widths: Sequence[float],
    rows: Iterable[Sequence[Sequence[Node]]],
    head: Sequence[Sequence[Node]] = (),
    caption: Sequence[Node] = (),
) -> Node:
    """Set rows of cells, each of them blocks, in columns of ``widths``, which are parts of the line."""
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in widths]
    said = [None, [{"t": "Plain", "c": list(caption)}] if caption else []]
    heads = [_EMPTY, [_row(head)] if head else []]
    body = [_EMPTY, 0, [], [_row(row) for row in rows]]
    return {"t": "Table", "c": [_attributes(style), said, columns, heads, [body], [_EMPTY, []]]}


_EMPTY: list[Any] = ["", [], []]


def _row(cells: Sequence[Sequence[Node]]) -> list[Any]:
    return [_EMPTY, [[_EMPTY, {"t": "AlignDefault"}, 1, 1, list(cell)] for cell in cells]]


def style_of(node: Node) -> str:
    """Tell the style of a table."""
    return str(dict(node["c"][0][2]).get("custom-style", ""))


def tree(blocks: list[Node], language: str) -> Node:
    """Put the blocks of a document together."""
    return {
        "pandoc-api-version": API,
        "meta": {"lang": {"t": "MetaString", "c": office_language(language)}},
        "blocks": blocks,
    }


@cache
def _attributes(style: str = "", language: str = "") -> list[Any]:
    given = [["custom-style", style]] if style else []
    if language:
        given.append(["lang", office_language(language)])
        if _runs_to_the_left(language):
            given.append(["dir", "rtl"])
    return ["", [], given]


def _runs_to_the_left(language: str) -> bool:
    if language in INTERFACE_LANGUAGES:
        return False
    try:
        return str(Locale.parse(language, sep="-").character_order) == "right-to-left"
    except (UnknownLocaleError, ValueError):
        return False

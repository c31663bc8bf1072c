"""Reads back what was written: HTML as a tree, PDF as runs of text with their language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

import pikepdf

#: the language of what stands in a picture
PICTURED = "picture"

_VOID = {"meta", "br", "col", "path", "img", "link", "input"}


@dataclass
class Element:
    """An element of HTML."""

    tag: str
    attributes: dict[str, str | None]
    parent: "Element | None"
    children: list["Element | str"] = field(default_factory=list)

    @property
    def language(self) -> str | None:
        """The nearest language."""
        return self.attributes.get("lang") or (self.parent.language if self.parent else None)

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str = "", **wanted: str) -> Iterator["Element"]:
        """Walk the elements in it that are called ``tag`` and have the attributes ``wanted``."""
        for child in self.children:
            if isinstance(child, Element):
                given = child.attributes
                if tag in ("", child.tag) and all(given.get(name.rstrip("_")) == each for name, each in wanted.items()):
                    yield child
                yield from child.all(tag, **wanted)

    def runs(self) -> Iterator[tuple[str, str | None]]:
        """Walk the texts with their nearest language."""
        for child in self.children:
            if isinstance(child, str):
                yield child, self.language
            else:
                yield from child.runs()


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.here = self.root = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute stands twice in {tag}"
        made = Element(tag, dict(attrs), self.here)
        self.here.children.append(made)
        if tag not in _VOID:
            self.here = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Element(tag, dict(attrs), self.here))

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read_html(page: bytes) -> Element:
    """Read a page, of which every element must be closed in its turn."""
    tree = _Tree()
    tree.feed(page.decode("utf-8"))
    tree.close()
    assert tree.here is tree.root
    return tree.root


def read_pdf(file: bytes) -> list[tuple[str, str | None]]:
    """Read the tagged text of a PDF in its content's order: words and their nearest language."""
    found = []
    with pikepdf.open(BytesIO(file)) as pdf:
        languages = dict(_languages(pdf.Root.StructTreeRoot, str(pdf.Root.Lang)))
        pictured = {place for place, language in languages.items() if language == PICTURED}
        for page in pdf.pages:
            for (mark, language), shown in groupby(_shown(page), key=itemgetter(0, 1)):
                place = (page.objgen, mark)
                if mark >= 0 and place not in pictured:  # running heads are not read aloud
                    words = "".join(each[2] for each in shown)
                    found.append((words, language or languages.get(place)))
    return found


def read_pages(file: bytes) -> list[str]:
    """Read all that stands on each page of a PDF."""
    with pikepdf.open(BytesIO(file)) as pdf:
        return ["".join(words for _mark, _language, words in _shown(page)) for page in pdf.pages]


def _languages(node: Any, around: str, page: Any = None) -> Iterator[tuple[tuple[Any, int], str]]:
    """Walk the structure: which language each marked content of each page has from the elements around it."""
    if "/Alt" in node:  # which is read in the place of all in it
        around = PICTURED
    around, page = around if around == PICTURED else str(node.get("/Lang", around)), node.get("/Pg", page)
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield ((kid.get("/Pg", page).objgen, int(kid.MCID)), around)
        elif isinstance(kid, pikepdf.Dictionary):
            yield from _languages(kid, around, page)
        elif not isinstance(kid, pikepdf.Dictionary) and page is not None:
            yield ((page.objgen, int(kid)), around)


def _shown(page: pikepdf.Page) -> Iterator[tuple[int, str | None, str]]:
    """Walk the texts on a page: number of the marked content (-1 for none), its own language, words."""
    fonts = {str(name): _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    mark: int = -1
    language: str | None = None
    for step in pikepdf.parse_content_stream(page):
        operands, name = step.operands, str(step.operator)
        if name == "BDC":
            mark = int(operands[1].get("/MCID", -1))
            language = str(operands[1].Lang) if "/Lang" in operands[1] else None
        elif name == "EMC":
            mark, language = -1, None
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            yield mark, language, _decoded(operands[0] if name == "TJ" else operands, letters)


def _decoded(parts: Any, letters: dict[int, str]) -> str:
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(letters.get(int.from_bytes(codes[i : i + 2], "big"), "") for i in range(0, len(codes), 2))


def _letters(font: Any) -> dict[int, str]:
    """Read which letters the codes of a font stand for."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in pairs}

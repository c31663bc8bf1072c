"""A page as a reader gets it: its elements, and its words with their language."""

from dataclasses import dataclass
from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


@dataclass(frozen=True)
class Element:
    """An element that was opened."""

    tag: str
    attributes: dict[str, str]
    language: str = ""


class Page(HTMLParser):
    """Reads a page; ``words`` are pairs of some words and the language that they are in."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.words: list[tuple[str, str]] = []
        self.titles: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(response.text)
        assert self._open == [], "an element is not closed"

    @property
    def language(self) -> str:
        return next(each.attributes["lang"] for each in self.elements if each.tag == "html")

    @property
    def text(self) -> str:
        return " ".join(words for words, _language in self.words)

    def all(self, tag: str) -> list[Element]:
        return [each for each in self.elements if each.tag == tag]

    def value_of(self, name: str) -> str:
        return next(each.attributes["value"] for each in self.elements if each.attributes.get("name") == name)

    def links(self) -> list[str]:
        return [each.attributes["href"] for each in self.all("a")]

    def languages_of(self, part: str) -> set[str]:
        return {language for words, language in self.words if part in words}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        language = attributes.get("lang", self._open[-1][1] if self._open else "")
        self.elements.append(Element(tag, attributes, language))
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        opened, _language = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append((" ".join(data.split()), self._open[-1][1]))
            if self._open[-1][0] == "title":
                self.titles.append(self.words[-1])

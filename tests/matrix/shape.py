"""What a page must not have in it, whatever somebody has written; and its shape, which nobody's words may change."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from werkzeug.test import TestResponse

from tests.admin.page import VOID

#: words of the inside, which no answer has in it unless somebody has asked for them
INSIDE = ("Traceback", "sqlalchemy", "psycopg", "sqlite3", "SELECT ", "jinja2", "werkzeug")

#: where an address can stand that a browser follows
FOLLOWED = ("href", "src", "action", "formaction", "data-lookup", "srcset", "poster", "content")

#: elements that no page of ours has
STRANGE = {"iframe", "object", "embed", "base", "math", "style", "frame", "applet", "marquee", "template", "x", "xss"}

#: these stand in pages of ours too, as shorter words do
OURS, LONG = re.compile(r"(</?\w+>)+|<!DOCTYPE html>|<a href=\"", re.IGNORECASE), 6

#: a tag as our templates and writers write it, and its attributes; nobody's words look like that, or they would be tags
TAG = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^\s"<>=/]+(?:="[^"<]*")?)*)\s*(/?)>')
ATTRIBUTE = re.compile(r'([^\s"=]+)(?:="([^"]*)")?')

#: a drawing of ours within a page, in which no script runs
DRAWN = "data:image/svg+xml;base64,"

#: to add or take away a stroke, an address leads to itself as a whole
SITE = "http://localhost/"


def leads_away(address: str) -> bool:
    """Tell whether a browser that reads ``address`` leaves the site: written after the standard for URLs, not after ours."""
    read = re.sub("[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    return read.startswith("//") or bool(re.match("[A-Za-z][A-Za-z0-9+.-]*:", read))


def faults(response: TestResponse, asked: Iterable[str] = ()) -> Iterator[str]:
    """Walk what is wrong with an answer, whatever was asked."""
    said = tuple(asked)
    if response.status_code >= 500:
        yield f"answers {response.status_code}"
    location = response.headers.get("Location", "")
    if leads_away(location.removeprefix(SITE.rstrip("/")) if location.startswith(SITE) else location):
        yield f"leads to {location[:80]!r}"
    if any(name.lower().startswith("x-injected") for name, _value in response.headers):
        yield "has a header of somebody's"
    cookies = {each.partition("=")[0] for each in response.headers.getlist("Set-Cookie")}
    if cookies - {"session", "language", "visit"}:
        yield f"sets {cookies}"
    if response.mimetype == "text/html":
        yield from _in_page(response, said)


def _in_page(response: TestResponse, said: tuple[str, ...]) -> Iterator[str]:
    text = response.text
    if response.status_code < 300 or response.status_code >= 400:
        yield from _in_tags(text)
        for tag, attributes in elements(text):
            yield from _in_element(tag, attributes)
    for words in INSIDE:
        if words in text and not any(words.strip() in each for each in said):
            yield f"tells of {words!r}"
    for words in said:
        # in text only "<" means something; a sign that ends an attribute shows in the elements
        if len(words) > LONG and "<" in words and words in text and not OURS.fullmatch(words):
            yield f"has {words[:60]!r} as it was written"


def _in_element(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag.lower() in STRANGE:
        yield f"has a <{tag}>"
    if tag.lower() == "script" and not attributes.get("src", "").startswith("/look/"):
        yield f"has a script {attributes}"
    for name, value in attributes.items():
        if name.lower().startswith("on") or name.lower() == "style":
            yield f"has <{tag} {name}>"
        if name.lower() in FOLLOWED and tag != "meta" and leads_away(value) and not value.startswith(DRAWN):
            yield f"has <{tag} {name}={value[:60]!r}>"


def _in_tags(text: str) -> Iterator[str]:
    """Walk what is wrong with how the tags stand: each is one of ours, and closes what was opened last."""
    tags = TAG.findall(text)
    if text.count("<") != len(tags) + text.lower().count("<!doctype html>"):
        yield "has a < that begins no tag of ours"
    opened = [""]
    for closing, tag, _attributes, closed in tags:
        if closing and opened.pop() != tag:
            yield f"closes <{tag}>, which is not open"
            return
        if not closing and not closed and tag not in VOID:
            opened.append(tag)


def elements(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Walk the elements of a page, one after the other, with their attributes."""
    for closing, tag, attributes, _closed in TAG.findall(text):
        if not closing:
            yield tag, {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}


def shape(response: TestResponse) -> list[tuple[str, ...]]:
    """Return the elements of a page, one after the other, with the names of their attributes."""
    return [(tag, *sorted(attributes)) for tag, attributes in elements(response.text)]

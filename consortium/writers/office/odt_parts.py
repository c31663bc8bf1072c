"""The parts of an ODT file around its text: styles with head and foot, properties, and the list of all parts."""

import re
from collections.abc import Iterable
from itertools import zip_longest

from consortium.documents import Document, Phrase, Speech, Words
from consortium.i18n.message import _
from consortium.writers.html import plain_title
from consortium.writers.office.look import BOTTOM, FOOT, HEAD, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TOP
from consortium.writers.office.odt_styles import in_language, named_styles, spoken_styles
from consortium.writers.office.tree import office_language
from consortium.writers.office.xml import element, part, quoted

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    "xmlns:office": f"{_OASIS}:office:1.0",
    "xmlns:style": f"{_OASIS}:style:1.0",
    "xmlns:text": f"{_OASIS}:text:1.0",
    "xmlns:fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "xmlns:svg": f"{_OASIS}:svg-compatible:1.0",
    "xmlns:meta": f"{_OASIS}:meta:1.0",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "office:version": "1.3",
}
TYPE = "application/vnd.oasis.opendocument.text"


def parts_around(document: Document, pictures: Iterable[str]) -> dict[str, bytes]:
    """Make every part but the text itself and the ``pictures`` that it shows."""
    return {
        "mimetype": TYPE.encode("ascii"),
        "META-INF/manifest.xml": part(_manifest(pictures)),
        "meta.xml": part(_properties(document)),
        "styles.xml": part(_styles(document)),
    }


def _manifest(pictures: Iterable[str]) -> str:
    kinds = {"/": TYPE, **dict.fromkeys(("content.xml", "meta.xml", "styles.xml"), "text/xml")}
    kinds |= dict.fromkeys(pictures, "image/png")
    return element(
        "manifest:manifest",
        {"xmlns:manifest": f"{_OASIS}:manifest:1.0", "manifest:version": "1.3"},
        *(
            element("manifest:file-entry", {"manifest:full-path": name, "manifest:media-type": kind})
            for name, kind in kinds.items()
        ),
    )


def _properties(document: Document) -> str:
    owner = document.owner[0].words if document.owner else ""
    day = f"{document.day.isoformat()}T00:00:00"
    said = {
        "dc:title": plain_title(document),
        "meta:initial-creator": owner,
        "meta:creation-date": day,
        "dc:date": day,
        "dc:language": office_language(document.languages[0]),
    }
    return element(
        "office:document-meta",
        SPACES,
        element("office:meta", None, *(element(name, None, quoted(words)) for name, words in said.items())),
    )


def _styles(document: Document) -> str:
    languages = {document.languages[0], *(phrase.language for phrase in _running(document))}
    return element(
        "office:document-styles",
        SPACES,
        named_styles(document.languages[0]),
        element("office:automatic-styles", None, _page(), *spoken_styles(languages)),
        element("office:master-styles", None, _master(document)),
    )


def _running(document: Document) -> Words:
    return (*document.owner, *document.period, *_pages(document), *_day(document))


def _pages(document: Document) -> Words:
    return Speech(document.languages).say(_("Page {page} of {pages}").fill(page="{page}", pages="{pages}"))


def _day(document: Document) -> Words:
    return Speech(document.languages).day(document.day)


def _page() -> str:
    """Tell the paper and the margins; head and foot stand within those."""
    paper = {
        "fo:page-width": f"{PAGE_WIDTH}mm",
        "fo:page-height": f"{PAGE_HEIGHT}mm",
        "style:print-orientation": "portrait",
        "fo:margin-top": f"{HEAD}mm",
        "fo:margin-bottom": f"{FOOT}mm",
        "fo:margin-left": f"{SIDE}mm",
        "fo:margin-right": f"{SIDE}mm",
    }
    head = {"fo:min-height": f"{TOP - HEAD}mm", "fo:margin-bottom": "4mm", "style:dynamic-spacing": "true"}
    foot = {"fo:min-height": f"{BOTTOM - FOOT}mm", "fo:margin-top": "5mm", "style:dynamic-spacing": "true"}
    return element(
        "style:page-layout",
        {"style:name": "Page"},
        element("style:page-layout-properties", paper),
        element("style:header-style", None, element("style:header-footer-properties", head)),
        element("style:footer-style", None, element("style:header-footer-properties", foot)),
    )


def _master(document: Document) -> str:
    """Set head and foot: there is no head on the first page."""
    heads = [
        (_text(tuple(filter(None, (left,)))), _text(tuple(filter(None, (right,)))))
        for left, right in zip_longest(document.owner, document.period)
    ]
    foot = _line("Footer", _text(_day(document)), _POINT.join(map(_counted, _pages(document))))
    return element(
        "style:master-page",
        {"style:name": "Standard", "style:page-layout-name": "Page"},
        element(
            "style:header",
            None,
            *(_line("HeaderEnd" if place == len(heads) else "Header", *sides) for place, sides in enumerate(heads, 1)),
        ),
        element("style:header-first", None, element("text:p", {"text:style-name": "Header"})),
        element("style:footer", None, foot),
        element("style:footer-first", None, foot),
    )


def _line(style: str, left: str, right: str) -> str:
    return element("text:p", {"text:style-name": style}, left, element("text:tab"), right)


_POINT = " · "


def _text(words: Words) -> str:
    return _POINT.join(_run(" ".join(phrase.words.split()), phrase.language) for phrase in words)


def _run(words: str, language: str) -> str:
    return element("text:span", {"text:style-name": in_language(language)}, quoted(words)) if words else ""


def _counted(phrase: Phrase) -> str:
    """Set words in which the program fills in the number of the page and of all."""
    parts = re.split(r"(\{pages?\})", phrase.words)
    return "".join(_FIELDS.get(each) or _run(each, phrase.language) for each in parts)


_FIELDS = {
    "{page}": element("text:page-number", {"text:select-page": "current"}, "1"),
    "{pages}": element("text:page-count", None, "1"),
}

"""The parts of a DOCX file around its text: head and foot, properties, and what ties all together."""

import re
from collections.abc import Iterable
from itertools import zip_longest

from consortium.documents import Document, Speech, Words
from consortium.i18n.message import _
from consortium.writers.html import plain_title
from consortium.writers.office.docx_styles import SPACE, border, fonts_xml, lists_xml, styles_xml, twentieths, w
from consortium.writers.office.look import BOTTOM, FOOT, HEAD, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TOP
from consortium.writers.office.tree import office_language
from consortium.writers.office.xml import element, part, quoted
from consortium.writers.signs import RULE

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

#: the parts that the text relates to, each with its kind
_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "fontTable": "fontTable",
    "header1": "header",
    "footer1": "footer",
}


def _twips(millimetres: float) -> int:
    return twentieths(millimetres * 72 / 25.4)


#: the width of a line of text
LINE = _twips(PAGE_WIDTH - 2 * SIDE)


def parts_around(document: Document, pictures: Iterable[str]) -> dict[str, bytes]:
    """Make every part but the text itself and the ``pictures`` that it shows."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(document),
        "word/_rels/document.xml.rels": _relations(
            *((name, f"{_OFFICE}/{kind}", f"{name}.xml") for name, kind in _KINDS.items()),
            *((_stem(name), f"{_OFFICE}/image", name.removeprefix("word/")) for name in pictures),
        ),
        "word/styles.xml": styles_xml(document.languages[0]),
        "word/numbering.xml": lists_xml(),
        "word/settings.xml": _settings(document),
        "word/fontTable.xml": fonts_xml(),
        "word/header1.xml": _head(document),
        "word/footer1.xml": _foot(document),
    }
    return {name: part(root) for name, root in parts.items()}


def section_properties() -> str:
    """Tell the paper, the margins, and where head and foot stand: there is no head on the first page."""
    edges = {name: _twips(each) for name, each in (("top", TOP), ("right", SIDE), ("bottom", BOTTOM), ("left", SIDE))}
    return w(
        "sectPr",
        *(
            element(f"w:{side}Reference", {"w:type": pages, "r:id": f"{side}1"})
            for side, pages in (("header", "default"), ("footer", "default"), ("footer", "first"))
        ),
        w("pgSz", w=_twips(PAGE_WIDTH), h=_twips(PAGE_HEIGHT)),
        w("pgMar", **edges, header=_twips(HEAD), footer=_twips(FOOT), gutter=0),
        w("titlePg"),
    )


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def _types() -> str:
    types = {
        "document": f"{_WORD}.document.main+xml",
        **{name: f"{_WORD}.{kind}+xml" for name, kind in _KINDS.items()},
    }
    return element(
        "Types",
        {"xmlns": f"{_PACKAGE}/content-types"},
        element("Default", {"Extension": "xml", "ContentType": "application/xml"}),
        element(
            "Default", {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"}
        ),
        element("Default", {"Extension": "png", "ContentType": "image/png"}),
        *(element("Override", {"PartName": f"/word/{name}.xml", "ContentType": kind}) for name, kind in types.items()),
        element(
            "Override",
            {
                "PartName": "/docProps/core.xml",
                "ContentType": "application/vnd.openxmlformats-package.core-properties+xml",
            },
        ),
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    each = (element("Relationship", {"Id": name, "Type": kind, "Target": target}) for name, kind, target in relations)
    return element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"}, *each)


def _properties(document: Document) -> str:
    owner = document.owner[0].words if document.owner else ""
    spaces = {
        "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    day = f"{document.day.isoformat()}T00:00:00Z"
    return element(
        "cp:coreProperties",
        spaces,
        element("dc:title", None, quoted(plain_title(document))),
        element("dc:creator", None, quoted(owner)),
        element("dc:language", None, quoted(office_language(document.languages[0]))),
        *(element(f"dcterms:{name}", {"xsi:type": "dcterms:W3CDTF"}, day) for name in ("created", "modified")),
    )


def _settings(document: Document) -> str:
    # without it, Word takes the file for one of an older Word and sets it worse
    uri = "http://schemas.microsoft.com/office/word"
    return element(
        "w:settings",
        SPACE,
        w("autoHyphenation"),
        w("defaultTabStop", val=720),
        w("compat", w("compatSetting", name="compatibilityMode", uri=uri, val=15)),
        w("themeFontLang", val=office_language(document.languages[0])),
    )


def _head(document: Document) -> str:
    """Set owner and period in a line for each language, and a rule under them."""
    sides = zip_longest(document.owner, document.period)
    lines = [(_text(tuple(filter(None, (left,)))), _text(tuple(filter(None, (right,))))) for left, right in sides]
    under = w("pBdr", border("bottom", RULE, 0.5, 3))
    return element(
        "w:hdr",
        SPACE,
        *(_running_line("Header", *line, "" if place < len(lines) else under) for place, line in enumerate(lines, 1)),
    )


def _foot(document: Document) -> str:
    speech = Speech(document.languages)
    pages = speech.say(_("Page {page} of {pages}").fill(page="{page}", pages="{pages}"))
    counted = _POINT.join(_counted(phrase.words, phrase.language) for phrase in pages)
    return element("w:ftr", SPACE, _running_line("Footer", _text(speech.day(document.day)), counted))


def _running_line(style: str, left: str, right: str, line: str = "") -> str:
    tab = w("tabs", w("tab", val="right", pos=LINE))
    return w("p", w("pPr", w("pStyle", val=style), line, tab), left, w("r", w("tab")), right)


def _text(words: Words) -> str:
    return _POINT.join(_run(" ".join(phrase.words.split()), phrase.language) for phrase in words)


def _run(words: str, language: str) -> str:
    spoken = w("rPr", w("lang", val=office_language(language)))
    return w("r", spoken, element("w:t", {"xml:space": "preserve"}, quoted(words)))


def _counted(words: str, language: str) -> str:
    """Set words in which the program fills in the number of the page and of all."""
    parts = re.split(r"(\{pages?\})", words)
    return "".join(
        w("fldSimple", _run("1", language), instr=_FIELDS[each]) if each in _FIELDS else _run(each, language)
        for each in parts
    )


_POINT = w("r", element("w:t", {"xml:space": "preserve"}, " · "))
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}

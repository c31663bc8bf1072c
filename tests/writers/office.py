"""Reads back what an office program would: the words of a DOCX or ODT file, each with its language."""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, STYLE, FO, OFFICE = (OASIS % name for name in ("text", "style", "xsl-fo-compatible", "office"))

#: what WordprocessingML says by an element
_SIGNS = {f"{W}br": "\n", f"{W}softHyphen": "\u00ad", f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011"}


def parts(file: bytes) -> dict[str, bytes]:
    """Unpack a file; every part of it must be sound."""
    with ZipFile(BytesIO(file)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def root(file: bytes, name: str) -> ET.Element:
    """Read a part as a tree."""
    return ET.fromstring(parts(file)[name])  # noqa: S314  # our own


def docx_runs(file: bytes) -> Iterator[tuple[str, str]]:
    """Walk the words of a DOCX file with their language."""
    default = root(file, "word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert default is not None
    for run in root(file, "word/document.xml").iter(f"{W}r"):
        own = run.find(f"{W}rPr/{W}lang")
        words = "".join(_SIGNS.get(each.tag) or each.text or "" for each in run)
        yield words, (default if own is None else own).attrib[f"{W}val"]


def odt_runs(file: bytes) -> Iterator[tuple[str, str]]:
    """Walk the words of an ODT file with their language."""
    content = root(file, "content.xml")
    spoken = dict(_spoken(content.iter(f"{STYLE}style")))
    default = root(file, "styles.xml").find(f".//{STYLE}default-style/{STYLE}text-properties")
    assert default is not None
    body = content.find(f"{OFFICE}body")
    assert body is not None
    yield from _walk(body, default.attrib[f"{FO}language"], spoken)


def _spoken(styles: Iterator[ET.Element]) -> Iterator[tuple[str, str]]:
    for style in styles:
        for properties in style.iter(f"{STYLE}text-properties"):
            if f"{FO}language" in properties.attrib:
                yield style.attrib[f"{STYLE}name"], properties.attrib[f"{FO}language"]


def _walk(node: ET.Element, around: str, spoken: dict[str, str]) -> Iterator[tuple[str, str]]:
    language = spoken.get(node.get(f"{TEXT}style-name", ""), around)
    yield node.text or "", language
    if node.tag == f"{TEXT}line-break":
        yield "\n", language
    if node.tag == f"{TEXT}s":
        yield " " * int(node.get(f"{TEXT}c", "1")), language
    if node.tag == f"{TEXT}tab":
        yield "\t", language
    for child in node:
        yield from _walk(child, language, spoken)
        yield re.sub(r"^\n\s*$", "", child.tail or ""), language

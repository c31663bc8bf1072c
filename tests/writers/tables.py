"""Reads the tables of a report back from every format, each by means that its writer does not use."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pikepdf
from openpyxl import load_workbook

from tests.writers import reading

#: the words of one row, cell by cell
Cells = tuple[str, ...]

_NUMBER = re.compile(r"(-?\d+(?:,\d+)?)(?:[A-Z]{3})?")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OPEN = "{urn:oasis:names:tc:opendocument:xmlns:"


def number(words: str) -> Decimal | None:
    """Read a Norwegian figure, be it money or not; None where a cell says anything else."""
    found = _NUMBER.fullmatch(re.sub(r"\s", "", words).replace("\u2212", "-"))
    return Decimal(found[1].replace(",", ".")) if found else None


class _Html(HTMLParser):
    """Gathers what stands in ``th`` and ``td``; a drawing is no table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self._is_open = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.rows[-1][-1] += data


def html(made: bytes) -> Iterator[Cells]:
    """Read the rows of HTML tables."""
    page = _Html()
    page.feed(made.decode())
    return map(tuple, page.rows)


def pdf(made: bytes) -> Iterator[Cells]:
    """Read the rows of a PDF's tagged tables."""
    with pikepdf.open(BytesIO(made)) as file:
        shown: dict[Any, str] = {}
        for page in file.pages:
            for mark, _language, words in reading._shown(page):
                shown[page.objgen, mark] = shown.get((page.objgen, mark), "") + words
        for row in _tagged(file.Root.StructTreeRoot, "/TR"):
            yield tuple(_words(cell, shown) for cell in _kids(row) if isinstance(cell, pikepdf.Dictionary))


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _tagged(node: Any, tag: str) -> Iterator[Any]:
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/S") == tag:
                yield kid
            yield from _tagged(kid, tag)


def _words(node: Any, shown: dict[Any, str], page: Any = None) -> str:
    page = node.get("/Pg", page)
    said = ""
    for kid in _kids(node):
        if not isinstance(kid, pikepdf.Dictionary):
            said += shown.get((page.objgen, int(kid)), "")
        elif "/MCID" in kid:
            said += shown.get((kid.get("/Pg", page).objgen, int(kid.MCID)), "")
        else:
            said += _words(kid, shown, page)
    return said


def xlsx(made: bytes) -> Iterator[Cells]:
    """Read the rows of a workbook's sheets, but for those that hold text: the first and the one called so."""
    for page in load_workbook(BytesIO(made)).worksheets[1:]:
        if page.title in ("Text", "Tekst"):
            continue
        for row in page.iter_rows():
            yield tuple(_cell(cell.value) for cell in row)


def _cell(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, int | float) else str(value)


def json_(made: bytes) -> Iterator[Cells]:
    """Read the rows of a document in JSON."""
    yield from _json_rows(json.loads(made))


def _json_rows(node: Any) -> Iterator[Cells]:
    if isinstance(node, dict):
        if node.get("kind") == "table":
            for cells in ([column["words"] for column in node["columns"]], *(row["cells"] for row in node["rows"])):
                yield tuple("".join(phrase["words"] for phrase in words) for words in cells)
        for each in node.values():
            yield from _json_rows(each)
    if isinstance(node, list):
        for each in node:
            yield from _json_rows(each)


def docx(made: bytes) -> Iterator[Cells]:
    """Read the rows of a DOCX's tables."""
    with ZipFile(BytesIO(made)) as package:
        tree = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314  # what we wrote
    for row in tree.iter(f"{_WORD}tr"):
        yield tuple("".join(each.text or "" for each in cell.iter(f"{_WORD}t")) for cell in row.iter(f"{_WORD}tc"))


def odt(made: bytes) -> Iterator[Cells]:
    """Read the rows of an ODT's tables."""
    with ZipFile(BytesIO(made)) as package:
        tree = ElementTree.fromstring(package.read("content.xml"))  # noqa: S314  # what we wrote
    for row in tree.iter(f"{_OPEN}table:1.0}}table-row"):
        yield tuple("".join(cell.itertext()).strip() for cell in row.iter(f"{_OPEN}table:1.0}}table-cell"))


def md(made: bytes) -> Iterator[Cells]:
    """Read the rows of Markdown's tables, but for the line under their heads."""
    for line in made.decode().splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
            cells = re.split(r"(?<!\\)\|", line.strip()[1:-1])
            yield tuple(re.sub(r"\\(.)", r"\1", re.sub(r"\[(.*)\]\(.*\)", r"\1", each)).strip() for each in cells)


READERS: dict[str, Callable[[bytes], Iterator[Cells]]] = {
    "docx": docx,
    "html": html,
    "json": json_,
    "md": md,
    "odt": odt,
    "pdf": pdf,
    "xlsx": xlsx,
}

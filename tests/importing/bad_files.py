"""Files that nobody should have sent: broken, hostile, or simply the wrong ones; each with a word of its refusal."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.importing.good_files import FIRST, HEADS, PLAIN, SECOND, table
from tests.importing.xlsx import HEAD, Book, Raw, Value

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
LONG = random.Random(6).randbytes(5_000_000).hex()  # noqa: S311  # for tests
OUTSIDE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Bad:
    """A bad file.

    :ivar make: writes it under the path that it is given
    :ivar says: in Norwegian, what its refusal holds
    """

    name: str
    says: str
    make: Callable[[Path], object]


def _book(book: Book) -> Callable[[Path], object]:
    return book.save


def _bytes(content: bytes | str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content)


def _row(**cells: Value) -> Callable[[Path], object]:
    """Change cells of the first sub-project by the letter of their column."""
    row = tuple(cells.get(chr(65 + place), value) for place, value in enumerate(FIRST))
    return PLAIN.with_rows((HEADS, row, SECOND)).save


def _mistaken(number: int) -> Sequence[Value]:
    """Make a row of a sub-project whose days are none."""
    return (f"DP-{number}", *FIRST[1:4], "en dag", *FIRST[5:])


def _nonsense(number: int) -> Sequence[Value]:
    """Make a row in which nothing is right."""
    return tuple(f"rot {number} {place}" for place in range(len(HEADS)))


def _alone(number: int) -> Sequence[Value]:
    """Make a row of a sub-project whose partner is not there."""
    return (f"DP-{number}", *FIRST[1:3], f"nobody{number}", *FIRST[4:])


def _with_definition(part: str, words: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Define something before the first element of a part."""
    found = str(PLAIN.parts()[part]).replace(HEAD, "")
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return replace(PLAIN, more={part: (head + words + found).encode(encoding)}).save


def _zip(files: Sequence[tuple[str, bytes]]) -> Callable[[Path], object]:
    def pack(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

    return pack


def _inner() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("groups.csv", b"0" * 50_000_000)
    return inner.getvalue()


def _half(path: Path) -> None:
    PLAIN.save(path)
    path.write_bytes(path.read_bytes()[:-500])


def _twice(path: Path) -> None:
    PLAIN.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.NameToInfo.clear()
        archive.writestr("xl/worksheets/sheet1.xml", str(PLAIN.parts()["xl/worksheets/sheet1.xml"]))


def _pack_twice(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for _time in range(2):
            archive.NameToInfo.clear()
            archive.writestr("groups.csv", "key,name.nb\ng,Øst\n")


def _lines(*lines: Mapping[str, Any] | str, form: int = 1, home: str = "c1", end: int | None = None) -> bytes:
    head = {"consortium-export": form, "consortium": home, "program": "1"}
    said = [head, *lines, *([] if end is None else [{"end": end}])]
    return "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in said).encode()


GROUP = {"record": "region_group", "key": "g", "name": {"versions": {"nb": {"words": "Øst"}}}}
_WIDE = ";".join(["Nøkkel", *("x" for _place in range(100_000))])
_EMPTY_ROWS = "".join(f'<row r="{number}"><c s="1"/></row>' for number in range(4, 110_000))
_MANY_CELLS = "".join(f'<row r="{number}">{"<c><v>1</v></c>" * 20}</row>' for number in range(4, 10_010))
NONSENSE = PLAIN.with_rows((HEADS, *map(_nonsense, range(10_000))))
_HEADER = '<sheet name="Delprosjekter (2)" sheetId="2" r:id="rId1"/>'

WORKBOOKS: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    "with a password": ("passord", _bytes(OLD_OFFICE)),
    "half of it": ("skadet", _half),
    "empty": ("skadet", _bytes(b"")),
    "a text file": ("skadet", _bytes(table())),
    "a part twice": ("skadet", _twice),
    "no sheet": ("ingen utfylte rader", _book(replace(PLAIN, more={"xl/workbook.xml": b"<x/>"}))),
    "macros": ("makroer", _book(replace(PLAIN, more={"xl/vbaProject.bin": b"x"}))),
    "a flat bomb": ("langt mer", _book(replace(PLAIN, more={"xl/media/a.bin": b"0" * 70_000_000}))),
    "a part with an entity from outside": ("definisjoner", _with_definition("xl/worksheets/sheet1.xml", OUTSIDE)),
    "a definition in UTF-16": ("definisjoner", _with_definition("xl/worksheets/sheet1.xml", OUTSIDE, "utf-16")),
    "billion laughs in the strings": ("definisjoner", _with_definition("xl/sharedStrings.xml", LAUGHS)),
    "a definition in the links": ("definisjoner", _with_definition("xl/_rels/workbook.xml.rels", OUTSIDE)),
    "a definition in the types": ("definisjoner", _with_definition("[Content_Types].xml", LAUGHS)),
    "a formula of another file": ("er en formel", _row(G=Raw("<c><f>[1]Ark1!A1</f><v>5</v></c>"))),
    "a formula that opens a page": ("er en formel", _row(B=Raw('<c t="str"><f>HYPERLINK("http://x","y")</f></c>'))),
    "a formula that goes in a circle": ("er en formel", _row(G=Raw("<c><f>G2+1</f></c>"))),
    "an error of the spreadsheet": ("er en feil fra regnearket", _row(G=Raw('<c t="e"><v>#N/A</v></c>'))),
    "columns that changed places": ("kan ikke leses som", _book(PLAIN.with_rows(
        ((*HEADS[:4], "Budsjett", "Til", "Fra", "Valuta"), FIRST, SECOND)))),
    "ten million letters": ("10000000 tegn", _row(B=LONG)),
    "a sign that is none": ("U+0000", _row(B="Hei_x0000_")),
    "half a sign": ("U+D800", _row(B="Hei_xD800_")),
    "more cells than anybody fills in": ("mer enn 200000 celler", _book(replace(PLAIN, rows_below=_MANY_CELLS))),
    "thousands of numbers without a heading": ("Ingen kolonne heter «7»", _book(Book(((7,) * 20,) * 2000))),
    "a thousand mistakes": ("de første 1000", _book(PLAIN.with_rows((HEADS, *(_mistaken(n) for n in range(2000)))))),
    "nonsense in every cell": ("de første 1000", NONSENSE.save),
    "a thousand partners that there are not": ("de første 1000", _book(PLAIN.with_rows((HEADS, *(_alone(n) for n in range(2000)))))),
    "a million rows with nothing in them": ("har mer enn 100000 rader", _book(replace(PLAIN, rows_below=_EMPTY_ROWS))),
    "a value in the last row of all": (
        "har mer enn 100000 rader", _book(replace(PLAIN, rows_below='<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))),
    "nothing in a sheet of a million rows": (
        "ingen utfylte rader", _book(Book((), above='<dimension ref="A1:XFD1048576"/>'))),
    "the wrong sheet": ("«Ark1» er ikke et ark", _book(replace(PLAIN, title="Ark1"))),
    "a copy of the sheet": ("er ikke et ark", _book(replace(PLAIN, sheets=_HEADER))),
    "a hidden sheet": ("er skjult", _book(replace(PLAIN, changed={'sheetId="1"': 'sheetId="1" state="hidden"'}))),
    "a sheet that breaks off": ("skadet", _book(replace(PLAIN, rows_below="<row"))),
    "a value far to the right": (
        "eller 400 kolonner", _book(replace(PLAIN, rows_below='<row r="9"><c r="ZZ9"><v>1</v></c></row>'))),
    "a heading twice": ("to kolonner for", _book(PLAIN.with_rows(((*HEADS[:7], "Budsjett"), FIRST, SECOND)))),
    "the headings twice": ("rad 3", _book(PLAIN.with_rows((HEADS, FIRST, HEADS, SECOND)))),
    "a key twice": ("«DP-7» står allerede i rad 2", _book(PLAIN.with_rows((HEADS, FIRST, FIRST)))),
    "a day that there is not": ("«29.02.2025»", _row(E="29.02.2025")),
    "a day in words of no language": ("«03/04/2026» kan ikke", _row(E="03/04/2026")),
    "an amount of two meanings": ("«1.234» kan bety", _row(G="1.234")),
    "another consortium": ("Konsortiet «c2» finnes ikke", _book(
        Book((("Nøkkel", "Navn (nb)", "Språk"), ("c2", "To", "nb")), title="Konsortium"))),
}  # fmt: skip

TABLES: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    "a picture": ("er ikke en CSV-fil", _bytes(PNG)),
    "a PDF": ("er ikke en CSV-fil", _bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 500)),
    "a page of the web": ("er ikke en CSV-fil", _bytes("<!DOCTYPE html>\n<html><table><tr><td>Nøkkel</td></tr></table>")),
    "a workbook": ("er ikke en CSV-fil", PLAIN.save),
    "nothing": ("ingen utfylte rader", _bytes(b"")),
    "letters of two encodings": (
        "er skadet", _bytes(table().encode("utf-8") + "DP-9;Åpen".encode("cp1252"))),
    "a quotation mark that is open": ("anførselstegn", _bytes(table() + '"DP-9;Åpen;\r\n' + "x;y\r\n" * 5000)),
    "a hundred thousand columns": ("eller 400 kolonner", _bytes(_WIDE)),
    "a sign that is none": ("U+0000", _bytes(table() + "DP-9;Hei\0;;a\r\n")),
    "half a UTF-16": ("er skadet", _bytes(table().encode("utf-16")[:-1])),
}  # fmt: skip

ARCHIVES: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    "a bomb within": ("er ikke et ark", _zip([("a.zip", _inner())])),
    "a flat bomb": ("svært stor når filen pakkes ut", _zip([("groups.csv", b"0" * 70_000_000)])),
    "a way out": ("er ikke et ark", _zip([("../../etc/groups.csv", b"key\n")])),
    "a name twice": ("uvanlig måte", _pack_twice),
}

LINES: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    "a newer format": ("format 2", _bytes(_lines(GROUP, form=2, end=1))),
    "an unknown field": ("Feltet finnes ikke", _bytes(_lines({**GROUP, "colour": "red"}, end=1))),
    "an unknown kind": ("er ikke en type post", _bytes(_lines({**GROUP, "record": "budget"}, end=1))),
    "half of it": ("Slutten mangler", _bytes(_lines(GROUP))),
    "half a line": ("ikke JSON", _bytes(_lines(GROUP, end=1)[:-40])),
    "half a sign": (
        "U+D800", _bytes(_lines({**GROUP, "name": {"versions": {"nb": {"words": "\ud800"}}}}, end=1))),
    "half a sign in a key": ("U+D800", _bytes(_lines({**GROUP, "key": "\ud800"}, end=1))),
    "a sign that is none": (
        "U+0000", _bytes(_lines({**GROUP, "name": {"versions": {"nb": {"words": "\0"}}}}, end=1))),
    "another consortium": ("Konsortiet «c2» finnes ikke", _bytes(_lines(GROUP, home="c2", end=1))),
    "no export": ("ikke en eksport herfra", _bytes("Hei\n")),
    "a number that is none": ("ikke JSON", _bytes(_lines('{"record":"region_group","key":NaN}', end=1))),
    "deep brackets": ("ikke JSON", _bytes(_lines("[" * 100_000, end=1))),
    "an endless line": ("for lang", _bytes(_lines('{"key":"' + "x" * 20_000_000 + '"}', end=1))),
}  # fmt: skip


def bad_files() -> Mapping[str, Bad]:
    """Name all bad files by what is bad about them."""
    kinds = {"x.xlsx": WORKBOOKS, "Delprosjekter.csv": TABLES, "x.zip": ARCHIVES, "x.jsonl": LINES}
    found = {
        f"{name.rpartition('.')[2]}: {what}": Bad(name, says, make)
        for name, kind in kinds.items()
        for what, (says, make) in kind.items()
    }
    return {
        **found,
        "xls: an old workbook": Bad("x.xls", "gammelt format", _bytes(OLD_OFFICE)),
        "xlsm: macros": Bad("x.xlsm", "makroer", PLAIN.save),
        "pdf: something else": Bad("x.pdf", "kan ikke importeres", _bytes(b"%PDF-1.7")),
        "xlsx: a folder": Bad("x.xlsx", "er en mappe", lambda path: path.mkdir()),
        "jsonl: a folder": Bad("x.jsonl", "er en mappe", lambda path: path.mkdir()),
        "csv: no file": Bad("x.csv", "finnes ikke", lambda _path: None),
    }

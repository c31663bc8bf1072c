"""Sweden: the register of municipalities, read from the list of the statistics office."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from consortium.errors import InvalidValue
from consortium_sweden.municipalities import read_municipalities

#: in the form of the office's list; names and codes are facts
LIST: list[tuple[str | None, str | None]] = [
    ("Län och kommuner 2026-01-01", None),
    (None, None),
    ("Kod", "Namn"),
    ("01", "Stockholms län"),
    ("0114", "Upplands Väsby"),
    ("22", "Västernorrlands län"),
    ("2262", "Timrå"),
]


def workbook(lines: list[list[str | int | None]], *, first: int = 1) -> bytes:
    """Make a workbook of lines, beginning in column number ``first``."""
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append([None] * (first - 1) + line)
    book.save(file)
    return file.getvalue()


def read(content: bytes) -> dict[str, str]:
    """Read a file, and give its names by code."""
    return {row["code"]: row["name"] for row in read_municipalities(content)["registers"]}


def lines() -> list[list[str | int | None]]:
    """Copy the list."""
    return [[*line] for line in LIST]


def test_the_municipalities_of_the_list_are_read_and_its_counties_and_titles_left() -> None:
    assert read(workbook(lines())) == {"0114": "Upplands Väsby", "2262": "Timrå"}


def test_a_row_is_one_of_the_register_of_municipality_codes() -> None:
    row = next(iter(read_municipalities(workbook(lines()))["registers"]))

    assert row == {"kind": "se-kommun", "code": "0114", "name": "Upplands Väsby"}


def test_the_columns_may_stand_elsewhere() -> None:
    assert read(workbook(lines(), first=3)) == read(workbook(lines()))


def test_the_list_in_english_is_read_too() -> None:
    assert read(b"Code;Name;County\n2262;Timr\xe5;22\n") == {"2262": "Timrå"}


def test_a_zero_that_a_spreadsheet_has_dropped_is_put_back() -> None:
    numbers: list[list[str | int | None]] = [[int(a) if a and a.isdigit() else a, b] for a, b in LIST]

    assert read(workbook(numbers)) == read(workbook(lines()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_list_as_csv_is_read_too(encoding: str, separator: str) -> None:
    words = "\n".join(separator.join(cell or "" for cell in line) for line in LIST)

    assert read(words.encode(encoding)) == read(workbook(lines()))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no municipality"),
        (b"Kod;Namn\n01;Stockholms l\xe4n\n", "no municipality"),
        (b"Diarienummer;Titel\n0114;Upplands V\xe4sby\n", "no municipality"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        (b"PK\x03\x04 no workbook", "cannot be opened"),
    ],
)
def test_another_file_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        read_municipalities(content)


def test_a_workbook_that_would_fill_the_memory_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)

    with pytest.raises(InvalidValue, match="too large"):
        read_municipalities(file.getvalue())


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "Hej")

    with pytest.raises(InvalidValue, match="cannot be opened"):
        read_municipalities(file.getvalue())

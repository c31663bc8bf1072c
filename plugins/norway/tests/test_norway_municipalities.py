"""Norway: the register of municipalities, read from the files of the statistics office."""

import io
import json
import zipfile

import pytest

from consortium.errors import InvalidValue
from consortium_norway.municipalities import read_municipalities

#: a few lines in the form of the office's files; names and numbers are facts
CODES = """"code";"parentCode";"level";"name";"shortName";"presentationName";"validFrom";"validTo"
"0301";"";"1";"Oslo";"";"";"1977-01-01";""
"3020";"";"1";"Nordre Follo";"";"";"2020-01-01";"2024-01-01"
"3207";"";"1";"Nordre Follo";"";"";"2024-01-01";""
"5001";"";"1";"Trondheim - Tråante";"";"";"2018-01-01";""
"9999";"";"1";"Uoppgitt";"";"";"1977-01-01";""
"""
CHANGES = """oldCode;oldName;oldShortName;newCode;newName;newShortName;changeOccurred
0213;Ski;;3020;Nordre Follo;;2020-01-01
0217;Oppegård;;3020;Nordre Follo;;2020-01-01
3020;Nordre Follo;;3207;Nordre Follo;;2024-01-01
"""


def rows(content: bytes | str) -> dict[tuple[str, str], dict[str, str]]:
    """Read a file, and give its rows by code and first day."""
    read = read_municipalities(content.encode() if isinstance(content, str) else content)["registers"]
    return {(row["code"], row["start"]): dict(row) for row in read}


def test_a_code_is_read_with_its_name_and_the_days_on_which_it_holds() -> None:
    assert rows(CODES)["3020", "2020-01-01"] == {
        "kind": "no-kommune",
        "code": "3020",
        "name": "Nordre Follo",
        "start": "2020-01-01",
        "end": "2023-12-31",
        "successors": "",
    }


def test_what_is_not_known_is_no_municipality() -> None:
    assert ("9999", "1977-01-01") not in rows(CODES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
def test_a_file_is_read_in_each_encoding_of_the_office(encoding: str) -> None:
    assert rows(CODES.encode(encoding))["5001", "2018-01-01"]["name"] == "Trondheim - Tråante"


@pytest.mark.parametrize(("old", "new"), [(";", ","), (";", "\t"), ("\n", "\r\n")])
def test_other_separators_and_ends_of_lines_are_read_too(old: str, new: str) -> None:
    assert rows(CODES.replace(old, new)) == rows(CODES)


def test_json_of_the_service_is_read_too() -> None:
    told = {"code": "0301", "name": "Oslo", "validFrom": None, "validTo": None, "parentCode": None}

    assert rows(json.dumps({"codes": [told]}))["0301", ""]["name"] == "Oslo"


def test_the_end_of_the_time_that_was_asked_for_is_no_end_of_a_code() -> None:
    asked = "code;name;validFromInRequestedRange;validToInRequestedRange\n"
    read = rows(asked + "3020;Nordre Follo;2020-01-01;2024-01-01\n3207;Nordre Follo;2024-01-01;2026-01-01\n")

    assert read["3020", "2020-01-01"]["end"] == "2023-12-31"
    assert not read["3207", "2024-01-01"]["end"]


def test_changes_end_one_number_and_begin_another() -> None:
    read = rows(CHANGES)

    assert (read["0213", ""]["end"], read["0213", ""]["successors"]) == ("2019-12-31", "3020")
    assert (read["3020", "2020-01-01"]["end"], read["3020", "2020-01-01"]["successors"]) == ("2023-12-31", "3207")
    assert read["3207", "2024-01-01"]["end"] == ""


def test_a_number_that_was_divided_has_several_successors() -> None:
    divided = "oldCode;oldName;newCode;newName;changeOccurred\n"
    read = rows(divided + "1850;Tysfjord;1875;Hamarøy;2020-01-01\n1850;Tysfjord;1806;Narvik;2020-01-01\n")

    assert read["1850", ""]["successors"] == "1806; 1875"


def test_a_new_name_begins_a_new_row_and_is_no_successor() -> None:
    read = rows("oldCode;oldName;newCode;newName;changeOccurred\n1940;Kåfjord;1940;Gáivuotna;2018-01-01\n")

    assert (read["1940", ""]["end"], read["1940", ""]["successors"]) == ("2017-12-31", "")
    assert read["1940", "2018-01-01"]["name"] == "Gáivuotna"


def test_an_archive_of_both_files_gives_one_register() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("codes.csv", CODES)
        archive.writestr("changes.csv", CHANGES)
    read = rows(file.getvalue())

    assert read["3020", "2020-01-01"]["successors"] == "3207"
    assert len([code for code, _start in read if code == "3020"]) == 1
    assert set(read) > {("0213", ""), ("0301", "1977-01-01")}


def test_a_change_of_a_part_ends_no_number_that_the_register_still_has() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("codes.csv", CODES)
        archive.writestr("changes.csv", CHANGES + "0301;Oslo;;3207;Nordre Follo;;2025-01-01\n")

    assert rows(file.getvalue())["0301", "1977-01-01"]["end"] == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "another file"),
        (b"Kommune;Folketall\nOslo;700000\n", "another file"),
        (b"code;name\n9999;Uoppgitt\n", "no municipality"),
        (b"code;name;validFrom\n0301;Oslo;i fjor\n", "Line 2: “i fjor” is not a day"),
        (b"oldCode;newCode\n0301;0302\n", "Line 2 does not say when"),
        (b'{"codes": 1}', "neither a list"),
        (b"{", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"PK\x03\x04 no archive", "cannot be opened"),
    ],
)
def test_another_file_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        read_municipalities(content)


def test_an_archive_that_would_fill_the_memory_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("codes.csv", b"0" * 30_000_000)

    with pytest.raises(InvalidValue, match="too large"):
        read_municipalities(file.getvalue())

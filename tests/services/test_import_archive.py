"""A ZIP file of CSV files: imported as a whole, and not believed."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from consortium.errors import ImportRefused
from consortium.models import Database
from consortium.services.importing import ImportResult, import_file
from consortium.services.policy import operator

GROUPS = "key,name.nb\nvest,Vest\n"
HOME = "key,name.nb,languages\nc1,Fjell,nb\n"


def packed(path: Path, files: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack files into an archive."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def bring(database: Database, path: Path) -> ImportResult:
    """Import an archive in a unit of its own."""
    with database.write() as session:
        return import_file(session, operator("Olga Operatør"), path=path)


def refused(database: Database, path: Path) -> str:
    """Import an archive that must be refused, and tell why."""
    with pytest.raises(ImportRefused) as caught:
        bring(database, path)
    return "\n".join(map(str, (caught.value, *caught.value.problems)))


def test_the_files_come_in_together_in_any_order_and_as_spreadsheets_save_them(
    database: Database, tmp_path: Path
) -> None:
    swedish = "Nyckel;Namn (sv)\r\nost;Öst\r\n".encode("cp1252")
    result = bring(database, packed(tmp_path / "x.zip", {"Regiongrupper.csv": swedish, "consortium.csv": HOME}))

    assert (result.added["groups"], result.added["consortium"]) == (1, 1)


def test_what_is_the_users_own_is_left_out(sqlite: Database, tmp_path: Path) -> None:
    own: dict[str, str | bytes] = {"#notater.csv": "x", "_mine.csv": "x", "__MACOSX/._groups.csv": b"\x00\x05"}

    assert bring(sqlite, packed(tmp_path / "x.zip", {"consortium.csv": HOME, **own})).added["consortium"] == 1


@pytest.mark.parametrize(
    "name", ["grupper 2.csv", "områder.csv", "readme.md", "../groups.csv", "a/groups.csv", "C:\\groups.csv"]
)
def test_what_is_no_sheet_is_named_and_nothing_comes_in(sqlite: Database, tmp_path: Path, name: str) -> None:
    said = refused(sqlite, packed(tmp_path / "x.zip", {"consortium.csv": HOME, name: GROUPS}))

    assert f"“{name}” is not a sheet that can be imported" in said
    assert bring(sqlite, packed(tmp_path / "y.zip", {"consortium.csv": HOME})).added["consortium"] == 1


def test_a_value_below_no_heading_is_told(sqlite: Database, tmp_path: Path) -> None:
    groups = "key,name.nb, ,colour\no,Øst,løst,blå\n"

    said = refused(sqlite, packed(tmp_path / "x.zip", {"consortium.csv": HOME, "groups.csv": groups}))

    assert "There is a value in a column without a heading" in said


def test_a_bad_cell_is_named_with_its_file(sqlite: Database, tmp_path: Path) -> None:
    home = HOME.replace("Fjell,nb", "Fjell,klingonsk")

    assert "consortium.csv, row 2, column C" in refused(sqlite, packed(tmp_path / "x.zip", {"consortium.csv": home}))


@pytest.mark.parametrize(
    ("files", "packing", "says"),
    [
        ({"groups.csv": "0" * 120_000_000}, zipfile.ZIP_DEFLATED, "unpacks to very much"),
        ({f"#{number}.csv": "" for number in range(201)}, zipfile.ZIP_STORED, "holds more than 200 files"),
        ({"groups.csv": GROUPS}, zipfile.ZIP_LZMA, "packed in an unusual way"),
        ({"groups.csv": "," * 500}, zipfile.ZIP_STORED, "“groups.csv” is larger than"),
        ({"groups.csv": b"key\nF\xc3\xa6\xff\xc3"}, zipfile.ZIP_STORED, "groups.csv is damaged"),
    ],
)
def test_an_archive_that_nobody_packs_is_refused(
    sqlite: Database, tmp_path: Path, files: Mapping[str, str | bytes], packing: int, says: str
) -> None:
    assert says in refused(sqlite, packed(tmp_path / "x.zip", files, packing))


def test_an_archive_with_a_password_says_so(sqlite: Database, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"consortium.csv": HOME}, zipfile.ZIP_STORED)
    whole = bytearray(path.read_bytes())
    whole[6] |= 1  # the flags of the file, and of its line in the list of files
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(whole)

    assert "x.zip is protected with a password" in refused(sqlite, path)


@pytest.mark.parametrize("cut", [0, 40, -30])
def test_half_an_archive_is_damaged(sqlite: Database, tmp_path: Path, cut: int) -> None:
    path = packed(tmp_path / "x.zip", {"consortium.csv": HOME})
    path.write_bytes(path.read_bytes()[:cut])

    assert "x.zip is damaged" in refused(sqlite, path)


def test_two_files_of_one_name_are_not_chosen_between(sqlite: Database, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"consortium.csv": HOME})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("consortium.csv", HOME)

    assert "packed in an unusual way" in refused(sqlite, path)


def test_a_file_that_is_longer_than_it_says_is_not_believed(sqlite: Database, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"consortium.csv": HOME + "#" * 500_000})
    whole = bytearray(path.read_bytes())
    size = len(HOME) + 500_000
    path.write_bytes(whole.replace(size.to_bytes(4, "little"), len(HOME).to_bytes(4, "little")))

    assert "x.zip is damaged" in refused(sqlite, path)

"""Import: what Scandinavian offices really save says the same as the plain workbook."""

import zipfile
from pathlib import Path

import pytest

from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.exporting import export_records
from consortium.services.importing import import_file
from tests.importing.good_files import PLAIN, good_files
from tests.services.rows import BASE, ME, bring

FILES = good_files()


def said(database: Database, path: Path) -> bytes:
    """Import a file, export what there is then, and forget it."""
    with database.write() as session:
        import_file(session, ME, path=path)
        out = path.with_name("out.jsonl")
        export_records(session, ME, consortium=find_consortium(session, ME), path=out)
        session.rollback()
    return out.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_the_same_as_the_plain_workbook(place: Database, tmp_path: Path, name: str) -> None:
    plain = said(place, PLAIN.save(tmp_path / "plain.xlsx"))

    assert said(place, FILES[name](tmp_path)) == plain
    assert plain.count(b'"record":"sub_project"') == len(BASE["sub_projects"]) + 2


@pytest.mark.parametrize("raw", ["Milepæler".encode("cp850"), "Milepæler".encode(), b"Milstolpar"])
def test_a_file_in_an_archive_may_be_named_by_windows_or_a_mac(sqlite: Database, tmp_path: Path, raw: bytes) -> None:
    bring(sqlite, tmp_path, BASE)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(f"{'X' * len(raw)}.csv", "key,sub_project,title.nb,due\nM,DP-1,Avtale,2026-09-01\n")
    path = tmp_path / "x.zip"
    path.write_bytes(path.read_bytes().replace(b"X" * len(raw), raw))

    with sqlite.write() as session:
        assert import_file(session, ME, path=path).added == {"milestones": 1}

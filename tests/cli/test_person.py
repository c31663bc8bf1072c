"""``consortium person erase``: a name is nowhere afterwards, not even among the bytes of the file."""

from pathlib import Path

import pytest

from consortium.models import Person
from consortium.models.dialect import sqlite_module
from tests.cli.conftest import Call
from tests.cli.making import making

NAME = "Torbjørg Tvedestrand"


@pytest.fixture
def known(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database that knows somebody, who has been called otherwise and is told of in a text."""
    call("init")
    with making(tmp_path) as make:
        person = make.person("Torbjørg Vinjerud", key="torbjorg", email="torbjorg@example.org")
        make.keep()
        person.name = NAME
        project = make.sub_project("Møteplass", key="DP")
        project.purpose = project.purpose.write("nb", f"Ledes av {NAME}.", by=NAME)
    return call


def bytes_of(tmp_path: Path) -> bytes:
    """Read the file of the database, and what SQLite keeps beside it."""
    return b"".join(path.read_bytes() for path in sorted((tmp_path / "var").glob("consortium.sqlite*"))).lower()


def test_a_person_is_erased_to_the_last_byte(known: Call, tmp_path: Path) -> None:
    assert b"torbj" in bytes_of(tmp_path)

    answer = known("person", "erase", "torbjorg")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "erased-1 is “Slettet person 1” from now on.",
        "2 records were written over",
        "3 steps of the history were written over",
        "Backups, and reports that were written before, still name the person. After a restore, erase them again.",
    ]
    assert b"torbj" not in bytes_of(tmp_path)
    verified = known("history", "verify")
    assert verified.code == 0
    assert "erased somebody on" in verified.out
    assert "took the name out of 3 changes: " in verified.out


def test_a_dry_run_says_so_and_changes_nothing(known: Call, tmp_path: Path) -> None:
    answer = known("person", "erase", "torbjorg", "--dry-run")

    assert answer.code == 0
    assert answer.out.endswith("This was a dry run; nothing was changed.\n")
    with making(tmp_path) as make:
        assert make.session.query(Person.name).scalar() == NAME


def test_who_is_not_there_is_told(known: Call) -> None:
    answer = known("--ui-language", "nb", "person", "erase", "ingen")

    assert (answer.code, answer.err) == (1, "Det finnes ingen person «ingen» her.\n")


def test_a_file_that_others_are_at_work_in_is_told_and_done_by_the_next_try(known: Call, tmp_path: Path) -> None:
    reader = sqlite_module().connect(tmp_path / "var" / "consortium.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM person").fetchone()

    answer = known("person", "erase", "torbjorg")

    reader.close()
    assert answer.code == 0
    assert "may still hold what was erased" in answer.out
    again = known("person", "erase", "erased-1")
    assert (again.code, "may still hold" in again.out) == (0, False)
    assert b"torbj" not in bytes_of(tmp_path)

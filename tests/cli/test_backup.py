"""The command line: a backup is taken, verified and restored, and everything moves."""

from pathlib import Path

import pytest

from consortium.models import Database
from consortium.models.dialect import writer
from consortium.testing.databases import new_database
from tests.cli.conftest import Call


@pytest.fixture
def present(request: pytest.FixtureRequest) -> Database:
    """Give a database with the example in it."""
    ready: Database = request.getfixturevalue("_sqlite_example")
    return ready


@pytest.fixture
def filled(call: Call, present: Database) -> Call:
    """Call ``consortium`` on a database with the example in it."""
    return lambda *arguments: call("--database", present.url, *arguments)


def test_a_backup_is_taken_verified_and_restored(filled: Call, call: Call, tmp_path: Path) -> None:
    taken = filled("backup", "one.zip")
    whole = call("restore", "one.zip", "--verify")
    restored = call("--database", "sqlite:///new.sqlite", "restore", "one.zip")
    again = call("--database", "sqlite:///new.sqlite", "backup", "two.zip")

    assert [answer.code for answer in (taken, whole, restored, again)] == [0, 0, 0, 0]
    assert taken.out.startswith(f"The backup of sqlite:///{tmp_path}/consortium.sqlite is in one.zip.\nIt holds 26")
    assert whole.out.startswith("The backup one.zip is whole and can be restored.\n")
    assert restored.out.startswith("The database sqlite:///new.sqlite is restored from one.zip.\n")
    assert {answer.out.splitlines()[-1] for answer in (taken, whole, restored, again)} == {taken.out.splitlines()[-1]}
    assert taken.out.splitlines()[-1].startswith("Last link of the history: ")


def test_a_backup_is_not_overwritten_unless_asked(filled: Call) -> None:
    assert filled("backup", "one.zip").code == 0
    refused = filled("backup", "one.zip")

    assert (refused.code, refused.err) == (
        1,
        "one.zip is already there. Choose another name, or say --force to replace it.\n",
    )
    assert filled("backup", "one.zip", "--force").code == 0


def test_a_backup_that_fits_nowhere_is_said_in_a_line(filled: Call) -> None:
    answer = filled("backup", "/dev/full")

    assert (answer.code, answer.err) == (
        1,
        "/dev/full cannot be written: a disk is full. Make room on it, or where temporary files lie, and try again.\n",
    )


def test_what_is_wrong_with_a_backup_is_said_in_the_language(filled: Call, call: Call, tmp_path: Path) -> None:
    filled("backup", "one.zip")
    (tmp_path / "one.zip").write_bytes((tmp_path / "one.zip").read_bytes()[:-1])

    answer = call("restore", "one.zip", "--verify")

    assert answer.code == 1
    assert answer.err.splitlines() == [
        "The backup one.zip is damaged. Take another copy of it, or an earlier backup.",
        "  Its end is not as it was written: something is missing, or there is more.",
    ]


def test_a_database_that_is_there_is_not_restored_over(filled: Call) -> None:
    filled("backup", "one.zip")

    answer = filled("restore", "one.zip")

    assert answer.code == 3
    assert answer.err.startswith("There is already a file at sqlite:///")


def test_a_history_that_was_altered_is_said_after_restoring(filled: Call, call: Call, present: Database) -> None:
    with writer(present.engine).begin() as connection:
        connection.exec_driver_sql("UPDATE change SET link = 'x' WHERE id = 3")
    filled("backup", "one.zip")

    restored = call("--database", "sqlite:///new.sqlite", "restore", "one.zip")

    assert (restored.code, call("restore", "one.zip", "--verify").code) == (0, 1)
    assert restored.err == "The history does not fit from change 3 on: somebody has altered it in the database.\n"


def test_everything_moves_to_postgresql_and_back(filled: Call, call: Call, request: pytest.FixtureRequest) -> None:
    with new_database(request.getfixturevalue("_postgresql_url"), of="template1") as there:
        moved = filled("move", there.url)
        back = call("--database", there.url, "move", "sqlite:///back.sqlite")
        again = call("--database", there.url, "move", there.url)

    assert (moved.code, back.code, again.code) == (0, 0, 3)
    assert "is in postgresql" in moved.out
    assert moved.out.splitlines()[-1].startswith("From now on set CONSORTIUM_DATABASE_URL to its address")
    assert back.out.splitlines()[1:3] == moved.out.splitlines()[1:3]
    assert again.err.startswith("There is already a Consortium database at postgresql")


def test_what_is_written_while_everything_moves_is_said(
    filled: Call, present: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from consortium.backup import moving, restore

    def slowly(path: Path, to: Database) -> object:
        with writer(present.engine).begin() as connection:
            columns = 'consortium_id, entity, entity_id, key, action, at, by, "values", salt, digest'
            connection.exec_driver_sql(
                f"INSERT INTO change ({columns}, link) SELECT {columns}, 'later' FROM change WHERE id = 1"  # noqa: S608  # a test's own
            )
        return restore(path, to)

    monkeypatch.setattr(moving, "restore", slowly)

    answer = filled("move", "sqlite:///new.sqlite")

    assert answer.code == 1
    assert answer.err.startswith("1 change was made in the old database meanwhile, and is not in the new one.")

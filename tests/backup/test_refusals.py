"""Nothing is overwritten, nothing stays half done, and what is refused is said."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from consortium.backup import restore, restoring, take, verify
from consortium.errors import ConsortiumError, DatabaseProblem
from consortium.migrations import latest_revision
from consortium.models import Database
from consortium.models.dialect import writer
from consortium.services.files import UnwritableFile
from consortium_admin.accounts.migrations import prepare
from tests.backup.kept import contents


def names(folder: Path) -> list[str]:
    """List what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def tables(place: Database) -> list[str]:
    """List the tables of a database that may not be there."""
    file = Path(str(place.engine.url.database))
    if place.engine.dialect.name == "sqlite" and not file.exists():
        return []
    return inspect(place.engine).get_table_names()


def test_a_database_that_is_there_is_not_touched(example: Database, backup: Path) -> None:
    before = contents(example)

    with pytest.raises(DatabaseProblem, match="There is already a"):
        restore(backup, example)
    assert contents(example) == before


def test_an_empty_file_may_be_there_already(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "new.sqlite").touch()

    restore(backup, Database(f"sqlite:///{tmp_path}/new.sqlite"))

    assert Database(f"sqlite:///{tmp_path}/new.sqlite").revision() == latest_revision()


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_journal_without_its_database_is_not_taken_for_that_of_the_new_one(
    ending: str, backup: Path, tmp_path: Path
) -> None:
    (tmp_path / f"new.sqlite{ending}").write_bytes(b"what somebody wrote last")

    with pytest.raises(DatabaseProblem, match=rf"new.sqlite{ending} belongs to a database that is no longer there"):
        restore(backup, Database(f"sqlite:///{tmp_path}/new.sqlite"))


def test_a_restore_that_fails_leaves_nothing(backup: Path, empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_others: Any) -> Iterator[None]:
        raise ZeroDivisionError

    monkeypatch.setattr(restoring, "_bring_up_to_date", fail)

    with pytest.raises(ZeroDivisionError):
        restore(backup, empty)
    assert tables(empty) == []
    if empty.engine.dialect.name == "sqlite":
        assert names(Path(str(empty.engine.url.database)).parent) == []


def test_what_says_something_else_when_it_is_read_back_is_not_kept(
    backup: Path, empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "count_on", lambda connection, _numbers: connection.execute(FORGE))

    with pytest.raises(ConsortiumError, match="does not fit together") as caught:
        restore(backup, empty)
    assert "table organisation says something else" in str(getattr(caught.value, "problems", [""])[0])
    assert tables(empty) == []


FORGE = text("UPDATE organisation SET country = 'XX' WHERE id = 1")


def test_a_backup_is_nothing_that_others_may_read(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_fails_leaves_what_was_there(
    example: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "backups" / "backup.zip"
    take(example, path)
    before = path.read_bytes()
    monkeypatch.setattr("consortium.backup.taking.NAME", None)  # the manifest has no place to go to

    with pytest.raises(AttributeError):
        take(example, path)
    assert (names(path.parent), path.read_bytes()) == (["backup.zip"], before)


def test_a_backup_can_only_be_written_where_one_may_write(example: Database, tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match="is a folder"):
        take(example, tmp_path)


def test_a_database_can_only_be_restored_where_one_may_write(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Kjære alle sammen.", encoding="utf-8")

    with pytest.raises(UnwritableFile, match=r"letter/new.sqlite cannot be written: Not a directory|File exists"):
        restore(backup, Database(f"sqlite:///{tmp_path}/letter/new.sqlite"))


def test_there_is_no_backup_of_what_is_not_there(empty: Database, tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="There is no Consortium database"):
        take(empty, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


@pytest.mark.parametrize("table", ["consortium_version", "account_version"])
def test_there_is_no_backup_of_a_database_of_a_newer_program(
    table: str, sqlite_example: Database, tmp_path: Path
) -> None:
    prepare(sqlite_example)
    with writer(sqlite_example.engine).begin() as connection:
        connection.execute(text(f"UPDATE {table} SET version_num = '9999'"))  # noqa: S608  # a test's own

    with pytest.raises(DatabaseProblem, match="made by a newer Consortium"):
        take(sqlite_example, tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_a_table_that_has_gone_is_missed(sqlite_example: Database, tmp_path: Path) -> None:
    with writer(sqlite_example.engine).begin() as connection:
        connection.execute(text("DROP TABLE term_entry"))

    with pytest.raises(DatabaseProblem, match="lacks the table term_entry"):
        take(sqlite_example, tmp_path / "backup.zip")


def test_verifying_leaves_nothing_behind(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))

    assert verify(backup).rows > 2000
    assert names(tmp_path / "scratch") == []

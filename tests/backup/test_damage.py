"""A backup that is not to the byte what was written is found out, and says where it is damaged."""

import json
from pathlib import Path
from typing import IO, cast
from zipfile import ZipFile

import pytest

from consortium.backup import BackupProblem, restore, take, verify
from consortium.backup.reading import opened
from consortium.backup.sealing import SIZE, Sealing
from consortium.errors import DatabaseProblem, NotFound
from consortium.models import Change, Database
from consortium.models.dialect import writer
from tests.backup.flipping import flipped, is_noticed, unseen_flips


def test_a_flipped_bit_is_always_found(backup: Path, tmp_path: Path) -> None:
    assert unseen_flips(backup, tmp_path, 30) == []


@pytest.mark.parametrize("place", [*range(30), *range(-SIZE - 22, 0)])
def test_a_flipped_bit_at_either_end_is_found(place: int, tmp_path: Path) -> None:
    small = sealed(tmp_path, {"a": b"1"})

    assert is_noticed(flipped(small.read_bytes(), place % small.stat().st_size, place % 8, tmp_path))


@pytest.mark.parametrize(
    "change", [lambda whole: whole[:-1], lambda whole: whole + b"\n", lambda whole: whole[: len(whole) // 2]]
)
def test_a_backup_that_was_cut_or_added_to_is_found(change: object, backup: Path) -> None:
    assert callable(change)
    backup.write_bytes(change(backup.read_bytes()))

    with pytest.raises(BackupProblem, match="damaged") as caught, opened(backup):
        pass
    assert [str(each) for each in caught.value.problems] == [
        "Its end is not as it was written: something is missing, or there is more."
    ]


def test_the_damaged_table_is_named(backup: Path, tmp_path: Path) -> None:
    with ZipFile(backup) as archive:
        place = archive.getinfo("organisation.jsonl").header_offset + 200

    with pytest.raises(BackupProblem) as caught:
        verify(flipped(backup.read_bytes(), place, 3, tmp_path))

    assert [str(each) for each in caught.value.problems] == [
        "The rows of the table organisation are not those that were written."
    ]


def test_a_file_that_is_no_backup_is_said(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    for words in ("", "Kjære alle sammen. " * 300):
        letter.write_text(words, encoding="utf-8")
        with pytest.raises(BackupProblem, match=r"letter.txt is no backup of Consortium"), opened(letter):
            pass
    for path in (tmp_path, tmp_path / "missing.zip"):
        with pytest.raises(NotFound, match=path.name), opened(path):
            pass


def sealed(folder: Path, members: dict[str, bytes]) -> Path:
    """Write an archive with a seal that is right."""
    path = folder / "sealed.zip"
    with path.open("wb") as file:
        sealing = Sealing(file)
        with ZipFile(cast(IO[bytes], sealing), "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
            archive.comment = bytes(SIZE)
        sealing.seal()
    return path


def rewritten(backup: Path, folder: Path, **changes: object) -> Path:
    """Write the backup again with other words in its manifest, under a seal of its own."""
    with ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    return sealed(folder, {**members, "manifest.json": json.dumps({**manifest, **changes}).encode()})


@pytest.mark.parametrize(
    "changes",
    [
        {"revisions": {"consortium_version": "9999"}},
        {"revisions": {"other_version": "0001"}},
        {"version": 2},
        {"parts": 1},
    ],
)
def test_a_backup_of_a_newer_program_is_refused_with_words(
    changes: dict[str, object], backup: Path, tmp_path: Path
) -> None:
    newer = rewritten(backup, tmp_path, **changes)

    for ask in (verify, lambda path: restore(path, Database(f"sqlite:///{tmp_path}/new.sqlite"))):
        with pytest.raises(DatabaseProblem, match=r"made by a newer Consortium. Update this one"):
            ask(newer)
    assert not (tmp_path / "new.sqlite").exists()


def test_a_table_that_is_not_in_a_backup_is_missed(backup: Path, tmp_path: Path) -> None:
    with ZipFile(backup) as archive:
        parts = json.loads(archive.read("manifest.json"))["parts"]
    less = rewritten(backup, tmp_path, parts=[part for part in parts if part["sheet"]["table"] != "letter"])

    with pytest.raises(BackupProblem, match="does not fit together") as caught:
        verify(less)

    assert [str(each) for each in caught.value.problems] == ["The table letter is not in it."]


def test_a_row_that_refers_to_nothing_is_found(sqlite_example: Database, tmp_path: Path) -> None:
    with sqlite_example.engine.execution_options(consortium_alone=True).connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = off")
        connection.exec_driver_sql("DELETE FROM theme")
    sqlite_example.engine.dispose()
    take(sqlite_example, tmp_path / "backup.zip")

    with pytest.raises(BackupProblem, match="does not fit together") as caught:
        verify(tmp_path / "backup.zip")

    assert str(caught.value.problems[0]) == "A row of the table assessment refers to one that is not there."


def test_a_history_that_somebody_has_altered_is_told_and_can_still_be_restored(
    sqlite_example: Database, tmp_path: Path
) -> None:
    with writer(sqlite_example.engine).begin() as connection:
        connection.execute(Change.__table__.update().where(Change.id == 7).values(by="Nobody"))  # type: ignore[attr-defined]  # a table
    take(sqlite_example, tmp_path / "backup.zip")

    with pytest.raises(BackupProblem) as caught:
        verify(tmp_path / "backup.zip")
    restored = restore(tmp_path / "backup.zip", Database(f"sqlite:///{tmp_path}/new.sqlite"))

    assert "does not fit from change 7 on" in str(caught.value.problems[0])
    assert restored.broken_at == 7

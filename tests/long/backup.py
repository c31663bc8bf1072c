"""The long run of backups: ``pytest tests/long/backup.py``; the quick form of the same code is in tests/backup."""

import os
from pathlib import Path
from time import perf_counter

import pytest

from benchmarks.data import fill
from consortium.backup import move
from consortium.migrations import BRANCH
from consortium.models import Database
from consortium.models.dialect.whole import is_sound
from consortium.testing.databases import new_database
from tests.backup.flipping import unseen_flips
from tests.backup.kept import add_odd_rows, digests
from tests.backup.killing import halves_after_kills
from tests.backup.steps import restore_older
from tests.backup.under_load import files_in, torn_backups

pytest_plugins = ["tests.backup.conftest"]

#: how often; smaller numbers make a rehearsal
BACKUPS = int(os.environ.get("CONSORTIUM_LONG_BACKUPS", "100"))
FLIPS = int(os.environ.get("CONSORTIUM_LONG_FLIPS", "1000"))
KILLS = int(os.environ.get("CONSORTIUM_LONG_KILLS", "100"))
ROWS = int(os.environ.get("CONSORTIUM_LONG_ROWS", "100000"))


def test_every_backup_under_load_tells_one_moment_and_restores_equal(example: Database, tmp_path: Path) -> None:
    torn, written = torn_backups(example, BACKUPS, tmp_path, files_in(tmp_path))

    print(f"{BACKUPS} backups under {written} units: {len(torn)} torn")
    assert torn == []


def test_backups_of_postgresql_under_load_restore_equal_there(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    server, example = (request.getfixturevalue(name) for name in ("_postgresql_url", "_postgresql_example"))
    count = max(BACKUPS // 5, 1)
    torn, written = torn_backups(example, count, tmp_path, lambda: new_database(server, of="template1"))

    print(f"{count} backups under {written} units: {len(torn)} torn")
    assert torn == []


def test_every_flipped_bit_is_found(backup: Path, tmp_path: Path) -> None:
    unseen = unseen_flips(backup, tmp_path, FLIPS)

    print(f"{FLIPS} flipped bits: {len(unseen)} unseen")
    assert unseen == []


@pytest.mark.parametrize("revision", BRANCH.revisions)
def test_a_backup_of_every_version_can_be_restored(
    sqlite_example: Database, empty: Database, revision: str, tmp_path: Path
) -> None:
    restore_older(sqlite_example, empty, revision, tmp_path)


def test_a_large_database_that_moves_to_postgresql_and_back_is_the_same(
    sqlite: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    fill(sqlite, sub_projects=ROWS // 50, partners=60, updates=50)
    before, start = digests(sqlite, tmp_path), perf_counter()
    back = Database(f"sqlite:///{tmp_path}/back.sqlite")
    with new_database(request.getfixturevalue("_postgresql_url"), of="template1") as there:
        moved = move(sqlite, there)
        halfway = perf_counter()
        assert digests(there, tmp_path) == before
        move(there, back)
    print(f"{moved.restored.manifest.rows} rows: there {halfway - start:.1f} s, back {perf_counter() - halfway:.1f} s")

    assert digests(back, tmp_path) == before
    with back.engine.connect() as connection:
        assert is_sound(connection)


@pytest.mark.parametrize("work", ["backup", "restore"])
def test_whoever_is_killed_leaves_something_whole_or_nothing(
    work: str, example: Database, empty: Database, tmp_path: Path
) -> None:
    add_odd_rows(example)
    halves, done = halves_after_kills(work, KILLS, example, empty, tmp_path)

    print(f"{work}: {KILLS} kills, {done} of them too late, {len(halves)} halves")
    assert halves == []

"""Backups of older versions."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from consortium.backup import restore, take
from consortium.migrations import BRANCH, downgrade, latest_revision
from consortium.models import Database, TextIndex
from consortium.models.dialect import writer
from consortium.models.dialect.whole import is_sound
from tests.backup.kept import contents


def restore_older(database: Database, empty: Database, revision: str, folder: Path) -> None:
    """Take a backup at the step ``revision``, and insist that it becomes what ``database`` becomes by the later steps."""
    downgrade(writer(database.engine), revision)
    taken = take(database, folder / "backup.zip")
    database.prepare()

    restore(folder / "backup.zip", empty)

    assert taken.manifest.revisions == {BRANCH.table: revision}
    assert empty.revision() == latest_revision()
    kept, restored = contents(database), contents(empty)
    assert {**restored, "text_index": []} == {**kept, "text_index": []}
    assert lines(empty) == lines(database)
    with empty.engine.connect() as connection:
        assert is_sound(connection)


def lines(database: Database) -> set[tuple[Any, ...]]:
    """Read the lines of the index of words without their numbers."""
    columns = [column for column in TextIndex.__table__.columns if column.name != "id"]
    with database.engine.connect() as connection:
        return set(map(tuple, connection.execute(select(*columns))))

"""Places to restore to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from consortium.backup import take
from consortium.models import Database
from consortium.testing.databases import new_database
from tests.backup.kept import add_odd_rows


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give a place where there is no database yet, or an empty one, once of each kind."""
    if request.param == "sqlite":
        place = Database(f"sqlite:///{tmp_path}/new/place.sqlite")
        yield place
        place.engine.dispose()
        return
    with new_database(request.getfixturevalue("_postgresql_url"), of="template1") as made:
        yield made


@pytest.fixture
def odd(example: Database) -> Database:
    """Give the example with accounts and odd rows in it, once on each kind."""
    add_odd_rows(example)
    return example


@pytest.fixture
def sqlite_example(request: pytest.FixtureRequest) -> Database:
    """Give a database with the example in it, on SQLite alone."""
    ready: Database = request.getfixturevalue("_sqlite_example")
    return ready


@pytest.fixture
def backup(sqlite_example: Database, tmp_path: Path) -> Path:
    """Give a backup of the example on SQLite."""
    path = tmp_path / "backup.zip"
    take(sqlite_example, path)
    return path

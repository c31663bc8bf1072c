"""What must hold of a database after whatever has happened to it, and what it says, table by table."""

import hashlib
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select, text

from consortium.migrations import BRANCH
from consortium.models import Database, chain
from consortium.models.dialect import sqlite_module

#: the step since which links name nobody
NAMES_APART: Any = import_module("consortium.migrations.versions.0009_names_apart_from_links")

#: tables whose rows hold random salts, or are an index's own: of them only the number of rows is compared
SALTED = frozenset({"change"})

#: endings of the files that SQLite keeps beside a database
BESIDE = ("-wal", "-shm", "-journal")

#: what each table says
Picture = dict[str, str]


def broken(database: Database) -> list[str]:
    """Tell what is broken in a database; nothing if it is whole."""
    found = _broken_sqlite(Path(str(database.engine.url.database))) if _is_sqlite(database) else []
    with database.engine.connect() as connection:
        misfit = _misfit(connection)
    return found + ([f"the chain of the history breaks at {misfit}"] if misfit else [])


def _misfit(connection: Connection) -> int | None:
    """Find the first change that does not fit, also in a database from before links named nobody."""
    if not inspect(connection).has_table("change"):
        return None
    if (BRANCH.present(connection) or "") >= NAMES_APART.revision:
        return chain.verify(connection)
    link = ""
    for row in connection.execute(select(NAMES_APART.CHANGE).order_by(NAMES_APART.CHANGE.c.id)).mappings():
        if row["digest"] != NAMES_APART._old_digest(row) or row["link"] != NAMES_APART._old_link(link, row):
            return int(row["id"])
        link = row["link"]
    return None


def _broken_sqlite(file: Path) -> list[str]:
    connection = sqlite_module().connect(file.as_uri() + "?mode=rw", uri=True)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'text_search' AND type = 'table'").fetchone():
            connection.execute("INSERT INTO text_search(text_search) VALUES ('integrity-check')")
            connection.rollback()
    finally:
        connection.close()
    return found


def picture(database: Database) -> Picture:
    """Tell what each table says."""
    with database.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if not name.startswith("text_search")]
        return {name: _said(connection, name) for name in names}


def _said(connection: Any, name: str) -> str:
    rows = sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))  # noqa: S608  # a name of ours
    said = "" if name in SALTED else hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
    return f"{len(rows)} {said}"


def strange_files(folder: Path, known: set[str]) -> list[str]:
    """Tell which files in ``folder`` are neither known, nor SQLite's own, nor parts under a hidden name."""
    names = {path.name for path in folder.iterdir()}
    return sorted(
        name for name in names - known if not name.endswith(BESIDE) and not (name[0] == "." and name.endswith(".part"))
    )


def quiet(database: Database, patience: float = 30) -> None:
    """Wait until nobody else is at work in a PostgreSQL database: a server notices late that somebody has gone."""
    if _is_sqlite(database):
        return
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    end = time.monotonic() + patience
    with database.engine.connect() as connection:
        while connection.scalar(others):
            connection.rollback()
            if time.monotonic() > end:
                raise TimeoutError("somebody is still at work in the database")
            time.sleep(0.005)


def _is_sqlite(database: Database) -> bool:
    return database.engine.dialect.name == "sqlite"

"""The filled databases that reports are written of, each made once."""

from pathlib import Path

from sqlalchemy import make_url, text

from benchmarks.admin.keeping import folder
from benchmarks.data import fill
from consortium.migrations import latest_revision
from consortium.models import Database

#: partners and updates a sub-project, by the number of sub-projects
SIZES = {20: (10, 5), 500: (50, 10), 10_000: (500, 10), 100_000: (5_000, 10)}


def kept_sqlite(size: int) -> str:
    """Return the address of a filled SQLite database, which is made where there is none yet."""
    path = folder() / f"report_{size}_{latest_revision()}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        for part in path.parent.glob(f"{half.name}*"):
            part.unlink()
        _fill(f"sqlite:///{half}", size)
        _join_log(half)
        half.rename(path)
    return f"sqlite:///{path}"


def kept_postgresql(size: int, server: str) -> str:
    """Return the address of a filled PostgreSQL database, which is made where there is none yet."""
    name = f"consortium_report_{size}_{latest_revision()}"
    there = Database(server)
    with there.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if name not in connection.scalars(text("SELECT datname FROM pg_database")).all():
            half = f"{name}_half"
            connection.execute(text(f"DROP DATABASE IF EXISTS {half}"))
            connection.execute(text(f"CREATE DATABASE {half}"))
            _fill(_named(server, half), size)
            connection.execute(text(f"ALTER DATABASE {half} RENAME TO {name}"))
    there.engine.dispose()
    return _named(server, name)


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _fill(url: str, size: int) -> None:
    database = Database(url).prepare()
    partners, updates = SIZES[size]
    fill(database, sub_projects=size, partners=partners, updates=updates)
    database.engine.dispose()


def _join_log(path: Path) -> None:
    """Bring what is in the write-ahead log into the file, which can then have another name."""
    database = Database(f"sqlite:///{path}")
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(truncate)")
    database.engine.dispose()

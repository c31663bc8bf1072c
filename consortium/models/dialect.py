"""What SQLite and PostgreSQL do differently; nowhere else is a dialect named."""

import json
import sqlite3
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, String, create_engine, event, make_url, text
from sqlalchemy import Text as LongString
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from consortium.errors import DatabaseProblem
from consortium.i18n.message import _

#: versions before this one can corrupt a database in WAL mode (source: SQLite's release notes for 3.51.3)
SAFE_WAL = (3, 51, 3)

#: how long a writer waits for another one, in milliseconds
PATIENCE = 5000

#: the option that makes a unit of work a writing one
WRITING = "consortium_writing"


def keeps_json(dialect: Dialect) -> bool:
    """Tell whether the database has a JSON type of its own."""
    return dialect.name == "postgresql"


def words_type(dialect: Dialect) -> TypeEngine[Any]:
    """Choose the type of a column for texts; SQLite keeps JSON as plain text, which is then read only on demand."""
    return dialect.type_descriptor(JSONB() if keeps_json(dialect) else LongString())


def sort_key_type() -> TypeEngine[str]:
    """Choose a string type that compares byte by byte on both databases."""
    return String(400).with_variant(String(400, collation="C"), "postgresql")


def open_engine(url: str) -> Engine:
    """Open the database at ``url``: ``sqlite:///FILE`` or ``postgresql://…``.

    :raises DatabaseProblem: if it is neither
    """
    try:
        parts = make_url(url)
    except Exception:
        parts = None
    if parts is None or parts.get_backend_name() not in {"sqlite", "postgresql"}:
        raise DatabaseProblem(
            _("“{url}” is no address of a database. Write sqlite:///FILE or postgresql://HOST/NAME.").fill(
                url=_without_password(url)
            )
        )
    if parts.get_backend_name() == "sqlite":
        return _open_sqlite(str(parts))
    return create_engine(
        parts.set(drivername="postgresql+psycopg"),
        json_serializer=dump,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5},
    )


def reader(engine: Engine) -> Engine:
    """Return the engine for units that only read, each of which sees one state of the database from start to end."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def writer(engine: Engine) -> Engine:
    """Return the engine for units that write."""
    return engine.execution_options(**{WRITING: True})


def lock_for_append(connection: Connection, table: str) -> None:
    """Let only one writer at a time append to ``table``, until the unit ends; SQLite has but one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))


def dump(value: object) -> str:
    """Write JSON with æøå as they are, so that a search in the database finds them."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def sqlite_module() -> ModuleType:
    """Choose the newest SQLite: the one from the wheel where there is one, else Python's own."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    return dbapi2  # type: ignore[no-any-return]  # the wheel has no types


def _open_sqlite(url: str) -> Engine:
    module = sqlite_module()
    engine = create_engine(url, module=module, json_serializer=dump, connect_args={"timeout": PATIENCE / 1000})
    is_safe = module.sqlite_version_info >= SAFE_WAL

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin and end transactions ourselves
        connection.execute("PRAGMA foreign_keys = on")
        if not is_safe:
            connection.execute("PRAGMA journal_mode = delete")
        connection.execute(f"PRAGMA synchronous = {'full' if is_safe else 'extra'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def use_journal(engine: Engine) -> None:
    """Choose the journal of a new SQLite database, once: WAL where that is safe."""
    if engine.dialect.name != "sqlite" or sqlite_module().sqlite_version_info < SAFE_WAL:
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = wal")
    finally:
        connection.close()


def _without_password(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rsplit('@', 1)[-1]}"[:120]

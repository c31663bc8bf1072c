"""How each database is opened, read and written."""

import json
import os
import random
import re
import sqlite3
from pathlib import Path
from time import perf_counter, sleep
from types import ModuleType
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, IntegrityError

from consortium.errors import DatabaseProblem
from consortium.i18n.message import _

#: versions before this one can corrupt a database in WAL mode (source: SQLite's release notes for 3.51.3)
SAFE_WAL = (3, 51, 3)

#: how long a writer waits for another one, in milliseconds
PATIENCE = 5000

#: how often a writer looks whether its turn has come, in seconds
LOOKS = 0.001, 0.01

#: the option that makes a unit of work a writing one
WRITING = "consortium_writing"

#: the option that makes a unit of work give up where another one is writing
IMPATIENT = "consortium_impatient"

#: the option that makes statements run outside of any unit
ALONE = "consortium_alone"

#: how the databases say that two records would have one key: by the column, or by the name of the constraint
_SAME_KEY = re.compile(r"UNIQUE constraint failed: .*\.key\b|\buq_\w+_key\b")


def open_engine(url: str) -> Engine:
    """Open the database at ``url``: ``sqlite:///FILE`` or ``postgresql://…``.

    :raises DatabaseProblem: if it is neither, or the driver for it is not installed
    """
    try:
        parts = make_url(url)
        open_kind = {"sqlite": _open_sqlite, "postgresql": _open_postgresql}[parts.get_backend_name()]
        return open_kind(parts)
    except ImportError as fault:
        told = _("PostgreSQL needs {package}. Install it with: pip install consortium[postgres]")
        raise DatabaseProblem(told.fill(package=fault.name or "psycopg")) from fault
    except (ArgumentError, KeyError, ValueError) as fault:
        told = _("“{url}” is no address of a database. Write sqlite:///FILE or postgresql://HOST/NAME.")
        raise DatabaseProblem(told.fill(url=_without_password(url))) from fault


def database_file(engine: Engine) -> Path | None:
    """Tell in which file an SQLite database is; ``None`` for one in memory, under an address of SQLite's, or elsewhere.

    :raises DatabaseProblem: if there is a folder
    """
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:" or "uri" in engine.url.query:
        return None
    path = Path(name)
    if path.is_dir():
        raise DatabaseProblem(_("{path} is a folder. Name a file.").fill(path=name))
    return path


def make_file(engine: Engine) -> None:
    """Make the file of an SQLite database, and its folder, where they are missing; nothing else makes them."""
    path = database_file(engine)
    if path and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o644)


def has_same_key(fault: IntegrityError) -> bool:
    """Tell whether a record was refused because there is one with its key."""
    return bool(_SAME_KEY.search(str(fault.orig)))


def is_crossed(fault: DBAPIError) -> bool:
    """Tell whether PostgreSQL ended a unit because another one stood in its way: it can begin again."""
    return getattr(fault.orig, "sqlstate", None) in {"40001", "40P01"}


def is_busy(fault: DBAPIError) -> bool:
    """Tell whether a unit gave up waiting for another one."""
    is_locked = str(getattr(fault.orig, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return is_locked or getattr(fault.orig, "sqlstate", None) == "55P03"


def is_full(fault: DBAPIError) -> bool:
    """Tell whether the disk of the database has no room left."""
    name = getattr(fault.orig, "sqlite_errorname", "")
    return name == "SQLITE_FULL" or getattr(fault.orig, "sqlstate", None) == "53100"


def reader(engine: Engine) -> Engine:
    """Return the engine for units that only read, each of which sees one state of the database from start to end."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def writer(engine: Engine, *, is_patient: bool = True) -> Engine:
    """Return the engine for units that write; one that is not patient gives up at once where SQLite is being written."""
    return engine.execution_options(**{WRITING: True, IMPATIENT: not is_patient})


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


def _open_postgresql(url: URL) -> Engine:
    told = url.query.get("options", "")
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        json_serializer=dump,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": f"{_ADVISED} {told} -c lock_timeout={PATIENCE}"},
    )


#: What an address may say otherwise. With helpers PostgreSQL would look for all parts of a question at once, also for
#: those that the first part makes needless; with less memory it marks whole pages and looks through all that is on them.
_ADVISED = "-c max_parallel_workers_per_gather=0 -c work_mem=32MB"


def _open_sqlite(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite"),
        module=sqlite_module(),
        json_serializer=dump,
        connect_args={"timeout": PATIENCE / 1000},
    )
    _set_up_sqlite(engine)
    if "uri" not in url.query and url.database not in {None, "", ":memory:"}:
        _hold_to_file(engine)
    return engine


def _set_up_sqlite(engine: Engine) -> None:
    is_safe = sqlite_module().sqlite_version_info >= SAFE_WAL

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin and end transactions ourselves
        connection.execute("PRAGMA foreign_keys = on")
        if not is_safe:
            connection.execute("PRAGMA journal_mode = delete")
        connection.execute(f"PRAGMA synchronous = {'full' if is_safe else 'extra'}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(WRITING):
            _begin_writing(connection, 0 if options.get(IMPATIENT) else PATIENCE)
        elif not options.get(ALONE):
            connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection, patience: int) -> None:
    """Wait for the turn to write, up to ``patience`` milliseconds.

    SQLite itself looks less and less often, so that among many writers one that has waited long loses to those who have
    just come; whoever looks at random moments finds its turn.
    """
    driver: Any = connection.connection.dbapi_connection
    end = perf_counter() + patience / 1000
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except DBAPIError as fault:
                if not is_busy(fault) or perf_counter() > end:
                    raise
                sleep(random.uniform(*LOOKS))  # noqa: S311  # no secret
            else:
                return
    finally:
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE}")


def _hold_to_file(engine: Engine) -> None:
    """Open the file only where there is one, and leave it when it has gone or another one stands in its place."""

    @event.listens_for(engine, "do_connect")
    def open_existing(_dialect: object, record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        path = Path(arguments[0])
        arguments[0] = f"{path.as_uri()}?{'mode=ro&immutable=1' if _is_frozen(path) else 'mode=rw'}"
        options["uri"] = True
        record.info["file"] = path, _identity(path)

    @event.listens_for(engine, "checkout")
    def insist(_connection: object, record: Any, _proxy: object) -> None:
        path, identity = record.info["file"]
        if _identity(path) != identity:
            raise DisconnectionError


def _identity(path: Path) -> tuple[int, int, bool] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, _is_frozen(path)


def _is_frozen(path: Path) -> bool:
    """Tell whether a file lies whole on a disk that nobody may write: there SQLite cannot make the files that it reads by."""
    if os.name != "posix":
        return False
    log = path.with_name(f"{path.name}-wal")
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY) and not (log.exists() and log.stat().st_size)
    except OSError:
        return False


def use_journal(engine: Engine) -> None:
    """Choose the journal of a new SQLite database, once: WAL where that is safe."""
    if engine.dialect.name != "sqlite" or sqlite_module().sqlite_version_info < SAFE_WAL:
        return
    with engine.execution_options(**{ALONE: True}).connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = wal")


def _without_password(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rsplit('@', 1)[-1]}"[:120]

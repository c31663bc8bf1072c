"""Says in what condition a database is: which program keeps it, and how."""

from dataclasses import dataclass

from sqlalchemy import Engine

from consortium.models.dialect.engines import SAFE_WAL, database_file, sqlite_module


@dataclass(frozen=True)
class Condition:
    """What keeps a database.

    :ivar kind: ``SQLite`` or ``PostgreSQL``
    :ivar journal: how SQLite keeps its journal: ``wal`` or ``delete``; empty for a server
    :ivar is_safe: tells that readers may work beside a writer without harm
    :ivar is_there: tells that there is a database at the address
    """

    kind: str
    version: str
    journal: str = ""
    is_safe: bool = True
    is_there: bool = True


def condition(engine: Engine) -> Condition:
    """Ask a database in what condition it is; a file that is not there is not made.

    :raises DBAPIError: if it cannot be reached
    """
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            version = connection.exec_driver_sql("SHOW server_version").scalar()
        return Condition("PostgreSQL", str(version))
    version, is_safe = sqlite_module().sqlite_version, sqlite_module().sqlite_version_info >= SAFE_WAL
    file = database_file(engine)
    if file and not file.exists():
        return Condition("SQLite", version, is_safe=is_safe, is_there=False)
    with engine.connect() as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    return Condition("SQLite", version, str(journal), is_safe)

"""Reads a whole database as it is at one moment, and fills an empty one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from consortium.models.dialect.engines import ALONE, database_file, open_engine, reader, sqlite_module
from consortium.scratch import scratch_folder

#: rows that are written at a time
MANY = 1000

#: what SQLite keeps beside the file of a database, in which changes can be that are not yet in the file
BESIDE = ("-wal", "-journal", "-shm")

#: a new file is nobody's until it is whole: it needs no protection until then, and rows may come in any order
FILLING = ("PRAGMA foreign_keys = off", "PRAGMA journal_mode = memory", "PRAGMA synchronous = off", "BEGIN IMMEDIATE")

REFERENCES = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(:tables) ORDER BY 1, 2
"""

#: how far the numbers of a table have come; PostgreSQL says nothing before the first one was given
SEQUENCES = """
SELECT tables.relname, last_value FROM pg_sequences
JOIN pg_depend ON objid = (quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass AND deptype IN ('a', 'i')
JOIN pg_class AS tables ON tables.oid = refobjid
WHERE schemaname = current_schema() AND last_value IS NOT NULL
"""


@dataclass(frozen=True)
class Reference:
    """A foreign key of a table, in the words of the database."""

    table: str
    name: str
    definition: str


@contextmanager
def still(engine: Engine) -> Iterator[Connection]:
    """Open one state of a database to read for as long as that takes, while others write on.

    An SQLite without a log lets nobody write beside a reader: what is read is then a copy, which is made at once.
    """
    with engine.connect() as connection:
        journal = _pragma(connection, "journal_mode") if _is_sqlite(connection) else "wal"
    file = database_file(engine)
    if journal == "wal" or file is None:
        with reader(engine).connect() as connection:
            yield connection
        return
    with scratch_folder() as folder:
        copy = folder / file.name
        with closing(sqlite_module().connect(copy)) as there, closing(sqlite_module().connect(file)) as here:
            here.backup(there)
        copied = open_engine(engine.url.set(database=str(copy)).render_as_string())
        with closing(copied.connect()) as connection:
            yield connection
        copied.dispose()


@contextmanager
def filling(engine: Engine) -> Iterator[Connection]:
    """Open a unit that makes and fills the tables of a new database: all is kept at its end, or nothing."""
    with engine.execution_options(**{ALONE: True}).connect() as connection:
        for statement in FILLING if _is_sqlite(connection) else ("SET LOCAL timezone = 'UTC'",):
            connection.exec_driver_sql(statement)
        yield connection
        connection.commit()


def unbind(connection: Connection, tables: Iterable[str]) -> list[Reference]:
    """Let the rows of ``tables`` come in any order, whatever they refer to."""
    if _is_sqlite(connection):
        return []
    found = connection.execute(text(REFERENCES), {"tables": list(tables)})
    references = [Reference(*map(str, row)) for row in found]
    for each in references:
        connection.exec_driver_sql(f"ALTER TABLE {each.table} DROP CONSTRAINT {each.name}")
    return references


def bind(connection: Connection, references: Iterable[Reference]) -> str:
    """Look at what all rows refer to, and insist on it from now on.

    :return: the table of a row that refers to nothing; empty if there is none
    """
    if _is_sqlite(connection):
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        return str(broken[0]) if broken else ""
    for each in references:
        try:
            connection.exec_driver_sql(f"ALTER TABLE {each.table} ADD CONSTRAINT {each.name} {each.definition}")
        except IntegrityError:
            return each.table
    return ""


def pour(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to ``table`` as they come, with values as the driver takes them."""
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    if _is_sqlite(connection):
        statement = f"INSERT INTO {into} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608  # names of a database
        source = iter(rows)
        while some := [tuple(row) for row in islice(source, MANY)]:
            connection.exec_driver_sql(statement, some)
        return
    statement = f"COPY {into} FROM STDIN"
    try:
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]  # psycopg's own
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as fault:
        raise DBAPIError(statement, None, fault) from fault


def counters(connection: Connection) -> dict[str, int]:
    """Tell by table which number was the last to be given, where the database remembers it."""
    if not _is_sqlite(connection):
        return {str(table): int(number) for table, number in connection.execute(text(SEQUENCES))}
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").first():
        return {}
    return {str(table): int(number) for table, number in connection.exec_driver_sql("SELECT * FROM sqlite_sequence")}


def count_on(connection: Connection, numbers: Mapping[str, int]) -> None:
    """Give no number of ``numbers`` again, nor a lower one; by table, where the database remembers it."""
    if _is_sqlite(connection):
        known = counters(connection)
        sql = text("SELECT sql FROM sqlite_master WHERE name = :table")
        for table, number in numbers.items():
            if table in known:
                connection.execute(
                    text("UPDATE sqlite_sequence SET seq = :n WHERE name = :t"), {"n": number, "t": table}
                )
            elif "AUTOINCREMENT" in str(connection.scalar(sql, {"table": table})).upper():
                connection.execute(text("INSERT INTO sqlite_sequence VALUES (:t, :n)"), {"n": number, "t": table})
        return
    move = text("SELECT setval(pg_get_serial_sequence(quote_ident(:table), 'id'), :number)")
    for table, number in numbers.items():
        connection.execute(move, {"table": table, "number": number})


def is_sound(connection: Connection) -> bool:
    """Tell whether the database finds no fault in its own pages and indexes; a server looks after its own."""
    return not _is_sqlite(connection) or _pragma(connection, "integrity_check") == "ok"


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _pragma(connection: Connection, name: str) -> str:
    return str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())

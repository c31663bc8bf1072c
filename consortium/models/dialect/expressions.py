"""Types, criteria and statements that SQLite and PostgreSQL write differently."""

from collections.abc import Iterable, Sequence
from os.path import commonprefix
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    ColumnExpressionArgument,
    Connection,
    Dialect,
    Select,
    String,
    TableValuedAlias,
    literal,
    text,
)
from sqlalchemy import Text as LongString
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


def keeps_json(dialect: Dialect) -> bool:
    """Tell whether the database has a JSON type of its own."""
    return dialect.name == "postgresql"


def words_type(dialect: Dialect) -> TypeEngine[Any]:
    """Choose the type of a column for texts; SQLite keeps JSON as plain text, which is then read only on demand."""
    return dialect.type_descriptor(JSONB() if keeps_json(dialect) else LongString())


def sort_key_type() -> TypeEngine[str]:
    """Choose a string type that compares byte by byte on both databases."""
    return String(400).with_variant(String(400, collation="C"), "postgresql")


def bytewise(column: ColumnExpressionArgument[str]) -> ColumnElement[str]:
    """Order by ``column`` byte by byte on both databases."""
    return _Bytewise(column)


class _Bytewise(FunctionElement[str]):
    """A string that is compared byte by byte, as SQLite does anyway."""

    type = String()
    inherit_cache = True


@compiles(_Bytewise)
def _bytewise(element: _Bytewise, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(_Bytewise, "postgresql")
def _bytewise_postgresql(element: _Bytewise, compiler: Any, **options: Any) -> str:
    return f'{compiler.process(element.clauses, **options)} COLLATE "C"'


def same_by_index(column: Any, other: Any) -> ColumnElement[bool]:
    """Say that two columns are the same, where that is so anyway: PostgreSQL then finds the rows by the index of ``column``.

    SQLite finds them by a better one.
    """
    return _SameByIndex(column, other)


class _SameByIndex(FunctionElement[bool]):
    """Two columns that are the same."""

    type = Boolean()
    inherit_cache = True


@compiles(_SameByIndex)
def _same_by_index(_element: _SameByIndex, _compiler: Any, **_options: Any) -> str:
    return "1 = 1"


@compiles(_SameByIndex, "postgresql")
def _same_by_index_postgresql(element: _SameByIndex, compiler: Any, **options: Any) -> str:
    return " = ".join(compiler.process(each, **options) for each in element.clauses)


#: a stem of so many letters is found at the beginning of longer ones too: these languages write compounds as one word
COMPOUND = 4

#: no stem has so many letters
NO_COMPOUND = 1_000_000

#: of an index of words: all of these must be there, each in one of these ways, of which all stems must be there
Wanted = Sequence[Sequence[Sequence[str]]]


def has_stems(line: Any, wanted: Wanted, marks: Sequence[str]) -> ColumnElement[bool]:
    """Return the criterion for the lines of the text index with the stems that are wanted, found by an index.

    A stem is found at the beginning of longer ones too.

    :param marks: of which one stands before all the stems of a line
    """
    on_sqlite = " OR ".join(f"({_sqlite(wanted, mark, 1)})" for mark in marks)
    on_postgresql = " | ".join(f"({_postgresql(wanted, mark, 1)})" for mark in marks)
    return _HasStems(line.id, line.stems, literal(on_sqlite), literal(on_postgresql), literal(_letters(wanted)))


def _letters(wanted: Wanted) -> str:
    """Return letters that are in the stems of each line with what is wanted: the most that all ways of a word share."""
    shared = (commonprefix([way[0] for way in ways]) for ways in wanted)  # noqa: RUF071  # letters are meant, no paths
    return max(shared, key=len)


def _sqlite(wanted: Wanted, mark: str, shortest: int) -> str:
    return _all_of(wanted, shortest, f'"{mark}{{}}"', " *", (" AND ", " OR "))


def _postgresql(wanted: Wanted, mark: str, shortest: int) -> str:
    return _all_of(wanted, shortest, f"'{mark}{{}}'", ":*", (" & ", " | "))


def _all_of(wanted: Wanted, shortest: int, quoted: str, longer: str, joints: tuple[str, str]) -> str:
    """Write what is wanted as a database wants it; stems are letters and figures, so that no sign of them is its own.

    :param shortest: a stem of so many letters is found at the beginning of longer ones too
    """
    together, instead = joints
    units = []
    for ways in wanted:
        parts = ((quoted.format(stem) + longer * (len(stem) >= shortest) for stem in way) for way in ways)
        units.append(instead.join(f"({together.join(way)})" for way in parts))
    return together.join(f"({unit})" for unit in units)


class _HasStems(FunctionElement[bool]):
    """A line of the text index has stems; what is sought is there in the words of each database.

    It has no type: SQLAlchemy would write a boolean as “… = 1”, and SQLite would then use no index.
    """

    inherit_cache = True


@compiles(_HasStems)
def _has_stems(element: _HasStems, compiler: Any, **options: Any) -> str:
    number, _stems, sought, *_others = (compiler.process(each, **options) for each in element.clauses)
    # with a sign, or SQLite would look up each line with these words, and not see by an index which are of one kind
    return f"+{number} IN (SELECT rowid FROM text_search WHERE text_search MATCH {sought})"  # noqa: S608  # the words are bound


@compiles(_HasStems, "postgresql")
def _has_stems_postgresql(element: _HasStems, compiler: Any, **options: Any) -> str:
    _number, stems, _other, sought, letters = (compiler.process(each, **options) for each in element.clauses)
    return _written(stems, sought, letters)


def _written(stems: str, sought: str, letters: str) -> str:
    """Write for PostgreSQL that stems are there.

    Where most lines have them it uses no index, and to look for letters first takes a tenth of the time.
    """
    vector = f"array_to_tsvector(string_to_array(btrim({stems}), ' '))"
    return f"(strpos({stems}, {letters}) > 0 AND {vector} @@ CAST({sought} AS tsquery))"


def found_lines(wanted: Wanted, mark: str) -> tuple[TableValuedAlias, TableValuedAlias]:
    """Return the numbers of the lines of the text index with the stems that are wanted, as tables to join.

    The lines with the very stems are in the first one, those with compounds in the second: who looks into one after the
    other and ends at a limit is spared the second. To find what begins like a stem, PostgreSQL gathers all that does
    before it looks which of it has the other stems too; SQLite walks it, where “IN” would build a set of millions first.

    :param mark: stands before the stems of the lines that are meant. Were it a stem of its own, all lines with a longer
        one would be gathered before those with the mark are chosen
    """
    letters = f" {mark}{_letters(wanted)}"
    told = [
        (f"({write(wanted, mark, NO_COMPOUND)})", f"({write(wanted, mark, COMPOUND)})")
        for write in (_sqlite, _postgresql)
    ]
    (exact, longer), (very, begun) = told
    tables = (exact, very), (f"{longer} NOT {exact}", f"{begun} & !{very}")
    first, second = (_FoundLines(*map(literal, (*each, letters))) for each in tables)
    return first.table_valued("number", name="found"), second.table_valued("number", name="found")


class _FoundLines(FunctionElement[int]):
    """The numbers of lines with some stems, in the words of each database, and letters that all of them have."""

    inherit_cache = True


@compiles(_FoundLines)
def _found_lines(element: _FoundLines, compiler: Any, **options: Any) -> str:
    sought, _other, _letters = (compiler.process(each, **options) for each in element.clauses)
    return f"(SELECT rowid AS number FROM text_search WHERE text_search MATCH {sought})"  # noqa: S608  # the words are bound


@compiles(_FoundLines, "postgresql")
def _found_lines_postgresql(element: _FoundLines, compiler: Any, **options: Any) -> str:
    _other, sought, letters = (compiler.process(each, **options) for each in element.clauses)
    return f"(SELECT id AS number FROM text_index WHERE {_written('stems', sought, letters)})"  # noqa: S608  # the words are bound


def is_among(number: ColumnExpressionArgument[int], numbers: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the criterion that a number is one of a list, however long, that is written as JSON."""
    return _IsAmong(number, numbers)


class _IsAmong(FunctionElement[bool]):
    """A number is in a list; without a type, as :class:`_HasStems`."""

    inherit_cache = True


@compiles(_IsAmong)
def _is_among(element: _IsAmong, compiler: Any, **options: Any) -> str:
    number, numbers = (compiler.process(each, **options) for each in element.clauses)
    return f"{number} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608  # the numbers are bound


@compiles(_IsAmong, "postgresql")
def _is_among_postgresql(element: _IsAmong, compiler: Any, **options: Any) -> str:
    number, numbers = (compiler.process(each, **options) for each in element.clauses)
    return f"{number} = ANY (CAST(translate({numbers}, '[]', '{{}}') AS integer[]))"


def next_numbers(connection: Connection, table: str, count: int) -> Iterable[int]:
    """Take the next ``count`` numbers of the rows of ``table``, in their order; nobody else gets them.

    SQLite lets nobody else write meanwhile; what it has given it remembers when the rows come.
    """
    if connection.dialect.name == "sqlite":
        known = text("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = :table), 0)")
        last = int(connection.scalar(known, {"table": table}) or 0)
        return range(last + 1, last + 1 + count)
    given = text("SELECT nextval(pg_get_serial_sequence(quote_ident(:table), 'id')) FROM generate_series(1, :count)")
    return connection.scalars(given, {"table": table, "count": count}).all()


def once(query: Select[Any], name: str) -> CTE:
    """Return what ``query`` finds as a table to join; PostgreSQL works it out once, before it joins.

    Else it looks for what takes long as often as there are rows in the other tables, while it does not know how many
    there are. SQLite puts such a table into the query around it, where what it takes is looked at last.
    """
    return query.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")


def lock_for_append(connection: Connection, table: str) -> None:
    """Let only one writer at a time append to ``table``, until the unit ends; SQLite has but one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))


def write_over(connection: Connection, table: Any, rows: list[dict[str, Any]], *, by: Sequence[str]) -> None:
    """Write rows into ``table``, each over the one that is alike in the columns ``by``."""
    if connection.dialect.name == "postgresql":
        on_postgresql = postgresql.insert(table)
        told = {name: on_postgresql.excluded[name] for name in rows[0] if name not in by}
        connection.execute(on_postgresql.on_conflict_do_update(index_elements=by, set_=told), rows)
        return
    on_sqlite = sqlite.insert(table)
    told = {name: on_sqlite.excluded[name] for name in rows[0] if name not in by}
    connection.execute(on_sqlite.on_conflict_do_update(index_elements=by, set_=told), rows)


def claiming(query: Select[Any], *, is_patient: bool = False) -> Select[Any]:
    """Lock the rows of ``query`` until the unit ends, without those that others hold unless it waits for them.

    SQLite leaves the words out: its writers come one after the other anyway.
    """
    return query.with_for_update(skip_locked=not is_patient)

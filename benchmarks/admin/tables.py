"""The tables of the peers: a column for each language, and the latest status kept beside the sub-project, as is advised."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import text

from benchmarks.admin.filling import Batch, Filling, Row, Size
from benchmarks.admin.keeping import copy, folder, name_of
from consortium.i18n.sorting import sort_key
from consortium.models import Database
from consortium.models.dialect import sqlite_module

#: texts of a status update; modeltranslation wants a column for each beside those of the languages
FIELDS = ("summary", "achieved", "next_steps", "support_needs")
TEXTS = tuple(f"{field}_{language}" for field in FIELDS for language in ("nb", "sv"))

MAKE = (
    "CREATE TABLE peer_partner (id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL)",
    """CREATE TABLE peer_sub_project (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL, title_nb TEXT NOT NULL, title_sv TEXT NOT NULL,
        partner_id INTEGER NOT NULL REFERENCES peer_partner(id), place INTEGER NOT NULL,
        state TEXT NOT NULL, reported DATE, title TEXT DEFAULT ''
    )""",
    f"""CREATE TABLE peer_update (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL, sub_project_id INTEGER NOT NULL REFERENCES peer_sub_project(id),
        day DATE NOT NULL, state TEXT NOT NULL, workflow TEXT NOT NULL, {", ".join(f"{each} TEXT NOT NULL" for each in TEXTS)},
        {", ".join(f"{each} TEXT DEFAULT ''" for each in FIELDS)}
    )""",
)
#: where they are on PostgreSQL
SCHEMA = "peers"

INDEX = (
    "CREATE UNIQUE INDEX ix_peer_partner_key ON peer_partner (key)",
    "CREATE INDEX ix_peer_sub_project_place ON peer_sub_project (place)",
    "CREATE INDEX ix_peer_sub_project_partner ON peer_sub_project (partner_id, state, place)",
    "CREATE INDEX ix_peer_update_sub_project ON peer_update (sub_project_id, day)",
)


def kept_tables(size: Size, place: Path | None = None) -> Path:
    """Return the database of the peers, which is made where there is none yet."""
    path = (place or folder()) / f"{name_of(size)}_peers.sqlite"
    if not path.exists():
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        _fill(half, Filling(size))
        half.rename(path)
    return path


def copy_tables(path: Path, url: str) -> None:
    """Copy the tables of the peers into a schema of their own beside ours on PostgreSQL, if they are not there yet."""
    source, there = sqlite_module().connect(path), Database(url)
    with there.engine.begin() as connection:
        if not connection.scalar(text(f"SELECT count(*) FROM pg_namespace WHERE nspname = '{SCHEMA}'")):  # noqa: S608  # a name of ours
            connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
            connection.execute(text(f"SET LOCAL search_path = {SCHEMA}"))
            for statement in MAKE:
                connection.execute(text(statement))
            for table in ("peer_partner", "peer_sub_project", "peer_update"):
                rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608  # as above
                copy(connection, Batch(table, [name for name, *_others in rows.description], rows))
            for statement in (*INDEX, "ANALYZE"):
                connection.execute(text(statement))
    there.engine.dispose()
    source.close()


def _fill(path: Path, filling: Filling) -> None:
    connection = sqlite_module().connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode = off", "PRAGMA synchronous = off", *MAKE, "BEGIN"):
        connection.execute(statement)
    rows = {batch.table: batch for batch in filling.batches() if batch.table in {"status_update", "sub_project"}}
    places = ["?"] * (6 + len(TEXTS)) + ["''"] * len(FIELDS)
    insert = f"INSERT INTO peer_update VALUES ({', '.join(places)})"  # noqa: S608  # names of ours
    latest: dict[int, tuple[str, str]] = {}
    connection.executemany(insert, _updates(rows["status_update"].rows, rows["status_update"].columns, latest))
    size = filling.size
    partners = ((n, f"o{n}", f"Kommune {n}", "NO" if n % 2 else "SE") for n in range(1, size.partners + 1))
    connection.executemany("INSERT INTO peer_partner VALUES (?, ?, ?, ?)", partners)
    led = {n: n % size.partners + 1 for n in range(1, size.sub_projects + 1)}
    order = sorted(led, key=lambda n: ("NO" if led[n] % 2 else "SE", sort_key(f"Kommune {led[n]}", "nb"), led[n], n))
    ranks = {n: place for place, n in enumerate(order, 1)}
    projects = (
        (n, f"DP-{n}", *(each[1] for each in filling.title_of(n).lines), led[n], ranks[n], *latest[n]) for n in led
    )
    connection.executemany("INSERT INTO peer_sub_project VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')", projects)
    for statement in ("COMMIT", *INDEX, "ANALYZE", "PRAGMA journal_mode = wal"):
        connection.execute(statement)
    connection.close()


def _updates(rows: Iterator[Row], columns: Sequence[str], latest: dict[int, tuple[str, str]]) -> Iterator[Row]:
    own = {name: place for place, name in enumerate(columns)}
    known: dict[str, tuple[str, str]] = {}
    for row in rows:
        number, day, state, workflow = (row[own[name]] for name in ("sub_project_id", "day", "state", "workflow"))
        if workflow == "submitted":
            latest[number] = state, day
        said = (_both(row[own[field]], known) for field in FIELDS)
        yield row[own["id"]], row[own["key"]], number, day, state, workflow, *(words for pair in said for words in pair)


def _both(raw: str, known: dict[str, tuple[str, str]]) -> tuple[str, str]:
    if raw not in known:
        versions = json.loads(raw)["versions"]
        known[raw] = versions["nb"]["words"], versions["sv"]["words"]
    return known[raw]

"""Takes a backup: the whole database as it is at one moment, while others work on."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, inspect, select

from consortium import __version__, clock
from consortium.backup.branches import branches, revisions_of, tables_of
from consortium.backup.manifest import NAME, Manifest, Part
from consortium.backup.sealing import SIZE, Sealing
from consortium.backup.sheets import Sheet, sheets_of
from consortium.errors import DatabaseProblem
from consortium.i18n.message import _
from consortium.migrations import is_modelled
from consortium.models import Change, Database
from consortium.models.database import refuse_newer, working
from consortium.models.dialect.condition import condition
from consortium.models.dialect.whole import counters, still
from consortium.services.files import whole_file

#: how hard to press: more than this takes much longer and makes little smaller
LEVEL = 3

#: only its owner reads a backup: it holds all that the database does
OWNERS = 0o600


@dataclass(frozen=True)
class Taken:
    """What a backup holds, and what it does not.

    :ivar left_out: tables in the database that are not ours
    """

    manifest: Manifest
    left_out: tuple[str, ...]


def take(database: Database, path: Path) -> Taken:
    """Write a backup of ``database`` into the file ``path``, whole or not at all.

    :raises DatabaseProblem: if there is no database, it fails, or a newer Consortium made it
    :raises UnwritableFile: if the file cannot be written
    """
    database.revision()
    with working(), still(database.engine) as connection, whole_file(path, mode=OWNERS) as file:
        sealing = Sealing(file)
        with ZipFile(cast(IO[bytes], sealing), "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            taken = _write(archive, connection, database)
            archive.comment = bytes(SIZE)
        sealing.seal()
    return taken


def _write(archive: ZipFile, connection: Connection, database: Database) -> Taken:
    revisions = revisions_of(connection)
    at, kept = clock.now(), condition(database.engine)
    for name, revision in revisions.items():
        refuse_newer(branches()[name], revision, shown=database.shown)
    ours = tables_of(revisions)
    present = {name for name in inspect(connection).get_table_names() if is_modelled(name, "table", None)}
    if missing := sorted(ours - present):
        told = _("The database at {url} lacks the table {table}. Restore an earlier backup.")
        raise DatabaseProblem(told.fill(url=database.shown, table=missing[0]))
    last = connection.execute(select(Change.id, Change.link).order_by(Change.id.desc()).limit(1)).one_or_none()
    numbers = counters(connection)
    parts = tuple(_part(archive, connection, sheet, numbers) for sheet in sheets_of(connection, ours))
    number, link = last or (0, "")
    manifest = Manifest(at, __version__, f"{kept.kind} {kept.version}", revisions, number, link, parts)
    archive.writestr(NAME, manifest.to_json())
    return Taken(manifest, tuple(sorted(present - ours - branches().keys())))


def _part(archive: ZipFile, connection: Connection, sheet: Sheet, numbers: dict[str, int]) -> Part:
    digest, rows, size = sha256(), 0, 0
    with archive.open(f"{sheet.table}.jsonl", "w", force_zip64=True) as file:
        for line in sheet.lines(connection):
            file.write(line)
            digest.update(line)
            rows, size = rows + 1, size + len(line)
    return Part(sheet, rows, size, digest.hexdigest(), numbers.get(sheet.table))

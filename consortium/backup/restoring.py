"""Restores a backup into an empty database: all of it, or nothing."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.orm import Session

from consortium.backup.branches import branches, tables_of, take_steps
from consortium.backup.manifest import Manifest
from consortium.backup.reading import Backup, BackupProblem, opened
from consortium.errors import DatabaseProblem
from consortium.i18n.message import Message, _
from consortium.models import Database, chain, indexing
from consortium.models.database import working
from consortium.models.dialect import database_file, make_file, use_journal
from consortium.models.dialect.whole import BESIDE, bind, count_on, filling, is_sound, unbind
from consortium.scratch import scratch_folder
from consortium.services.files import settle, unwritable


@dataclass(frozen=True)
class Restored:
    """What was restored.

    :ivar broken_at: number of the first change in the history that does not fit, if there is one: it did not fit in the
        database either of which the backup is
    """

    manifest: Manifest
    broken_at: int | None


def restore(path: Path, database: Database) -> Restored:
    """Make ``database`` of a backup, and bring it up to date.

    :raises BackupProblem: if the backup is not whole
    :raises DatabaseProblem: if there is a database already, it fails, or a newer Consortium made the backup
    :raises UnwritableFile: if its file cannot be written
    """
    with opened(path) as backup, _empty(database, backup) as new:
        return _fill(new, backup)


def verify(path: Path) -> Manifest:
    """Restore a backup where nobody sees it, and say what is wrong with it; nothing of it stays.

    :raises BackupProblem: if something is wrong
    :raises DatabaseProblem: if a newer Consortium made it
    """
    with opened(path) as backup, scratch_folder() as folder:
        with _made(folder / "verified.sqlite") as new:
            restored = _fill(new, backup)
        if restored.broken_at is not None:
            told = _("The history does not fit from change {number} on: somebody has altered it in the database.")
            raise _unfit(backup, told.fill(number=restored.broken_at))
        return restored.manifest


@contextmanager
def _empty(database: Database, backup: Backup) -> Iterator[Database]:
    """Open what is to be filled: a new file that takes its place when it is whole, or an empty database itself."""
    file = database_file(database.engine)
    if file is None:
        _refuse_tables(database, backup.manifest)
        yield database
        return
    file = Path(os.path.realpath(file))
    _refuse_file(file, database)
    with ExitStack() as parts:
        with _writing(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            part = parts.enter_context(scratch_folder(beside=file)) / file.name
        with _made(part) as new:
            yield new
        with _writing(file):
            settle(part)
            _refuse_file(file, database)
            part.replace(file)
            settle(file.parent)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Say in words that a file cannot be written.

    :raises UnwritableFile: if it cannot
    """
    try:
        yield
    except OSError as fault:
        raise unwritable(file, fault) from fault


@contextmanager
def _made(file: Path) -> Iterator[Database]:
    """Make a database in a new file, and close it at the end."""
    new = Database(f"sqlite:///{file}")
    make_file(new.engine)
    try:
        yield new
        with working():
            use_journal(new.engine)
    finally:
        new.engine.dispose()


def _refuse_tables(database: Database, manifest: Manifest) -> None:
    with working():
        present = set(inspect(database.engine).get_table_names())
    if present & {*tables_of(manifest.revisions), *branches()}:
        told = _("There is already a Consortium database at {url}. Name an empty one.")
        raise DatabaseProblem(told.fill(url=database.shown))


def _refuse_file(file: Path, database: Database) -> None:
    if file.exists() and file.stat().st_size:
        told = _("There is already a file at {url}. Move it away, or name another place.")
        raise DatabaseProblem(told.fill(url=database.shown))
    for ending in BESIDE:
        left = file.with_name(file.name + ending)
        if left.exists():
            told = _(
                "{path} belongs to a database that is no longer there. Move it to where that one is, or remove it."
            )
            raise DatabaseProblem(told.fill(path=str(left)))


def _fill(new: Database, backup: Backup) -> Restored:
    """Make the tables as they were, fill them, look at everything, and bring them up to date; in one unit."""
    manifest = backup.manifest
    if missing := sorted(tables_of(manifest.revisions) - {part.sheet.table for part in manifest.parts}):
        raise _unfit(backup, _("The table {table} is not in it.").fill(table=missing[0]))
    with working(), filling(new.engine) as connection:
        take_steps(connection, manifest.revisions)
        references = unbind(connection, [part.sheet.table for part in manifest.parts])
        for part in manifest.parts:
            part.sheet.fill(connection, backup.lines(part))
        count_on(connection, _numbers(connection, manifest))
        if table := bind(connection, references):
            told = _("A row of the table {table} refers to one that is not there.")
            raise _unfit(backup, told.fill(table=table))
        _compare(connection, backup)
        _bring_up_to_date(connection, manifest)
        if not is_sound(connection):
            raise _unfit(backup, _("The restored database is not sound."))
        return Restored(manifest, chain.verify(connection))


def _numbers(connection: Connection, manifest: Manifest) -> dict[str, int]:
    """Tell up to which number the rows of each table were counted, also those that have been removed since."""
    found = {part.sheet.table: (part.counter, part.sheet.last_number(connection)) for part in manifest.parts}
    return {table: max(filter(None, pair)) for table, pair in found.items() if any(pair)}


def _compare(connection: Connection, backup: Backup) -> None:
    """Read all tables back, and insist that they say what the backup does."""
    for part in backup.manifest.parts:
        digest = sha256()
        for line in part.sheet.lines(connection):
            digest.update(line)
        if digest.hexdigest() != part.sha256:
            told = _("The table {table} says something else when it is read back.")
            raise _unfit(backup, told.fill(table=part.sheet.table))


def _bring_up_to_date(connection: Connection, manifest: Manifest) -> None:
    """Take the steps that came after the backup was made, and index again what they have emptied."""
    known = branches()
    take_steps(connection, {name: "head" for name, last in manifest.revisions.items() if known[name].latest != last})
    with Session(connection) as session:
        indexing.fill(session)


def _unfit(backup: Backup, problem: Message) -> BackupProblem:
    told = _("The backup {path} does not fit together. Take an earlier one.")
    return BackupProblem(told.fill(path=str(backup.path)), [problem])

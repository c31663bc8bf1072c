"""Opens a backup, insists that it is whole, and says what is wrong where it is not."""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from consortium.backup.branches import branches
from consortium.backup.manifest import NAME, Manifest, Part, manifest_from
from consortium.backup.sealing import is_sealed, is_unbroken
from consortium.errors import DatabaseProblem, ManyProblems, NotFound
from consortium.i18n.message import Message, _

#: with what every ZIP begins
ZIP = b"PK"


class BackupProblem(ManyProblems):
    """A backup is not whole, or does not fit together."""


class Backup:
    """A backup that is open to be read."""

    def __init__(self, path: Path, archive: ZipFile) -> None:
        self.path = path
        self._archive = archive
        self.manifest: Manifest = manifest_from(json.loads(archive.read(NAME)))

    def lines(self, part: Part) -> Iterator[bytes]:
        """Walk the lines of a sheet, and insist at the end that they are those that were written.

        :raises BackupProblem: if they are not
        """
        digest, rows, size = sha256(), 0, 0
        try:
            with self._archive.open(part.file) as file:
                for line in file:
                    digest.update(line)
                    rows, size = rows + 1, size + len(line)
                    yield line
        except (BadZipFile, zlib.error, EOFError, KeyError) as fault:
            raise _damaged(self.path, [_altered(part)]) from fault
        if (digest.hexdigest(), rows, size) != (part.sha256, part.rows, part.bytes):
            raise _damaged(self.path, [_altered(part)])


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup, each byte of which is the one that was written.

    :raises NotFound: if there is no file that one may read
    :raises BackupProblem: if it is no backup, or not whole
    :raises DatabaseProblem: if a newer Consortium made it
    """
    try:
        _insist(path)
        archive = ZipFile(path)
    except OSError as fault:
        told = _("{path} cannot be read: {reason}. Name another file.")
        raise NotFound(told.fill(path=str(path), reason=fault.strerror or str(fault))) from fault
    with archive:
        yield _known(path, archive)


def _insist(path: Path) -> None:
    with path.open("rb") as file:
        begins_well = file.read(len(ZIP)) == ZIP
    if not is_sealed(path):
        if not begins_well:
            raise BackupProblem(_("{path} is no backup of Consortium.").fill(path=str(path)), [])
        raise _damaged(path, [_("Its end is not as it was written: something is missing, or there is more.")])
    if not is_unbroken(path):
        raise _damaged(path, list(_damages(path)) or [_("All tables can be read; the damage lies between them.")])


def _known(path: Path, archive: ZipFile) -> Backup:
    """Read the manifest, and insist that this program knows its form and the steps of its database."""
    newer = DatabaseProblem(
        _("The backup {path} was made by a newer Consortium. Update this one, and try again.").fill(path=str(path))
    )
    try:
        backup = Backup(path, archive)
    except (KeyError, TypeError, ValueError) as fault:
        raise newer from fault
    known = branches()
    for name, revision in backup.manifest.revisions.items():
        if name not in known or known[name].is_newer(revision):
            raise newer
    return backup


def _damages(path: Path) -> Iterator[Message]:
    """Find out where a damaged backup is damaged; what is damaged can fail in any way."""
    try:
        archive = ZipFile(path)
        backup = Backup(path, archive)
    except Exception:  # see above
        yield _("Its table of contents cannot be read.")
        return
    with archive:
        for part in backup.manifest.parts:
            try:
                for _line in backup.lines(part):
                    pass
            except Exception:  # see above
                yield _altered(part)


def _altered(part: Part) -> Message:
    return _("The rows of the table {table} are not those that were written.").fill(table=part.sheet.table)


def _damaged(path: Path, problems: list[Message]) -> BackupProblem:
    told = _("The backup {path} is damaged. Take another copy of it, or an earlier backup.")
    return BackupProblem(told.fill(path=str(path)), problems)

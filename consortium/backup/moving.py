"""Moves everything from one database into another, of the same kind or the other one."""

from dataclasses import dataclass

from sqlalchemy import func, select

from consortium.backup.restoring import Restored, restore
from consortium.backup.taking import take
from consortium.models import Change, Database
from consortium.scratch import scratch_folder


@dataclass(frozen=True)
class Moved:
    """What was moved.

    :ivar left_out: tables that are not ours
    :ivar missed: changes that were made in the old database meanwhile, and are not in the new one
    """

    restored: Restored
    left_out: tuple[str, ...]
    missed: int


def move(database: Database, to: Database) -> Moved:
    """Make the database ``to`` of all that is in ``database``, which stays as it is.

    :raises DatabaseProblem: if there is no database, one of them fails, or there is one already in the other place
    """
    with scratch_folder() as folder:
        path = folder / "moving.zip"
        taken = take(database, path)
        restored = restore(path, to)
    with database.read() as session:
        later = select(func.count()).select_from(Change).where(Change.id > taken.manifest.change)
        return Moved(restored, taken.left_out, session.scalar(later) or 0)

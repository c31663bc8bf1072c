"""The whole database in one file, and back."""

from consortium.backup.moving import Moved, move
from consortium.backup.reading import BackupProblem
from consortium.backup.restoring import Restored, restore, verify
from consortium.backup.taking import Taken, take

__all__ = ["BackupProblem", "Moved", "Restored", "Taken", "move", "restore", "take", "verify"]

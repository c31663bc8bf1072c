"""A post for those who send nothing yet: every letter is a file."""

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from consortium.jobs.posts import Refused
from consortium.jobs.taking import Taken


@dataclass(frozen=True)
class FolderPost:
    """Puts each letter into a folder, named after its key: they stand in the order in which they were written."""

    folder: Path

    def send(self, taken: Taken, sender: str) -> None:
        """Write the whole file or none; the same letter again takes the place of the first one.

        :raises Refused: if it cannot be written
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with NamedTemporaryFile(dir=self.folder, prefix=".", suffix=".part", delete=False) as file:
                part = Path(file.name)
                file.write(taken.message)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.folder / f"{taken.key}.eml")
        except OSError as fault:
            raise Refused(f"{self.folder}: {fault.strerror}") from fault

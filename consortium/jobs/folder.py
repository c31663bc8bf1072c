"""A post for those who send nothing yet: every letter is a file."""

from dataclasses import dataclass
from pathlib import Path

from consortium.jobs.posts import Refused
from consortium.jobs.taking import Taken
from consortium.services.files import UnwritableFile, whole_file

#: letters are for our eyes only
OURS = 0o600


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
            with whole_file(self.folder / f"{taken.key}.eml", mode=OURS) as file:
                file.write(taken.message)
        except UnwritableFile as fault:
            raise Refused(str(fault)) from fault
        except OSError as fault:
            raise Refused(f"{self.folder}: {fault.strerror}") from fault

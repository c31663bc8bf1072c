"""Seals a file: its last bytes are the digest of all that stand before them."""

from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

#: what stands before the digest
SIGN = b"sha256 "

#: bytes of a seal
SIZE = len(SIGN) + 64

#: bytes that are read at a time
SOME = 1024 * 1024


class Sealing:
    """Passes bytes on to a file, and puts the seal in the place of the last ones.

    It holds those back until then, and cannot go back in what it has passed on.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = sha256()
        self._held = b""

    def write(self, some: bytes) -> int:
        """Pass bytes on, all but the last ones."""
        held = self._held + some
        passed, self._held = held[:-SIZE], held[-SIZE:]
        self._digest.update(passed)
        self._file.write(passed)
        return len(some)

    def flush(self) -> None:
        """Keep the last bytes all the same."""

    def seal(self) -> None:
        """Write the seal."""
        self._file.write(SIGN + self._digest.hexdigest().encode())


def is_sealed(path: Path) -> bool:
    """Tell whether a file ends in a seal, be it right or wrong."""
    with path.open("rb") as file:
        file.seek(-min(SIZE, path.stat().st_size), 2)
        return file.read(SIZE).startswith(SIGN)


def is_unbroken(path: Path) -> bool:
    """Tell whether a file is to the byte what was sealed."""
    digest, left = sha256(), path.stat().st_size - SIZE
    with path.open("rb") as file:
        while left > 0 and (some := file.read(min(SOME, left))):
            digest.update(some)
            left -= len(some)
        return left == 0 and file.read() == SIGN + digest.hexdigest().encode()

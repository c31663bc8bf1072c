"""A file of lines that can be walked from anywhere, by several at once."""

import os
from collections.abc import Iterator

#: bytes that are read at a time
PIECE = 1 << 16


class Lines:
    """Reads the lines of an open file at places of its own: whoever else reads it is not disturbed.

    :ivar file: number of the open file
    """

    def __init__(self, file: int) -> None:
        self.file = file
        self._piece, self._start = b"", 0

    def at(self, place: int, most: int) -> bytes:
        """Return the line that begins at ``place``; it has no end where it is longer than ``most`` bytes."""
        found = self._here(place, most)
        while not found.endswith(b"\n") and len(found) < most:
            more = self._here(place + len(found), most)
            if not more:
                break
            found += more
        return found

    def _here(self, place: int, most: int) -> bytes:
        """Return what is known of a line from ``place`` on, with its end if that is in the same piece."""
        if not self._start <= place < self._start + len(self._piece):
            self._piece, self._start = os.pread(self.file, PIECE, place), place
        offset = place - self._start
        end = self._piece.find(b"\n", offset)
        return self._piece[offset : end + 1 if end >= 0 else len(self._piece)][:most]


def walk(file: int, start: int = 0, most: int = 1 << 26) -> Iterator[bytes]:
    """Walk the lines of an open file from ``start`` on."""
    lines = Lines(file)
    while line := lines.at(start, most):
        yield line
        start += len(line)

"""Lines that came in any order and can be walked in their own, again and again: few in memory, many in a file."""

import os
import weakref
from array import array
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any

#: so many bytes stay in memory
MOST = 1_000_000


class Spool:
    """Lines in an order of their own; the file of many has no name, so that nothing is left of it, however we end."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._places, self._sizes = array("Q"), array("Q")
        self._file: IO[bytes] | None = None

    @property
    def is_small(self) -> bool:
        """Tell whether the lines are in memory."""
        return self._file is None

    def fill(self, lines: Iterable[tuple[Any, bytes]]) -> None:
        """Keep lines, each with what it is to be sorted by."""
        source, ordered, size = iter(lines), [], 0
        for order, line in source:
            ordered.append((order, len(self._lines), len(line)))
            self._lines.append(line)
            size += len(line)
            if size > MOST:
                file = self._file = self._open()
                starts = [_written(file, each) for each in self._lines]
                ordered = [(order, starts[place], size) for order, place, size in ordered]
                self._lines.clear()
                ordered += [(order, _written(file, line), len(line)) for order, line in source]
                file.flush()
        ordered.sort()
        self._places.extend(place for _order, place, _size in ordered)
        self._sizes.extend(size for _order, _place, size in ordered)

    def _open(self) -> IO[bytes]:
        file = TemporaryFile(prefix="consortium-")  # noqa: SIM115  # it goes with the spool
        weakref.finalize(self, file.close)
        return file

    def __iter__(self) -> Iterator[bytes]:
        """Walk the lines in their order."""
        if self._file is None:
            yield from (self._lines[place] for place in self._places)
            return
        number = self._file.fileno()
        for place, size in zip(self._places, self._sizes, strict=True):
            yield os.pread(number, size, place)


def _written(file: IO[bytes], line: bytes) -> int:
    """Write a line and tell where it begins."""
    start = file.tell()
    file.write(line)
    return start

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
        self._held = bytearray()
        self._places, self._sizes = array("Q"), array("Q")
        self._file: IO[bytes] | None = None

    @property
    def is_small(self) -> bool:
        """Tell whether the lines are in memory."""
        return self._file is None

    def fill(self, lines: Iterable[tuple[Any, bytes]]) -> None:
        """Keep lines, each with what it is to be sorted by."""
        orders, places, sizes, end = [], array("Q"), array("Q"), 0
        for order, line in lines:
            orders.append(order)
            places.append(end)
            sizes.append(len(line))
            end += len(line)
            self._keep(line)
        if self._file:
            self._file.flush()
        for number in sorted(range(len(orders)), key=orders.__getitem__):
            self._places.append(places[number])
            self._sizes.append(sizes[number])

    def _keep(self, line: bytes) -> None:
        if self._file:
            self._file.write(line)
            return
        self._held += line
        if len(self._held) > MOST:
            self._file = self._open()
            self._file.write(self._held)
            self._held.clear()

    def _open(self) -> IO[bytes]:
        file = TemporaryFile(prefix="consortium-")  # noqa: SIM115  # it goes with the spool
        weakref.finalize(self, file.close)
        return file

    def __iter__(self) -> Iterator[bytes]:
        """Walk the lines in their order."""
        walk = zip(self._places, self._sizes, strict=True)
        if self._file is None:
            yield from (bytes(self._held[place : place + size]) for place, size in walk)
            return
        number = self._file.fileno()
        yield from (os.pread(number, size, place) for place, size in walk)

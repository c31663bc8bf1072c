"""Lines that came in any order and can be walked in their own, again and again: few in memory, many in a file."""

import weakref
from collections.abc import Iterable, Iterator
from io import BufferedWriter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

#: so many bytes stay in memory
MOST = 1_000_000


class Spool:
    """Lines in an order of their own; the file of many goes when the spool does."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._places: list[int] = []
        self._path: Path | None = None

    @property
    def is_small(self) -> bool:
        """Tell whether the lines are in memory."""
        return self._path is None

    def fill(self, lines: Iterable[tuple[Any, bytes]]) -> None:
        """Keep lines, each with what it is to be sorted by."""
        source, ordered, size = iter(lines), [], 0
        for order, line in source:
            ordered.append((order, len(self._lines)))
            self._lines.append(line)
            size += len(line)
            if size > MOST:
                with self._open() as file:
                    starts = [_written(file, each) for each in self._lines]
                    ordered = [(order, starts[place]) for order, place in ordered]
                    self._lines.clear()
                    ordered += [(order, _written(file, line)) for order, line in source]
        self._places = [place for _order, place in sorted(ordered)]

    def _open(self) -> BufferedWriter:
        folder = TemporaryDirectory(prefix="consortium-")
        weakref.finalize(self, folder.cleanup)
        self._path = Path(folder.name, "facts")
        return self._path.open("wb")

    def __iter__(self) -> Iterator[bytes]:
        """Walk the lines in their order."""
        if self._path is None:
            yield from (self._lines[place] for place in self._places)
            return
        with self._path.open("rb") as file:
            for place in self._places:
                file.seek(place)
                yield file.readline()


def _written(file: BufferedWriter, line: bytes) -> int:
    """Write a line and tell where it begins."""
    start = file.tell()
    file.write(line)
    return start

"""Values that can be walked again and again, and are never all in memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, eq=False)
class Stream(Generic[T_co]):
    """A stream of values: each walk asks ``walk`` for a new pass.

    :ivar lines: walks the same values as canonical lines, where they are kept like that
    """

    walk: Callable[[], Iterable[T_co]]
    lines: Callable[[], Iterable[bytes]] | None = None

    def __iter__(self) -> Iterator[T_co]:
        """Begin a new pass."""
        return iter(self.walk())

"""Pages of lists: each begins after a place that the one before it names, so that a late page costs as much as the first."""

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, bindparam, tuple_

from consortium.errors import InvalidValue
from consortium.i18n.message import _

#: rows of a page unless told otherwise, and at most
SIZE, MOST = 50, 500

#: a place is never written longer
LONGEST = 4000

#: the largest number that a database counts to
LARGEST = 2**63 - 1

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of a list.

    :ivar next: the place after which the next page begins; empty on the last one
    :ivar previous: the place before which the previous page ends; empty on the first one
    :ivar count: how many there are in all; ``None`` for very many
    """

    records: tuple[T, ...]
    next: str = ""
    previous: str = ""
    count: int | None = None

    def turned(self, into: Callable[[Sequence[T]], Sequence[U]]) -> "Page[U]":
        """Return the page with what ``into`` makes of its records."""
        return Page(tuple(into(self.records)), self.next, self.previous, self.count)


@dataclass(frozen=True)
class Order:
    """An order of rows in which each has a place of its own.

    :ivar name: tells orders apart: a place in one is none in another
    :ivar columns: what the rows are sorted by; the last one is another in each row
    """

    name: str
    columns: tuple[Any, ...]
    is_falling: bool = False

    @property
    def places(self) -> list[Any]:
        """The columns by the names under which a query gives them back."""
        return [column.label(f"place_{number}") for number, column in enumerate(self.columns)]

    def limit(self, query: Select[Any], *, after: str, before: str, size: int) -> Select[Any]:
        """Limit ``query`` to a page, and one row more that tells whether there is another page.

        :raises InvalidValue: if the place is none of this order
        """
        return self._limited(query, self._read(before or after), is_back=bool(before), size=size)

    def limit_anywhere(self, query: Select[Any], *, has_place: bool, is_back: bool, size: int) -> Select[Any]:
        """Limit ``query`` to any page, whose place is then told by values called ``at_0``, ``at_1`` and so on."""
        places = [bindparam(f"at_{number}", None, column.type) for number, column in enumerate(self.columns)]
        return self._limited(query, places if has_place else [], is_back=is_back, size=size)

    def _limited(self, query: Select[Any], place: Sequence[Any], *, is_back: bool, size: int) -> Select[Any]:
        is_falling = self.is_falling != is_back
        if place:
            here, there = tuple_(*self.columns), tuple_(*place)
            query = query.where(here < there if is_falling else here > there)
        ordered = (column.desc() if is_falling else column.asc() for column in self.columns)
        return query.order_by(*ordered).limit(known_size(size) + 1)

    def page(self, rows: Sequence[Any], *, after: str, before: str, size: int) -> Page[Any]:
        """Make a page of the rows of a query that was limited so; the rows have the places."""
        shown = rows[: known_size(size)]
        has_more = len(rows) > len(shown)
        if before:
            shown = shown[::-1]
        if not shown:
            return Page(())
        first, last = self._write(shown[0]), self._write(shown[-1])
        if before:
            return Page(tuple(shown), next=last, previous=first if has_more else "")
        return Page(tuple(shown), next=last if has_more else "", previous=first if after else "")

    def values(self, place: str) -> list[Any]:
        """Return what a place says of the row beside a page; nothing for the first page.

        :raises InvalidValue: if the place is none of this order
        """
        return [each.value for each in self._read(place)]

    def _write(self, row: Any) -> str:
        values = [getattr(row, f"place_{number}") for number in range(len(self.columns))]
        plain = [str(value) if isinstance(value, date) else value for value in values]
        return urlsafe_b64encode(json.dumps([self.name, *plain]).encode()).decode().rstrip("=")

    def _read(self, place: str) -> list[Any]:
        if not place:
            return []
        try:
            name, *values = _decoded(place)
            if name != self.name:
                raise ValueError
            pairs = enumerate(zip(self.columns, values, strict=True))
            return [
                bindparam(f"at_{number}", _value(value, column.type.python_type), column.type)
                for number, (column, value) in pairs
            ]
        except (ValueError, TypeError, binascii.Error, RecursionError) as fault:
            told = _("This page of the list cannot be found. Begin with the first page.")
            raise InvalidValue(told, "after") from fault


def known_size(size: int) -> int:
    """Return how many rows a page has: one at least, and no more than can be read."""
    return max(1, min(size, MOST))


def _decoded(place: str) -> list[Any]:
    if len(place) > LONGEST or not place.isascii():
        raise ValueError
    found = json.loads(urlsafe_b64decode(place + "=" * (-len(place) % 4)))
    if not isinstance(found, list):
        raise TypeError
    return found


def _value(value: Any, kind: type) -> Any:
    """Insist that a value of a place is of the kind of its column."""
    if kind is date:
        return date.fromisoformat(value)
    is_fitting = isinstance(value, kind) and not isinstance(value, bool)
    if not is_fitting or (isinstance(value, int) and abs(value) > LARGEST):
        raise ValueError
    if isinstance(value, str) and _UNUSABLE.search(value):
        raise ValueError
    return value

"""Loads records of several kinds in one query, as if there were one for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, literal, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption


@dataclass(frozen=True)
class Part:
    """Records of one kind, each with what is joined to it.

    :ivar kind: what is wanted, and ``own`` which of it
    :ivar joined: further kinds, each with what ties it to one before
    :ivar shown: the column that is wanted of the kind, where that is not the whole record
    """

    kind: Any
    own: tuple[Any, ...]
    joined: tuple[tuple[Any, Any], ...] = ()
    shown: Any = None


@dataclass(frozen=True)
class Parts:
    """A query for every part at once, written once.

    :ivar widths: the first and last column of each part
    """

    query: Select[Any]
    widths: tuple[tuple[int, int], ...]

    def load(self, session: Session, **values: Any) -> list[list[tuple[Any, ...]]]:
        """Load every part, in no order; for each the rows of its kind, and of what is joined to it.

        :param values: those of the named places of the query
        """
        found: list[list[tuple[Any, ...]]] = [[] for _part in self.widths]
        for number, *row in session.execute(self.query, values).unique():
            first, last = self.widths[number]
            if row[first] is not None:
                found[number].append(tuple(row[first:last]))
        return found


def load_parts(session: Session, parts: Sequence[Part], *options: ORMOption) -> list[list[tuple[Any, ...]]]:
    """Load every part in one query, in no order; for each the rows of its kind, and of what is joined to it."""
    return written(parts, *options).load(session)


def written(parts: Sequence[Part], *options: ORMOption) -> Parts:
    """Write one query for every part.

    Each row of the answer belongs to one part and leaves the columns of all others empty, so that no part is
    multiplied by another.
    """
    numbers = union_all(*(select(literal(number).label("part")) for number in range(len(parts)))).subquery("parts")
    source: Any = numbers
    widths = []
    columns: list[Any] = []
    for number, part in enumerate(parts):
        source = source.outerjoin(part.kind, and_(numbers.c.part == number, *part.own))
        for other, tie in part.joined:
            source = source.outerjoin(other, tie)
        widths.append((len(columns), len(columns) + 1 + len(part.joined)))
        columns += [part.kind if part.shown is None else part.shown, *(other for other, _tie in part.joined)]
    return Parts(select(numbers.c.part, *columns).select_from(source).options(*options), tuple(widths))

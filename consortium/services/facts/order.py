"""The order of the walk: every query on sub-projects follows it, so that their rows can be walked side by side.

It is that of the rows' numbers, which an index has already: to sort rows full of words, SQLite holds all of them in
memory. The order of the report is made afterwards, of places alone.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists
from sqlalchemy.orm import aliased

from consortium.facts import Scope
from consortium.models import Assessment, Organisation, Participation, Partner, SubProject, Theme
from consortium.services.policy import Principal, visible

#: rows fetched at a time; enough to be fast, few enough to stay small
PAGE = 200

Query: TypeAlias = Select[*tuple[Any, ...]]


def in_order(query: Any, principal: Principal, *, home: int, day: date, scope: Scope | None, few: int) -> Query:
    """Limit a query on sub-projects to what may be seen and is asked about, and put it in the order of the walk.

    :param home: the number of the consortium
    :param few: how many are asked about by their keys; 0 where all are
    """
    own = [SubProject.consortium_id == home, visible(principal, SubProject), *_within(scope, day)]
    if few:
        own.append(is_named(few))
    ordered: Query = query.where(*own).order_by(SubProject.id)
    return ordered


def is_named(few: int) -> ColumnElement[bool]:
    """Limit a query to the sub-projects with so many keys, which are :func:`named` when it is asked."""
    return SubProject.key.in_([bindparam(f"key_{place}", "") for place in range(few)])


def named(keys: Collection[str]) -> dict[str, str]:
    """Name the keys as the query knows them."""
    return {f"key_{place}": key for place, key in enumerate(keys)}


def _within(scope: Scope | None, day: date) -> Iterator[ColumnElement[bool]]:
    """Limit sub-projects to those of a partner, with a partner of a country, or assessed under a theme by ``day``."""
    if scope is None:
        return
    share, partner, owner = aliased(Participation), aliased(Partner), aliased(Organisation)
    shared = exists().where(share.sub_project_id == SubProject.id, share.partner_id == partner.id)
    if scope.kind == "partner":
        yield shared.where(partner.key == scope.key, partner.consortium_id == SubProject.consortium_id)
    elif scope.kind == "country":
        yield shared.where(partner.organisation_id == owner.id, owner.country == scope.key)
    else:
        answer, theme = aliased(Assessment), aliased(Theme)
        answered = exists().where(answer.sub_project_id == SubProject.id, answer.theme_id == theme.id)
        yield answered.where(theme.key == scope.key, answer.day <= day)


class Beside:
    """The rows of a query in the order of the walk, taken sub-project by sub-project."""

    def __init__(self, rows: Iterable[Row[Any]]) -> None:
        self._groups = groupby(rows, key=lambda row: row.sub_project_id)
        self._owner: int | None = None
        self._rows: Iterator[Row[Any]] = iter(())
        self._go_on()

    def of(self, number: int) -> list[Row[Any]]:
        """Take the rows of the sub-project ``number``; none if it has none. Those of others before it are left out."""
        while self._owner is not None and self._owner < number:
            self._go_on()
        if self._owner != number:
            return []
        taken = list(self._rows)
        self._go_on()
        return taken

    def _go_on(self) -> None:
        self._owner, self._rows = next(self._groups, (None, iter(())))

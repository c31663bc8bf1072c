"""The order of the walk: every query on sub-projects follows it, so that their rows can be walked side by side.

It is that of the rows' numbers, which an index has already: to sort rows full of words, SQLite holds all of them in
memory. The order of the report is made afterwards, of places alone.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, exists
from sqlalchemy.orm import aliased

from consortium.facts import Scope
from consortium.models import Assessment, Consortium, Organisation, Participation, Partner, SubProject, Theme
from consortium.services.policy import Principal, visible

#: rows fetched at a time; enough to be fast, few enough to stay small
PAGE = 200

Query: TypeAlias = Select[*tuple[Any, ...]]

#: what a walk is limited to: a scope, and the keys of the few that are wanted
Part: TypeAlias = tuple[Scope | None, Collection[str]]


def in_order(query: Any, principal: Principal, *, consortium: Consortium, day: date, part: Part) -> Query:
    """Limit a query on sub-projects to what may be seen and is in its part, and put it in the order of the walk."""
    scope, only = part
    own = [SubProject.consortium_id == consortium.id, visible(principal, SubProject), *_within(scope, day)]
    if only:
        own.append(SubProject.key.in_(only))
    ordered: Query = query.where(*own).order_by(SubProject.id).execution_options(yield_per=PAGE)
    return ordered


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

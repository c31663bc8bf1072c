"""Which steps make the tables of a database, and which tables they make."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from sqlalchemy import Connection, inspect

from consortium.errors import DatabaseProblem
from consortium.i18n.message import _
from consortium.migrations import is_modelled
from consortium.migrations.branch import Branch
from consortium.models.dialect import open_engine
from consortium.models.dialect.whole import filling

#: the modules with the branches, the records first; those of the admin are there where it is
MODULES = ("consortium.migrations", "consortium_admin.accounts.migrations")

#: by the table of each branch, the step that a database has taken last
Revisions = Mapping[str, str]


@cache
def branches() -> dict[str, Branch]:
    """Return the branches by the tables in which a database tells their steps."""
    found: list[Branch] = [import_module(name).BRANCH for name in MODULES]
    return {branch.table: branch for branch in found}


def revisions_of(connection: Connection) -> Revisions:
    """Tell which steps a database has taken."""
    present = {name: branch.present(connection) for name, branch in branches().items()}
    return {name: revision for name, revision in present.items() if revision}


def take_steps(connection: Connection, revisions: Revisions) -> None:
    """Take the steps of each branch up to the one that is named.

    :raises DatabaseProblem: if what makes the tables of a branch is not installed
    """
    for name, revision in revisions.items():
        try:
            branches()[name].upgrade(connection, revision)
        except ImportError as fault:
            told = _("The tables of the web admin need {package}. Install it with: pip install 'consortium[admin]'")
            raise DatabaseProblem(told.fill(package=fault.name or "consortium_admin")) from fault


def tables_of(revisions: Revisions) -> frozenset[str]:
    """Tell which tables the steps have made, by taking them in memory."""
    return _tables(tuple(sorted(revisions.items())))


@cache
def _tables(revisions: tuple[tuple[str, str], ...]) -> frozenset[str]:
    engine = open_engine("sqlite://")
    with filling(engine) as connection:
        take_steps(connection, dict(revisions))
        names = inspect(connection).get_table_names()
    engine.dispose()
    return frozenset(name for name in names if name not in branches() and is_modelled(name, "table", None))

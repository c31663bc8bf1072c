"""The steps, with a consortium in the database: each can be taken back and again, and keeps what it knows."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import inspect, select, text

from consortium.errors import DatabaseProblem
from consortium.migrations import BRANCH, downgrade, present_revision
from consortium.migrations.branch import Branch
from consortium.models import Base, Database
from consortium.models.chain import verify, walk
from consortium.models.dialect import writer
from consortium_admin.accounts.migrations import BRANCH as ACCOUNTS
from consortium_admin.accounts.migrations import prepare
from consortium_admin.accounts.tables import Base as Accounts
from tests.backup.kept import add_odd_rows
from tests.backup.steps import lines

#: rows by table, each by the names of its columns
Rows = dict[str, list[dict[str, Any]]]

#: the column that a step forgets when it is taken back, and what stands there when it is taken again
FORGOTTEN = {"0002": ("workflow", "submitted")}


def steps() -> Iterator[tuple[Branch, str, str]]:
    """Walk the steps of both branches from the last to the first, each with the one before it."""
    for branch in (ACCOUNTS, BRANCH):
        yield from ((branch, *pair) for pair in pairwise((*reversed(branch.revisions), "base")))


def test_a_step_that_is_taken_back_and_again_keeps_all_that_it_did_not_bring(example: Database) -> None:
    add_odd_rows(example)
    index = lines(example)

    for branch, revision, earlier in steps():
        before = rows(example)
        with writer(example.engine).begin() as connection:
            branch.downgrade(connection, earlier)
            left = set(inspect(connection).get_table_names())
        prepare(example.prepare())
        column, forgotten = FORGOTTEN.get(revision, ("", "")) if branch is BRANCH else ("", "")
        expected = {name: with_value(before[name], column, forgotten) if name in left else [] for name in before}
        assert {**rows(example), "text_index": []} == {**expected, "text_index": []}, revision
        if revision in {"0004", "0008"}:
            assert lines(example) == index


def rows(database: Database) -> Rows:
    """Read the rows of all tables, in the order of their keys."""
    tables = [*Base.metadata.sorted_tables, *Accounts.metadata.sorted_tables]
    with database.engine.connect() as connection:
        found = {each.name: connection.execute(select(each).order_by(*each.primary_key)).mappings() for each in tables}
        return {name: [dict(row) for row in mappings] for name, mappings in found.items()}


def with_value(some: list[dict[str, Any]], column: str, value: str) -> list[dict[str, Any]]:
    """Say what rows say when one of their columns was forgotten."""
    return [{**row, column: value} if column in row else row for row in some]


def test_accounts_of_a_newer_program_are_refused_with_words(sqlite: Database) -> None:
    prepare(sqlite)
    with writer(sqlite.engine).begin() as connection:
        connection.execute(text("UPDATE account_version SET version_num = '9999'"))

    with pytest.raises(DatabaseProblem, match=r"made by a newer Consortium. Update this one"):
        prepare(sqlite)


def test_a_step_that_fails_takes_those_before_it_back(example: Database) -> None:
    downgrade(writer(example.engine), "0003")
    with writer(example.engine).begin() as connection:
        connection.execute(text("CREATE TABLE register_entry (number integer)"))  # in the way of the last step

    with pytest.raises(DatabaseProblem, match="register_entry"):
        example.prepare()

    assert present_revision(example.engine) == "0003"
    assert "plugin_switch" not in inspect(example.engine).get_table_names()


def test_a_change_that_did_not_fit_before_links_named_nobody_does_not_fit_after(example: Database) -> None:
    with writer(example.engine).begin() as connection:
        assert verify(connection) is None
        BRANCH.downgrade(connection, "0008")
        edited = text("UPDATE change SET \"by\" = 'En annen' WHERE id = 40")
        connection.execute(edited)
        connection.execute(text("DELETE FROM change WHERE id = 60"))

    example.prepare()

    with example.engine.connect() as connection:
        assert walk(connection).misfits == (40, 61)

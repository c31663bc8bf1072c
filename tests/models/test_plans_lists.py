"""Query plans of lists and searches: an index finds what they show, on both databases, however much there is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from consortium.models import Database, Milestone, Organisation, StatusUpdate
from consortium.services.consortia import find_consortium
from consortium.services.listing import list_records
from consortium.services.overview import Filter, overview
from consortium.services.policy import operator
from consortium.services.searching import search
from consortium.testing import TODAY, Make

OPERATOR = operator("O")


@pytest.fixture
def many(make: Make) -> Database:
    """Give a database of which the planner knows that it is full, and that nothing was ever corrected."""
    project = make.sub_project()
    for number in range(300):
        make.organisation()
        make.milestone(project, title={"nb": f"Milepæl nummer {number}"}, due=date(2026, 7, 1))
    for number in range(1, 29):
        for month in (1, 2, 3):
            make.status(project, day=date(2026, month, number), summary={"nb": f"Status {number}"})
    make.keep()
    is_sqlite = make.database.engine.dialect.name == "sqlite"
    with make.database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        # what other tests have left there counts in PostgreSQL's plans, until it is swept out
        connection.execute(text("ANALYZE" if is_sqlite else "VACUUM ANALYZE"))
    return make.database


def plans(database: Database, ask: Callable[[Session], object]) -> str:
    """Ask for a page, and tell how the database goes about it; what is counted beside it is limited anyway."""
    asked: list[tuple[str, Any]] = []
    explain = "EXPLAIN QUERY PLAN" if database.engine.dialect.name == "sqlite" else "EXPLAIN"

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_others: object) -> None:
        if "place_0" in statement or "AS wanting" in statement:
            asked.append((statement, parameters))

    with database.read() as session:
        event.listen(database.engine, "before_cursor_execute", note)
        ask(session)
        event.remove(database.engine, "before_cursor_execute", note)
        connection = session.connection()
        if explain == "EXPLAIN":
            connection.execute(text("SELECT set_config('enable_seqscan', 'off', true)"))
        rows = [row for each in asked for row in connection.exec_driver_sql(f"{explain} {each[0]}", each[1])]
    return "\n".join(str(row[-1]) for row in rows)


def home(session: Session) -> dict[str, Any]:
    """Name the consortium and the reader's language."""
    return {"consortium": find_consortium(session, OPERATOR), "language": "nb"}


def test_a_search_goes_by_the_index_of_words(many: Database) -> None:
    plan = plans(many, lambda session: search(session, OPERATOR, words="milepæl 17", **home(session)))

    assert "text_search" in plan
    assert "SCAN text_index" not in plan
    assert "Seq Scan on text_index" not in plan


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        (Organisation, "ix_text_index_order"),
        (StatusUpdate, "ix_status_update_day"),
        (Milestone, "ix_milestone_due"),
    ],
)
def test_a_list_goes_by_the_index_of_its_order(many: Database, kind: Any, index: str) -> None:
    plan = plans(many, lambda session: list_records(session, OPERATOR, kind=kind, size=10, **home(session)))

    assert index in plan
    assert f"SCAN {kind.__tablename__}" not in plan


def test_the_overview_finds_statuses_and_corrections_by_their_indexes(many: Database) -> None:
    plan = plans(many, lambda session: overview(session, OPERATOR, day=TODAY, **home(session)))

    assert "ix_status_update_latest" in plan
    assert "ix_status_update_corrects_id" in plan
    assert "SCAN status_update" not in plan
    assert "Seq Scan on status_update" not in plan


def test_a_filter_is_looked_at_once_for_each_sub_project(many: Database) -> None:
    delayed = Filter(state="delayed")
    plan = plans(many, lambda session: overview(session, OPERATOR, day=TODAY, only=delayed, **home(session)))

    assert ("CTE Scan on chosen" in plan) is (many.engine.dialect.name == "postgresql")
    assert "MATERIALIZE chosen" not in plan


def test_texts_that_wait_are_counted_by_the_index_of_these_few(many: Database) -> None:
    plan = plans(many, lambda session: overview(session, OPERATOR, day=TODAY, **home(session)))

    assert "ix_text_index_waiting" in plan
    assert "ix_text_index_order (consortium_id=?)" not in plan


def test_the_sub_projects_with_some_words_are_found_once(many: Database) -> None:
    only = Filter(words="delprosjekt")

    plan = plans(many, lambda session: overview(session, OPERATOR, day=TODAY, only=only, **home(session)))

    assert "json_each" in plan or "CTE chosen" in plan
    assert "text_search" not in plan
    assert "SCAN text_index" not in plan


def test_how_the_sub_projects_of_a_page_stand_is_looked_up_for_these_few(many: Database) -> None:
    plan = plans(many, lambda session: overview(session, OPERATOR, day=TODAY, **home(session)))

    assert ("CTE Scan on found" in plan) is (many.engine.dialect.name == "postgresql")
    assert "MATERIALIZE found" not in plan

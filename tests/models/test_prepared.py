"""Prepared questions give what the same statement gives without them, with the values that are told when they are asked."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from consortium.models import StatusUpdate, SubProject
from consortium.models.prepared import Prepared
from consortium.testing import Make


def test_a_prepared_question_is_answered_like_its_statement(make: Make) -> None:
    project = make.sub_project()
    for month in (1, 2, 3):
        make.status(project, day=date(2026, month, 1), summary={"nb": f"Måned {month} % :x"})
    make.session.flush()
    query: Any = select(StatusUpdate.id, StatusUpdate.day, StatusUpdate.summary, StatusUpdate.changed_at)
    query = query.where(
        StatusUpdate.workflow.in_(["submitted"]), StatusUpdate.day >= bindparam("first", date(2026, 1, 1))
    )
    query = query.order_by(StatusUpdate.day)
    prepared = Prepared(query, make.session.get_bind().dialect)

    assert [tuple(row) for row in prepared.ask(make.session)] == [tuple(row) for row in make.session.execute(query)]
    assert [row.day.month for row in prepared.ask(make.session, first=date(2026, 2, 1))] == [2, 3]
    assert prepared.ask(make.session, first=date(2026, 3, 1))[0].summary.words("nb") == "Måned 3 % :x"


def test_a_prepared_question_is_asked_after_what_was_changed_in_the_same_work(make: Make) -> None:
    query: Any = select(SubProject.key)
    project = make.sub_project(key="A")
    make.session.flush()
    project.key = "B"

    assert Prepared(query, make.session.get_bind().dialect).ask(make.session) == [("B",)]

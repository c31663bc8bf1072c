"""Tallies follow the history: what they say is what counting anew says."""

import random
import tracemalloc
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from consortium.models import ReportingPeriod, StatusUpdate, SubProject
from consortium.models.dialect import writer
from consortium.services import tallies
from consortium.services.policy import Principal, Role
from consortium.services.remembered import Memory
from consortium.services.tallies import count_silent, count_states, count_submitted
from consortium.services.workflow import return_status
from consortium.testing import TODAY, Make, counted


def told(session: Session, make: Make) -> tuple[object, ...]:
    scope, home = Principal("", Role.STAFF, make.home.id), make.home.id
    periods = session.scalars(select(ReportingPeriod).order_by(ReportingPeriod.due)).all()
    silent = count_silent(session, scope, home=home, day=TODAY, periods=periods)
    return (
        dict(count_states(session, scope, home=home, day=TODAY)),
        dict(silent),
        count_submitted(session, scope, home=home),
    )


def followed_and_anew(make: Make) -> tuple[object, object]:
    """Tell what the tallies say that have followed, and what they say who know nothing yet."""
    make.keep()
    with make.database.read() as session:
        followed = told(session, make)
    with pytest.MonkeyPatch.context() as patch, make.database.read() as session:
        patch.setattr(tallies, "MEMORY", Memory())
        return followed, told(session, make)


def test_a_tally_that_has_followed_says_what_counting_anew_says(make: Make) -> None:
    rolled = random.Random(6)  # noqa: S311  # so that it is the same each time
    make.period(key="2025-2")
    make.period(key="2026-1", start=date(2026, 1, 1), end=date(2026, 6, 30), due=date(2026, 7, 31))
    projects = [make.sub_project() for _ in range(4)]
    followed_and_anew(make)
    for _ in range(12):
        project = rolled.choice(projects)
        days, states = (date(2025, 8, 1), date(2026, 2, 1), date(2026, 6, 1)), ("on_track", "delayed", "completed")
        deed = rolled.choice(["report", "draft", "return", "add", "end"])
        if deed in {"report", "draft"}:
            workflow = "submitted" if deed == "report" else "draft"
            make.status(project, day=rolled.choice(days), state=rolled.choice(states), workflow=workflow)
        elif deed == "add":
            projects.append(make.sub_project())
        elif deed == "end":
            project.end = rolled.choice(days)
        elif update := make.session.scalar(select(StatusUpdate).where(StatusUpdate.workflow == "submitted").limit(1)):
            return_status(make.session, make.operator, update=update, comments={"summary": {"nb": "Mer?"}})
        followed, anew = followed_and_anew(make)
        assert followed == anew, deed


def test_only_what_has_changed_is_looked_at_again(make: Make) -> None:
    project = make.sub_project()
    make.status(project, state="on_track")
    followed_and_anew(make)
    make.status(project, day=date(2026, 6, 10), state="delayed")
    make.keep()
    with make.database.read() as session, counted(make.database) as statements:
        told(session, make)

    own = [each for each in statements if "FROM sub_project" in each]
    assert own
    assert all("sub_project.id IN" in each for each in own)


@pytest.mark.parametrize("most", [0, 500])
def test_where_much_has_changed_all_are_counted_anew(make: Make, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "MOST_CHANGED", most)
    make.status(make.sub_project(), state="on_track")
    followed_and_anew(make)
    make.status(make.sub_project(), state="delayed")
    followed, anew = followed_and_anew(make)

    assert followed == anew


def test_a_status_that_has_gone_is_no_longer_counted(make: Make) -> None:
    project = make.sub_project()
    make.status(project, state="on_track")
    late = make.status(project, day=date(2026, 6, 10), state="delayed")
    followed_and_anew(make)
    make.session.delete(late)
    followed, anew = followed_and_anew(make)

    assert followed == anew


def test_what_is_counted_of_all_is_not_held_as_rows(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    make.sub_project()
    make.keep()
    scope, home = Principal("", Role.STAFF, make.home.id), make.home.id
    table: Any = SubProject.__table__
    make.session.close()

    def peak(until: int) -> int:
        with writer(make.database.engine).begin() as connection:
            row, count = connection.execute(select(table).limit(1)).mappings().one(), select(func.max(table.c.id))
            numbers = range(int(connection.scalar(count) or 0) + 1, until + 1)
            connection.execute(insert(table), [{**row, "id": number, "key": f"X{number}"} for number in numbers])
        monkeypatch.setattr(tallies, "MEMORY", Memory())
        with make.database.read() as session:
            session.connection()
            tracemalloc.start()
            counts = count_states(session, scope, home=home, day=TODAY)
            held = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert sum(counts.values()) >= until - 10
        return held

    peak(200)  # what is loaded and compiled once does not count
    some, many = peak(3000), peak(9000)

    assert many <= 1.5 * some

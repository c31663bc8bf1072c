"""What is to be done, the most urgent first."""

from datetime import date
from typing import Any

import pytest

from consortium.models import SubProject
from consortium.services.overdue import overdue
from consortium.services.policy import Principal, Role
from consortium.services.tasks import Agenda, tasks_of
from consortium.services.workflow import return_status
from consortium.testing import TODAY, Make, counted


@pytest.fixture
def project(make: Make) -> SubProject:
    return make.sub_project("Åpen stue", key="DP-1")


def agenda(make: Make, who: Principal, **others: Any) -> Agenda:
    make.session.flush()
    own = {"consortium": make.home, "day": TODAY, "language": "nb", **others}
    return tasks_of(make.session, who, **own)


def lead(make: Make, *projects: SubProject) -> Principal:
    return make.principal(Role.LEAD, leads=frozenset(each.id for each in projects))


def kinds(found: Agenda) -> list[str]:
    return [each.kind for each in found.tasks]


def period(make: Make, **others: Any) -> None:
    make.period(**{"key": "2026-1", "start": date(2026, 1, 1), "end": date(2026, 6, 30), **others})


def test_an_overdue_status_comes_before_one_that_is_due(make: Make, project: SubProject) -> None:
    make.period(due=date(2026, 6, 1))
    period(make)
    other = make.sub_project("Ny", key="DP-2", start=date(2026, 2, 1))

    found = agenda(make, lead(make, project, other))

    assert [(each.key, each.days) for each in found.tasks] == [("DP-1", -14), ("DP-2", 45)]


def test_a_status_that_is_due_long_from_now_is_what_comes_next(make: Make, project: SubProject) -> None:
    period(make, end=date(2026, 12, 31), due=date(2027, 1, 31))

    found = agenda(make, lead(make, project))

    assert found.tasks == ()
    assert found.period == ("2026-1", date(2027, 1, 31))


def test_what_was_sent_and_what_is_locked_is_no_task(make: Make, project: SubProject) -> None:
    make.period(locked=date(2026, 3, 1))
    period(make)
    make.status(project)

    assert kinds(agenda(make, lead(make, project))) == []


def test_a_returned_status_asks_for_answers_in_the_place_of_a_new_one(make: Make, project: SubProject) -> None:
    period(make)
    returned = make.status(project, day=date(2026, 6, 1))
    asked = {"summary": {"nb": "Hvor mange?"}, "state": {"nb": "Er det i rute?"}}
    return_status(make.session, make.operator, update=returned, comments=asked)

    [task] = agenda(make, lead(make, project)).tasks

    assert (task.kind, task.status, task.count, task.days) == ("answer", returned.key, 2, 45)


def test_a_draft_and_milestones_are_told_each_to_its_lead_alone(make: Make, project: SubProject) -> None:
    make.status(project, workflow="draft")
    make.milestone(project, due=date(2026, 6, 20))
    make.milestone(project, due=date(2026, 12, 1))
    make.milestone(project, done=date(2026, 6, 1))
    other = make.sub_project("Ny")

    assert kinds(agenda(make, lead(make, project))) == ["draft", "milestone"]
    assert kinds(agenda(make, lead(make, other))) == []


def test_texts_that_wait_in_the_readers_language_are_counted(make: Make, project: SubProject) -> None:
    home_tags = make.home.tags
    make.status(project, summary={"sv": "Kursen är igång."})
    make.status(make.sub_project("Ny"), summary={"sv": "Allt är bra."})

    found = agenda(make, lead(make, project))

    assert "nb" in home_tags
    assert [(each.kind, each.count) for each in found.tasks] == [("texts", 1)]
    assert kinds(agenda(make, lead(make, project), language="sv")) == []


def test_staff_are_told_what_waits_for_them(make: Make, project: SubProject) -> None:
    period(make)
    make.sub_project("Ny")
    make.status(project)
    make.gathering("Vår", day=date(2026, 3, 24))
    make.attendance(make.gathering("Vinter", day=date(2026, 1, 20)), state="attended")

    found = agenda(make, make.principal(Role.STAFF), language="en")

    assert [(each.kind, each.count) for each in found.tasks] == [("approve", 1), ("unreported", 1), ("attendance", 1)]


def test_staff_are_told_who_never_reported_for_a_locked_period(make: Make, project: SubProject) -> None:
    make.period(
        key="2025-2", start=date(2025, 7, 1), end=date(2025, 12, 31), due=date(2026, 1, 31), locked=date(2026, 3, 1)
    )
    make.session.flush()
    late = overdue(make.session, make.operator, consortium=make.home, day=TODAY)

    found = agenda(make, make.principal(Role.STAFF), language="en")

    assert [(each.kind, each.period, each.count) for each in found.tasks] == [("locked", "2025-2", len(late))]


def test_a_member_has_nothing_to_do_and_learns_of_the_next_gathering(make: Make, project: SubProject) -> None:
    period(make)
    make.gathering("Høst", day=date(2026, 10, 20))

    found = agenda(make, make.principal(Role.MEMBER, partners=frozenset({project.partners[0].id})))

    assert (found.tasks, found.reporting) == ((), False)
    assert found.gathering is not None
    assert found.gathering.start == date(2026, 10, 20)


@pytest.mark.parametrize(("role", "most"), [(Role.LEAD, 7), (Role.STAFF, 7)])
def test_the_tasks_need_a_constant_number_of_queries(make: Make, project: SubProject, role: Role, most: int) -> None:
    period(make)
    others = [make.sub_project() for _number in range(3)]
    for each in others:
        make.status(each, workflow="draft")
        make.milestone(each)
    who = make.principal(role, leads=frozenset(each.id for each in others))

    make.session.flush()
    make.home  # noqa: B018  # looked up before anything is counted
    with counted(make.database) as statements:
        agenda(make, who)

    assert len(statements) <= most

"""What is overdue: reports for periods that are due, and milestones that have not been reached."""

from datetime import date
from typing import Any

import pytest

from consortium.errors import NotPermitted
from consortium.models import SubProject
from consortium.services.overdue import Overdue, OverdueMilestone, OverdueReport, overdue
from consortium.services.policy import Principal, Role
from consortium.services.workflow import return_status
from consortium.testing import TODAY, Make, counted

AUTUMN = date(2025, 12, 2)


def found(make: Make, *, day: date = TODAY, principal: Principal | None = None) -> tuple[Overdue, ...]:
    """Ask what is overdue."""
    make.session.flush()
    return overdue(make.session, principal or make.operator, consortium=make.home, day=day)


def owing(make: Make, **others: Any) -> set[str]:
    """Tell which sub-projects owe a report."""
    return {each.sub_project.key for each in found(make, **others) if isinstance(each, OverdueReport)}


def test_a_report_that_is_missing_is_told_with_its_partner_and_the_age_of_the_last_status(make: Make) -> None:
    make.period(due=date(2026, 1, 30))
    project = make.sub_project("Åpen stue", partners=[make.partner("Fjellvik"), make.partner("Storsele")])
    make.status(project, day=date(2025, 6, 15))

    (report,) = found(make)

    assert isinstance(report, OverdueReport)
    assert (report.period, report.due, report.days_over, report.age) == ("2025-2", date(2026, 1, 30), 136, 365)
    assert report.sub_project.partner_name.words("nb") == "Fjellvik"
    assert report.sub_project.partner == project.partners[0].key


def test_a_sub_project_that_has_never_reported_has_no_age(make: Make) -> None:
    make.period()
    make.sub_project()

    assert [each.age for each in found(make) if isinstance(each, OverdueReport)] == [None]


@pytest.mark.parametrize(("day", "count"), [(date(2026, 1, 30), 0), (date(2026, 1, 31), 1)])
def test_nothing_is_overdue_on_the_day_it_is_due(make: Make, day: date, count: int) -> None:
    make.period(due=date(2026, 1, 30))
    make.milestone(due=date(2026, 1, 30))

    assert len(found(make, day=day)) == 2 * count


def test_whoever_reported_in_the_period_owes_nothing(make: Make) -> None:
    make.period()
    make.status(day=AUTUMN)

    assert found(make) == ()


@pytest.mark.parametrize("workflow", ["draft", "returned"])
def test_a_draft_and_a_returned_status_are_no_report(make: Make, workflow: str) -> None:
    make.period()
    update = make.status(day=AUTUMN, workflow="draft" if workflow == "draft" else "submitted")
    if workflow == "returned":
        return_status(make.session, make.operator, update=update, comments={"summary": {"nb": "Hvem?"}})

    (report,) = found(make)
    assert isinstance(report, OverdueReport)
    assert report.age is None


def test_a_correction_leaves_its_period_reported_and_reports_no_other(make: Make) -> None:
    make.period()
    make.period(key="2026-1", start=date(2026, 1, 1), end=date(2026, 3, 31), due=date(2026, 4, 30))
    first = make.status(day=AUTUMN)
    make.status(first.sub_project, day=date(2026, 3, 1), corrects=first)

    (report,) = found(make)

    assert isinstance(report, OverdueReport)
    assert (report.period, report.age) == ("2026-1", 106)


def test_what_had_not_been_reported_by_a_day_was_missing_then(make: Make) -> None:
    make.period(locked=TODAY)
    project = make.status(day=date(2026, 2, 20)).sub_project

    assert owing(make, day=date(2026, 2, 19)) == {project.key}
    assert owing(make, day=date(2026, 2, 20)) == set()


def test_a_sub_project_owes_nothing_before_it_begins_and_after_it_ends(make: Make) -> None:
    make.period()
    make.sub_project(start=date(2026, 1, 1))
    make.sub_project(end=date(2025, 6, 30))
    running = make.sub_project(start=date(2025, 12, 30), end=date(2026, 1, 1))

    assert owing(make) == {running.key}


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_what_is_completed_or_cancelled_owes_nothing_afterwards(make: Make, state: str) -> None:
    make.period()
    closed, reopened = make.sub_project(), make.sub_project()
    for project in (closed, reopened):
        make.status(project, state=state, day=date(2025, 6, 30))
    make.status(reopened, state="on_track", day=date(2026, 2, 1))

    assert owing(make) == {reopened.key}


def test_a_milestone_is_overdue_until_it_is_reached(make: Make) -> None:
    milestone = make.milestone(due=date(2026, 5, 31), done=date(2026, 6, 10))

    assert found(make) == ()
    (late,) = found(make, day=date(2026, 6, 9))
    assert isinstance(late, OverdueMilestone)
    assert (late.key, late.days_over) == (milestone.key, 9)


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_no_milestone_of_what_is_completed_or_cancelled_is_overdue(make: Make, state: str) -> None:
    ended, reopened, corrected = (make.milestone(due=date(2026, 1, 1)) for _each in range(3))
    for milestone in (ended, reopened, corrected):
        last = make.status(milestone.sub_project, state=state, day=date(2026, 2, 1))
    make.status(reopened.sub_project, state="on_track", day=date(2026, 3, 1))
    make.status(ended.sub_project, state="on_track", day=date(2026, 4, 1), workflow="draft")
    make.status(corrected.sub_project, state="delayed", day=date(2026, 2, 2), corrects=last)

    late = [each.key for each in found(make) if isinstance(each, OverdueMilestone)]
    assert late == [reopened.key, corrected.key]
    assert ended.key in {each.key for each in found(make, day=date(2026, 1, 31)) if isinstance(each, OverdueMilestone)}


def test_a_late_correction_of_an_older_status_ends_no_sub_project(make: Make) -> None:
    make.period()
    project = make.milestone(due=date(2026, 1, 1)).sub_project
    wrong = make.status(project, day=date(2025, 3, 1))
    make.status(project, day=date(2025, 5, 1))
    make.status(project, day=date(2025, 6, 1), state="cancelled", corrects=wrong)

    assert [type(each).__name__ for each in found(make)] == ["OverdueMilestone", "OverdueReport"]


def test_the_most_overdue_comes_first_and_equals_in_the_order_of_their_keys(make: Make) -> None:
    make.period(due=date(2026, 1, 30))
    partner = make.partner()
    ten, two = make.sub_project(key="DP-10", partners=[partner]), make.sub_project(key="DP-2", partners=[partner])
    make.milestone(ten, due=date(2025, 3, 1))
    make.milestone(two, due=date(2026, 6, 1))

    told = [(type(each).__name__, each.sub_project.key) for each in found(make)]

    assert told == [
        ("OverdueMilestone", "DP-10"),
        ("OverdueReport", "DP-2"),
        ("OverdueReport", "DP-10"),
        ("OverdueMilestone", "DP-2"),
    ]


@pytest.mark.parametrize(("role", "count"), [(Role.STAFF, 3), (Role.AUDITOR, 3), (Role.LEAD, 2), (Role.MEMBER, 2)])
def test_everyone_is_told_of_what_they_may_see(make: Make, role: Role, count: int) -> None:
    make.period()
    mine, shared, _foreign = (make.milestone().sub_project for _each in range(3))
    make.session.flush()
    who = make.principal(role, partners=frozenset({shared.partners[0].id}), leads=frozenset({mine.id}))

    told = found(make, principal=who)

    assert sum(isinstance(each, OverdueReport) for each in told) == count
    assert sum(isinstance(each, OverdueMilestone) for each in told) == count


def test_another_consortium_is_not_told_of(make: Make) -> None:
    away = make.consortium()
    make.period(consortium=away)
    make.milestone(make.sub_project(partners=[make.partner(consortium=away)]))
    stranger = Principal("Fremmed", Role.STAFF, away.id)

    assert found(make) == ()
    with pytest.raises(NotPermitted):
        found(make, principal=stranger)


def test_equal_days_are_ordered_by_key_whatever_was_added_first(make: Make) -> None:
    for key in ("m10", "m9", "m1"):
        make.milestone(key=key, due=date(2026, 1, 30))

    assert [each.key for each in found(make) if isinstance(each, OverdueMilestone)] == ["m1", "m9", "m10"]


def test_the_number_of_queries_does_not_grow_with_what_is_overdue(make: Make) -> None:
    def queries() -> int:
        make.keep()
        with make.database.read() as session, counted(make.database) as statements:
            home = session.get_one(type(make.home), make.home.id)
            statements.clear()
            overdue(session, make.operator, consortium=home, day=TODAY)
        return len(statements)

    make.period()
    make.milestone()
    before = queries()
    projects: list[SubProject] = [make.milestone().sub_project for _each in range(5)]
    make.period(key="2025-1", start=date(2025, 1, 1), end=date(2025, 6, 30))
    for project in projects:
        make.status(project, day=date(2025, 3, 1))

    assert queries() == before == 4

"""Reporting periods: made from the project's dates, locked, and what still comes after that."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from consortium.errors import InvalidValue, NotPermitted, PeriodLocked
from consortium.facts.periods import divided, is_late, is_met, owes
from consortium.models import ReportingPeriod, StatusUpdate
from consortium.services.periods import (
    check_period,
    is_addendum,
    lock_period,
    open_period,
    periods_of,
    plan_periods,
)
from consortium.services.policy import Role
from consortium.services.workflow import return_status, submit_status
from consortium.testing import TODAY, Make

AUTUMN = date(2025, 12, 2)
LOCK = date(2026, 2, 1)


def test_the_projects_dates_make_half_years_cut_at_both_ends(make: Make) -> None:
    home = make.consortium(start=date(2025, 2, 10), end=date(2026, 8, 31))

    made = plan_periods(make.session, make.operator, consortium=home, days_to_report=14)

    assert [(each.key, each.start, each.end, each.due) for each in made] == [
        ("2025-1", date(2025, 2, 10), date(2025, 6, 30), date(2025, 7, 14)),
        ("2025-2", date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 14)),
        ("2026-1", date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 14)),
        ("2026-2", date(2026, 7, 1), date(2026, 8, 31), date(2026, 9, 14)),
    ]


def test_planning_again_adds_only_what_the_project_has_grown_by(make: Make) -> None:
    home = make.consortium(end=date(2025, 12, 31))
    plan_periods(make.session, make.operator, consortium=home)

    assert plan_periods(make.session, make.operator, consortium=home) == ()
    home.end = date(2026, 6, 30)
    assert [each.key for each in plan_periods(make.session, make.operator, consortium=home)] == ["2026-1"]
    assert [each.key for each in periods_of(make.session, home.id)] == ["2025-1", "2025-2", "2026-1"]


def test_a_time_that_has_a_period_of_another_name_gets_no_second_one(make: Make) -> None:
    home = make.consortium(end=date(2025, 12, 31))
    make.period(consortium=home, key="høsten")

    assert [each.key for each in plan_periods(make.session, make.operator, consortium=home)] == ["2025-1"]
    assert plan_periods(make.session, make.operator, consortium=home, months=3) == ()


@pytest.mark.parametrize(
    ("dates", "others", "says"),
    [
        ({}, {}, "has no start date or no end date. Give it both"),
        ({"end": date(2999, 12, 31)}, {}, "would last from 1 January 2025 to 31 December 2999"),
        ({"end": date(2026, 12, 31)}, {"months": 5}, "Choose 1, 2, 3, 4, 6 or 12"),
        ({"end": date(2026, 12, 31)}, {"days_to_report": -1}, "cannot be due -1 days after"),
    ],
)
def test_periods_that_cannot_be_planned_are_refused(
    make: Make, dates: dict[str, Any], others: dict[str, Any], says: str
) -> None:
    home = make.consortium(**dates)

    with pytest.raises(InvalidValue, match=says):
        plan_periods(make.session, make.operator, consortium=home, **others)
    assert make.session.scalars(select(ReportingPeriod)).all() == []


def test_a_lead_plans_no_periods_and_locks_none(make: Make) -> None:
    period = make.period()
    lead = make.principal(Role.LEAD)

    with pytest.raises(NotPermitted):
        plan_periods(make.session, lead, consortium=make.home)
    with pytest.raises(NotPermitted):
        lock_period(make.session, lead, period=period)
    assert period.locked is None


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ({"due": date(2025, 12, 30)}, "before the period ends on 31 December 2025"),
        ({"end": date(2025, 6, 30)}, "before the start date"),
        ({"locked": date(2025, 12, 31)}, "Lock it on a later day"),
    ],
)
def test_a_period_ends_before_it_is_due_and_locked(make: Make, others: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        make.period(**others)


def test_a_period_is_locked_from_today_on_unless_told_otherwise(make: Make) -> None:
    period = make.period()

    assert lock_period(make.session, make.operator, period=period).locked == TODAY
    assert lock_period(make.session, make.operator, period=period, day=LOCK).locked == LOCK


def test_a_status_of_a_locked_period_is_refused_and_the_words_say_what_to_do(make: Make) -> None:
    make.period(locked=LOCK)

    with pytest.raises(PeriodLocked, match=r"“2025-2” has been locked since 1 February 2026. Correct an earlier"):
        make.status(day=AUTUMN)
    assert make.session.scalars(select(StatusUpdate)).all() == []


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2026, 1, 1)])
def test_a_lock_closes_no_day_outside_its_period(make: Make, day: date) -> None:
    make.period(locked=LOCK)

    assert make.status(day=day).day == day


def test_a_lock_that_is_to_come_closes_nothing_yet(make: Make) -> None:
    make.period(locked=date(2026, 6, 16))

    assert make.status(day=AUTUMN).day == AUTUMN


def test_a_period_that_is_opened_again_takes_statuses_again(make: Make) -> None:
    open_period(make.session, make.operator, period=make.period(locked=LOCK))

    assert make.status(day=AUTUMN).day == AUTUMN


def test_the_lock_of_another_consortium_closes_nothing_here(make: Make) -> None:
    make.period(locked=LOCK, consortium=make.consortium())

    assert make.status(day=AUTUMN).day == AUTUMN


def test_a_late_correction_is_an_addendum_and_one_in_time_is_not(make: Make) -> None:
    project = make.sub_project()
    first = make.status(project, day=AUTUMN)
    timely = make.status(project, day=AUTUMN, key="rettet", corrects=first)
    period = make.period(locked=LOCK)

    late = make.status(project, corrects=timely)

    assert [is_addendum(each, [period]) for each in (first, timely, late)] == [False, False, True]


def test_the_correction_of_an_addendum_is_one_too(make: Make) -> None:
    project = make.sub_project()
    first = make.status(project, day=AUTUMN)
    period = make.period(locked=LOCK)
    addendum = make.status(project, day=LOCK, corrects=first)

    assert is_addendum(make.status(project, corrects=addendum), [period])


def test_a_late_correction_bears_the_day_on_which_it_is_reported(make: Make) -> None:
    first = make.status(day=AUTUMN)
    make.period(locked=LOCK)

    with pytest.raises(PeriodLocked, match="Give the correction the day on which you report it"):
        make.status(first.sub_project, day=AUTUMN, key="rettet", corrects=first)


def test_what_comes_together_with_its_locked_period_is_taken(make: Make) -> None:
    update = make.status(day=AUTUMN)
    brought = ReportingPeriod(start=date(2025, 7, 1), end=date(2025, 12, 31), locked=LOCK)

    check_period(update, [brought])
    with pytest.raises(PeriodLocked):
        check_period(update, [make.period(locked=LOCK)])


def test_a_draft_cannot_be_submitted_into_a_locked_period_nor_a_status_returned_out_of_one(make: Make) -> None:
    project = make.sub_project()
    draft = make.status(project, day=AUTUMN, workflow="draft")
    told = make.status(project, day=AUTUMN, key="innsendt")
    make.period(locked=LOCK)

    with pytest.raises(PeriodLocked, match="ask the staff to open it"):
        submit_status(make.session, make.operator, update=draft)
    with pytest.raises(PeriodLocked, match="ask the staff to open it"):
        return_status(make.session, make.operator, update=told, comments={"summary": {"nb": "Hvem?"}})
    assert (draft.workflow, told.workflow) == ("draft", "submitted")


def test_what_a_locked_period_says_is_not_changed_by_an_addendum(make: Make) -> None:
    project = make.sub_project()
    first = make.status(project, state="on_track", day=AUTUMN)
    make.period(locked=LOCK)
    make.status(project, state="delayed", corrects=first)

    (then,), (now,) = make.facts(day=date(2026, 1, 31)).sub_projects, make.facts().sub_projects

    assert then.current
    assert now.current
    assert (then.current.state, now.current.state) == ("on_track", "delayed")


def test_quarters_are_numbered_within_their_year() -> None:
    keys = [key for key, _first, _last in divided(date(2025, 6, 30), date(2026, 1, 1), 3)]

    assert keys == ["2025-2", "2025-3", "2025-4", "2026-1"]


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12])
def test_no_day_is_left_out_and_none_is_in_two_periods(months: int) -> None:
    parts = list(divided(date(2024, 2, 29), date(2027, 1, 31), months))

    assert (parts[0][1], parts[-1][2]) == (date(2024, 2, 29), date(2027, 1, 31))
    assert all((later[1] - earlier[2]).days == 1 for earlier, later in pairwise(parts))
    assert len({key for key, _first, _last in parts}) == len(parts)


@pytest.mark.parametrize(
    ("known", "is_owed"),
    [
        ({}, True),
        ({"begun": date(2025, 12, 30)}, True),
        ({"begun": date(2025, 12, 31)}, False),
        ({"ended": date(2025, 7, 1)}, True),
        ({"ended": date(2025, 6, 30)}, False),
        ({"closed": date(2025, 7, 1)}, True),
        ({"closed": date(2025, 6, 30)}, False),
    ],
)
def test_a_report_is_owed_for_the_time_in_which_a_sub_project_runs(known: dict[str, date], is_owed: bool) -> None:
    assert owes(date(2025, 7, 1), date(2025, 12, 31), **known) is is_owed


@pytest.mark.parametrize(
    ("day", "locked", "met"),
    [
        (date(2025, 6, 30), None, False),
        (date(2025, 7, 1), None, True),
        (date(2026, 1, 30), None, True),
        (date(2026, 1, 31), None, False),
        (date(2026, 1, 31), LOCK, True),
        (date(2026, 1, 30), date(2026, 1, 5), True),
        (date(2026, 2, 2), LOCK, False),
    ],
)
def test_a_period_is_met_from_its_start_until_it_is_due_or_locked(day: date, locked: date | None, met: bool) -> None:
    assert is_met(date(2025, 7, 1), date(2026, 1, 30), locked, [day]) is met
    assert not is_met(date(2025, 7, 1), date(2026, 1, 30), locked, [])


@pytest.mark.parametrize(("day", "locked", "late"), [(LOCK, LOCK, True), (AUTUMN, LOCK, False), (TODAY, None, False)])
def test_a_correction_is_late_from_the_day_of_the_lock_on(day: date, locked: date | None, late: bool) -> None:
    assert is_late(day, AUTUMN, start=date(2025, 7, 1), end=date(2025, 12, 31), locked=locked) is late
    assert not is_late(day, date(2025, 6, 1), start=date(2025, 7, 1), end=date(2025, 12, 31), locked=locked)

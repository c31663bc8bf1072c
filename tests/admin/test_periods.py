"""Staff plan periods, lock them and open them again."""

from datetime import date

import pytest
from sqlalchemy import select

from consortium.models import Change, ReportingPeriod
from consortium.services.periods import lock_period
from consortium.services.policy import Role
from consortium.testing import Make, counted
from tests.admin.page import Page
from tests.admin.sending import send, visitor


def locked(make: Make) -> dict[str, date | None]:
    """Read which periods there are, and since when each is locked."""
    with make.database.read() as session:
        return {each.key: each.locked for each in session.scalars(select(ReportingPeriod))}


def test_the_list_says_how_many_have_reported(make: Make) -> None:
    make.period()
    make.status(make.sub_project(), day=date(2025, 12, 1))
    make.sub_project()

    page = Page(visitor(make).get("/periods/"))

    assert "1 of 2" in page.text
    assert "/unreported/?period=2025-2" in page.links()
    assert "/periods/lock/?id=2025-2" in page.links()


def test_a_period_that_has_not_ended_is_not_offered_to_be_locked(make: Make) -> None:
    make.period(key="2026-1", start=date(2026, 1, 1), end=date(2026, 6, 30))
    client = visitor(make)

    assert not [link for link in Page(client.get("/periods/")).links() if "lock" in link]
    assert send(client, "/periods/lock/?id=2026-1").status_code == 400
    assert locked(make) == {"2026-1": None}


def test_before_a_period_is_locked_staff_learn_what_that_means_and_for_whom(make: Make) -> None:
    make.period()
    make.sub_project()
    client = visitor(make)

    page = Page(client.get("/periods/lock/?id=2025-2"))

    assert "1 sub-project has not reported" in page.text
    assert locked(make) == {"2025-2": None}


def test_a_period_is_locked_and_opened_again_and_a_second_click_changes_nothing(make: Make) -> None:
    make.period()
    client = visitor(make)
    token = Page(client.get("/periods/lock/?id=2025-2")).value_of("csrf_token")

    for way, since in (("lock", date(2026, 6, 15)), ("open", None)):
        for _click in range(2):
            response = client.post(f"/periods/{way}/?id=2025-2", data={"csrf_token": token})
            assert (response.status_code, response.location) == (303, "/periods/")
        assert locked(make) == {"2025-2": since}


def test_a_period_that_was_locked_earlier_keeps_its_day(make: Make) -> None:
    make.period(locked=date(2026, 3, 2))
    client = visitor(make)
    token = Page(client.get("/periods/plan/")).value_of("csrf_token")

    client.post("/periods/lock/?id=2025-2", data={"csrf_token": token})

    assert locked(make) == {"2025-2": date(2026, 3, 2)}


def test_the_time_of_the_project_is_divided_and_what_is_there_stays(make: Make) -> None:
    make.home.end = date(2026, 12, 31)
    make.period(locked=date(2026, 3, 2))

    response = send(visitor(make), "/periods/plan/", months="6", days_to_report="20")

    assert response.status_code == 303
    assert locked(make) == {"2025-1": None, "2025-2": date(2026, 3, 2), "2026-1": None, "2026-2": None}


@pytest.mark.parametrize("months", ["5", "0", "", "1e9", "-1", "x" * 5000])
def test_a_plan_that_does_not_fit_a_year_is_told_at_its_field(make: Make, months: str) -> None:
    make.home.end = date(2026, 12, 31)

    response = send(visitor(make), "/periods/plan/", months=months, days_to_report="20")

    assert response.status_code == 400
    assert "months-error" in {each.attributes.get("id") for each in Page(response).all("p")}
    assert locked(make) == {}


def due(make: Make) -> date:
    with make.database.read() as session:
        return session.scalars(select(ReportingPeriod.due)).one()


def test_the_day_on_which_a_report_is_due_is_changed_and_recorded(make: Make) -> None:
    make.period(due=date(2026, 1, 31))
    client = visitor(make)

    response = send(client, "/periods/due/?id=2025-2", due="2026-02-28")

    assert (response.status_code, response.location) == (303, "/periods/")
    assert "The report for 2025-2 is due on 28 February 2026." in Page(client.get("/periods/")).text
    assert due(make) == date(2026, 2, 28)
    with make.database.read() as session:
        changed = session.scalars(select(Change).where(Change.entity == "reporting_period")).all()
    assert len(changed) == 2


@pytest.mark.parametrize("day", ["2025-12-30", "", "31.31.2026", "x" * 5000])
def test_a_day_that_a_report_cannot_be_due_on_is_told_at_the_field(make: Make, day: str) -> None:
    make.period(due=date(2026, 1, 31))

    response = send(visitor(make), "/periods/due/?id=2025-2", due=day)

    assert response.status_code == 400
    assert "due-error" in {each.attributes.get("id") for each in Page(response).all("p")}
    assert Page(response).value_of("due") == day[:40]
    assert due(make) == date(2026, 1, 31)


def test_the_due_date_of_a_locked_period_stays_and_it_is_said_why(make: Make) -> None:
    period = make.period(due=date(2026, 1, 31))
    client = visitor(make)
    token = Page(client.get("/periods/due/?id=2025-2")).value_of("csrf_token")
    lock_period(make.session, make.operator, period=period, day=date(2026, 3, 2))
    make.session.commit()

    response = client.post("/periods/due/?id=2025-2", data={"csrf_token": token, "due": "2026-02-28"})

    assert response.status_code == 400
    assert "Open it again" in Page(response).text
    assert due(make) == date(2026, 1, 31)
    assert client.get("/periods/due/?id=2025-2").location == "/periods/"
    assert "/periods/due/?id=2025-2" not in Page(client.get("/periods/")).links()


def test_an_auditor_sees_the_periods_and_can_change_none(make: Make) -> None:
    make.period()
    client = visitor(make, Role.AUDITOR)

    assert client.get("/periods/").status_code == 200
    for way in ("plan", "lock", "open", "due"):
        assert client.get(f"/periods/{way}/?id=2025-2").status_code == 404


def test_a_period_of_another_consortium_is_not_there(make: Make) -> None:
    make.period(key="fremmed", consortium=make.consortium())

    assert visitor(make).get("/periods/lock/?id=fremmed").status_code == 404


def test_the_list_asks_the_database_equally_often_for_5_and_50(make: Make) -> None:
    def statements(total: int) -> int:
        for _number in range(total):
            make.sub_project()
        client = visitor(make)
        client.get("/periods/")
        with counted(make.database) as sent:
            assert client.get("/periods/").status_code == 200
        return len(sent)

    make.period()
    assert statements(5) == statements(45) <= 4 + 1

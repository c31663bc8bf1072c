"""Signing in and out: sessions that live in the database and can be ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consortium import clock
from consortium.models import Consortium
from consortium.services.policy import Role
from consortium.testing import counted
from consortium_admin.accounts import ledger
from consortium_admin.accounts.tables import Account
from tests.admin.accounts.house import ADDRESS, PASSWORD, House

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


def test_a_page_leads_to_signing_in_and_from_there_back(house: House) -> None:
    house.account()
    browser = house.browser()

    first = browser.get("/sub-projects/?state=delayed")
    last = browser.sign_in(next="/sub-projects/?state=delayed")

    assert first.location == "/sign-in/?next=/sub-projects/%3Fstate%3Ddelayed"
    assert (last.status_code, last.location) == (303, "/sub-projects/?state=delayed")
    assert browser.is_in()


@pytest.mark.parametrize("way", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_foreign_page(here: House, way: str) -> None:
    here.account()

    assert here.browser().sign_in(next=way).location == "/"


def test_an_address_is_one_however_it_is_written(here: House) -> None:
    here.account()

    assert here.browser().sign_in("  KARI.LIND@vidda.EXAMPLE.org ").status_code == 303


def test_a_wrong_password_and_an_unknown_address_look_alike(here: House) -> None:
    here.account()
    closed = here.account("closed@vidda.example.org")
    here.change(closed, ledger.disable)
    told = []

    for address, password in (
        (ADDRESS, "x"),
        ("nobody@vidda.example.org", PASSWORD),
        ("closed@vidda.example.org", PASSWORD),
    ):
        response = here.browser().sign_in(address, password)
        told.append((response.status_code, response.text.split("<h1>")[1].split("<form")[0]))

    assert len(set(told)) == 1
    assert told[0][0] == 400


def test_an_account_without_a_password_opens_to_none(here: House) -> None:
    here.account(password=None)

    assert here.browser().sign_in(password="").status_code == 400
    assert here.browser().sign_in(password="no password hashes to this").status_code == 400


def test_signing_in_changes_what_the_cookie_says(house: House) -> None:
    """A22: a cookie that somebody else has put there opens nothing."""
    house.account()
    browser = house.browser()
    browser.token()
    planted = browser.cookie

    browser.sign_in()

    thief = house.browser()
    thief.cookie = planted
    assert not thief.is_in()
    assert browser.is_in()


def test_signing_in_again_ends_the_sign_in_that_the_browser_had(house: House) -> None:
    house.account()
    browser = house.browser()
    browser.sign_in()
    before = browser.cookie

    browser.sign_in()

    thief = house.browser()
    thief.cookie = before
    assert not thief.is_in()


def test_an_old_cookie_is_worth_nothing_after_signing_out(house: House) -> None:
    house.account()
    browser = house.browser()
    browser.sign_in()
    copied = browser.cookie

    browser.post("/sign-out/")
    browser.cookie = copied

    assert not browser.is_in()


@pytest.mark.parametrize(
    "change",
    [
        lambda account: ledger.set_password(account, "ein heilt annan elg og ein tiur"),
        ledger.disable,
        lambda account: setattr(account, "active", False),
        ledger.end_everything,
    ],
)
def test_a_changed_account_is_signed_out_with_the_next_request(house: House, change: Callable[[Account], None]) -> None:
    number = house.account()
    browser = house.browser()
    browser.sign_in()
    assert browser.is_in()

    house.change(number, change)

    assert not browser.is_in()


def test_another_role_signs_out(here: House) -> None:
    number = here.account(role=Role.ADMINISTRATOR)
    browser = here.browser()
    browser.sign_in()

    with here.database.write() as session:
        account = session.get_one(Account, number)
        ledger.change_role(account, Role.AUDITOR, consortium=session.get_one(Consortium, 1))

    assert not browser.is_in()


@pytest.mark.parametrize(("pause", "is_in"), [(29, True), (31, False)])
def test_a_pause_ends_a_sign_in(here: House, pause: int, is_in: bool) -> None:
    here.account()
    browser = here.browser()
    with clock.stopped_at(NOON):
        browser.sign_in()

    with clock.stopped_at(NOON + timedelta(minutes=pause)):
        assert browser.is_in() is is_in


def test_a_long_day_ends_a_sign_in_without_any_pause(house: House) -> None:
    house.account()
    browser = house.browser()
    with clock.stopped_at(NOON):
        browser.sign_in()

    was_in = []
    for minutes in range(20, 12 * 60 + 20, 20):
        with clock.stopped_at(NOON + timedelta(minutes=minutes)):
            was_in.append(browser.is_in())

    assert was_in == [True] * 35 + [False]


def test_nobody_is_kept_of_those_who_do_not_sign_in(house: House) -> None:
    """A29: anonymous visits make no rows."""
    with counted(house.database) as statements:
        for _visit in range(50):
            browser = house.browser()
            browser.get("/")
            browser.get("/sign-in/")

    assert house.count() == 0
    assert not [each for each in statements if each.startswith(("INSERT", "UPDATE"))]


def test_who_asks_is_found_in_two_statements(house: House) -> None:
    house.person_account()
    browser = house.browser()
    browser.sign_in()

    with counted(house.database) as statements:
        assert browser.get("/sub-projects/nowhere/at/all").status_code == 404
    own = [each for each in statements if "account" in each or "capacity" in each or "partner" in each]

    assert len(own) <= 2


def test_it_is_written_down_once_a_minute_that_somebody_is_there(here: House) -> None:
    here.account()
    browser = here.browser()
    with clock.stopped_at(NOON):
        browser.sign_in()
    written = []

    for seconds in (30, 61, 90, 125):
        with clock.stopped_at(NOON + timedelta(seconds=seconds)), counted(here.database) as statements:
            browser.get("/account/")
            written.append(sum("UPDATE account_sign_in" in each for each in statements))

    assert written == [0, 1, 0, 1]


def test_a_person_without_capacity_today_is_told_so_after_the_right_password(here: House) -> None:
    here.person_account(end=here.day - timedelta(days=1))

    response = here.browser().sign_in()

    assert response.status_code == 400
    assert "Liv Lind has no capacity here" in response.text
    assert here.count() == 0


def test_a_capacity_that_ends_signs_out(here: House) -> None:
    here.person_account(end=here.day)
    browser = here.browser()
    browser.sign_in()
    assert browser.is_in()

    here.app.extensions["consortium"] = replace(here.app.extensions["consortium"], day=here.day + timedelta(days=1))

    assert not browser.is_in()


def test_the_language_of_the_account_becomes_that_of_the_pages(here: House) -> None:
    here.account()
    browser = here.browser()

    browser.sign_in()

    assert '<html lang="nb">' in browser.get("/account/").text


def test_a_sign_in_without_the_secret_of_its_page_is_refused(here: House) -> None:
    here.account()

    response = here.app.test_client().post("/sign-in/", data={"address": ADDRESS, "password": PASSWORD})

    assert response.status_code == 400
    assert here.count() == 0


def test_signing_out_is_not_to_be_had_by_a_link(here: House) -> None:
    here.account()
    own = here.browser()
    own.sign_in()

    assert own.get("/sign-out/").status_code in {404, 405}
    assert own.is_in()

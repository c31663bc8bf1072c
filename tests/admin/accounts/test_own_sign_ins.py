"""Where one is signed in: one's own sign-ins, and nobody else's (A5)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consortium import clock
from consortium_admin.accounts.tables import SignIn
from tests.admin.accounts.house import ADDRESS, PASSWORD, House

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
AGENTS = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1": "iPhone",
    "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0": "Windows",
}


def numbers(house: House) -> list[int]:
    with house.database.read() as session:
        return list(session.scalars(select(SignIn.id).order_by(SignIn.id)))


def test_a_foreign_sign_in_cannot_be_ended(house: House) -> None:
    house.account()
    house.account("other@vidda.example.org")
    victim, thief = house.browser(), house.browser()
    victim.sign_in()
    thief.sign_in("other@vidda.example.org")

    response = thief.post("/account/sign-ins/end/", {"sign_in": str(numbers(house)[0])})
    thief.post("/account/sign-ins/end/", {"sign_in": "others"})

    assert response.status_code == 404
    assert victim.is_in()


def test_an_own_sign_in_is_ended(house: House) -> None:
    house.account()
    own, lost = house.browser(), house.browser()
    lost.sign_in()
    own.sign_in()

    assert own.post("/account/sign-ins/end/", {"sign_in": str(numbers(house)[0])}).status_code == 303
    assert not lost.is_in()
    assert own.is_in()


def test_all_others_are_ended_at_once(here: House) -> None:
    here.account()
    own, *lost = (here.browser() for _each in range(4))
    for browser in (own, *lost):
        browser.sign_in()

    own.post("/account/sign-ins/end/", {"sign_in": "others"})

    assert [browser.is_in() for browser in (own, *lost)] == [True, False, False, False]


def test_the_list_names_the_devices_of_this_account_that_are_signed_in_now(here: House) -> None:
    here.account()
    here.account("other@vidda.example.org")
    for address, agent in ((ADDRESS, agent) for agent in AGENTS):
        browser = here.browser()
        browser.client.environ_base["HTTP_USER_AGENT"] = agent
        browser.sign_in(address)
    other = here.browser()
    other.client.environ_base["HTTP_USER_AGENT"] = "Firefox/1 Linux"
    other.sign_in("other@vidda.example.org")

    page = browser.get("/account/sign-ins/").text

    assert all(name in page for name in AGENTS.values())
    assert "Firefox" not in page


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 30, "1 OR 1=1", "²"])
def test_what_is_no_sign_in_is_not_there(here: House, number: str) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()

    assert browser.post("/account/sign-ins/end/", {"sign_in": number}).status_code == 404


def test_only_the_digest_of_a_token_is_kept(here: House) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()
    with browser.client.session_transaction() as session:
        token = session["sign_in"]

    with here.database.read() as session:
        kept = session.scalars(select(SignIn)).one()

    assert len(token) >= 43
    assert token not in str(vars(kept))


def test_what_ended_long_ago_is_forgotten(here: House) -> None:
    here.account()
    with clock.stopped_at(NOON):
        here.browser().sign_in()

    with clock.stopped_at(NOON + timedelta(days=31)):
        here.browser().sign_in(ADDRESS, PASSWORD)

    assert here.count() == 1

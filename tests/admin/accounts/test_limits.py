"""Limits: how often somebody may try."""

from consortium_admin.accounts.tables import SignIn
from tests.admin.accounts.house import ADDRESS, PASSWORD, Browser, House


def fail(browser: Browser, times: int, address: str = ADDRESS) -> list[int]:
    return [browser.sign_in(address, "wrong").status_code for _try in range(times)]


def test_ten_wrong_passwords_and_the_next_waits_even_if_it_is_right(here: House) -> None:
    here.account()

    assert fail(here.browser(), 10) == [400] * 10
    response = here.browser().sign_in()

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 900
    assert here.count(SignIn) == 0


def test_an_unknown_address_waits_as_soon(here: House) -> None:
    assert fail(here.browser(), 11, "nobody@vidda.example.org")[-2:] == [400, 429]


def test_strangers_do_not_shut_the_owner_out(here: House) -> None:
    here.account()
    own = here.browser()
    own.sign_in()
    own.post("/sign-out/")

    fail(here.browser(), 11)

    assert own.sign_in().status_code == 303


def test_a_known_browser_is_known_for_its_own_account_alone(here: House) -> None:
    here.account()
    here.account("other@vidda.example.org")
    browser = here.browser()
    browser.sign_in()
    browser.post("/sign-out/")

    assert fail(browser, 11, "other@vidda.example.org")[-1] == 429
    browser.client.set_cookie("known", "invented")
    assert fail(browser, 11)[-1] == 429


def test_a_right_password_begins_the_count_anew(here: House) -> None:
    here.account()
    for _day in range(2):
        assert fail(here.browser(), 9) == [400] * 9
        assert here.browser().sign_in().status_code == 303


def test_a_hundred_failures_from_one_place_and_the_place_waits(here: House) -> None:
    here.account()
    browser = here.browser()
    for number in range(100):
        assert fail(browser, 1, f"{number}@vidda.example.org") == [400]

    assert here.browser().sign_in().status_code == 429
    elsewhere = here.browser()
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert elsewhere.sign_in().status_code == 303


def test_nobody_gets_more_than_five_letters_an_hour(here: House) -> None:
    here.account()
    codes = [here.browser().post("/password/forgotten/", {"address": ADDRESS}).status_code for _try in range(6)]

    assert codes == [200] * 5 + [429]
    assert len(here.letters()) == 5


def test_a_place_sends_five_letters_an_hour_to_whomever(here: House) -> None:
    codes = [
        here.browser().post("/password/forgotten/", {"address": f"{number}@vidda.example.org"}).status_code
        for number in range(6)
    ]

    assert codes == [200] * 5 + [429]


def test_guessing_the_password_in_an_open_session_has_its_limit(here: House) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()
    for _try in range(10):
        assert browser.post("/account/confirm/", {"password": "x"}).status_code == 400

    assert browser.post("/account/confirm/", {"password": PASSWORD}).status_code == 429

"""The second factor: codes that are taken once, few tries, codes on paper, and who must have one."""

import pytest
from werkzeug.test import TestResponse

from consortium.models import Database
from consortium.services.policy import Role
from consortium_admin.settings import Settings
from tests.admin.accounts.house import Browser, House


def waiting(house: House) -> Browser:
    browser = house.browser()
    assert browser.sign_in().location == "/sign-in/second-step/"
    return browser


def test_the_password_alone_does_not_open_an_account_with_a_second_factor(house: House) -> None:
    secret, _codes = house.set_up_codes(house.account())
    browser = waiting(house)
    assert not browser.is_in()

    response = browser.post("/sign-in/second-step/", {"code": house.code(secret)})

    assert response.status_code == 303
    assert browser.is_in()


def test_a_code_is_taken_once(house: House) -> None:
    secret, _codes = house.set_up_codes(house.account())
    code = house.code(secret)
    assert waiting(house).post("/sign-in/second-step/", {"code": code}).status_code == 303

    again = waiting(house).post("/sign-in/second-step/", {"code": code})

    assert again.status_code == 400


def test_a_code_from_the_paper_is_taken_once_and_the_owner_is_told(house: House) -> None:
    _secret, codes = house.set_up_codes(house.account())

    first = waiting(house).post("/sign-in/recovery-code/", {"code": codes[3].upper().replace("-", " ")})
    again = waiting(house).post("/sign-in/recovery-code/", {"code": codes[3]})

    assert (first.status_code, again.status_code) == (303, 400)
    assert [letter.address for letter in house.letters()] == ["Kari.Lind@vidda.example.org"]


def test_five_wrong_codes_and_the_sixth_waits(here: House) -> None:
    secret, _codes = here.set_up_codes(here.account())
    browser = waiting(here)
    for _try in range(5):
        assert browser.post("/sign-in/second-step/", {"code": "000000"}).status_code == 400

    response = browser.post("/sign-in/second-step/", {"code": here.code(secret)})
    elsewhere = waiting(here).post("/sign-in/second-step/", {"code": here.code(secret)})

    assert (response.status_code, elsewhere.status_code) == (429, 429)
    assert 0 < int(response.headers["Retry-After"]) <= 900


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "０００００１", "1" * 5000, "-00001", "1e5"])
def test_what_is_no_code_is_refused(here: House, code: str) -> None:
    here.set_up_codes(here.account())

    assert waiting(here).post("/sign-in/second-step/", {"code": code}).status_code == 400


def test_the_second_step_is_for_those_who_know_the_password(browser: Browser) -> None:
    for path in ("/sign-in/second-step/", "/sign-in/recovery-code/"):
        assert browser.get(path).location == "/sign-in/"
        assert browser.post(path, {"code": "123456"}).location == "/sign-in/"


def test_staff_set_up_a_second_factor_before_they_come_in(sqlite: Database) -> None:
    house = House(sqlite, Settings())
    house.account(role=Role.STAFF)
    browser = house.browser()

    assert browser.sign_in().location == "/account/second-factor/"
    assert browser.get("/sub-projects/").location == "/account/second-factor/"
    assert browser.get("/account/second-factor/").status_code == 200
    assert set_up(house, browser).status_code == 200
    assert browser.is_in()


def test_an_auditor_may_come_in_with_a_password(sqlite: Database) -> None:
    house = House(sqlite, Settings())
    house.account(role=Role.AUDITOR)

    assert house.browser().sign_in().location == "/"


def test_setting_up_gives_a_new_sign_in_and_ten_codes(here: House) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()
    before = browser.cookie

    response = set_up(here, browser)

    thief = here.browser()
    thief.cookie = before
    assert response.text.count("<li><code>") == 10
    assert not thief.is_in()
    assert browser.is_in()


def test_a_wrong_code_sets_nothing_up(here: House) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()
    browser.post("/account/second-factor/begin/")

    assert browser.post("/account/second-factor/take-up/", {"code": "000000"}).status_code == 400
    assert here.found().tf_totp_secret is None


def test_no_page_that_can_be_asked_for_shows_a_secret(here: House) -> None:
    """A26."""
    here.account()
    browser = here.browser()
    browser.sign_in()
    shown = browser.post("/account/second-factor/begin/").text
    key = shown.split('class="key">')[1].split("<")[0]
    codes = set_up(here, browser).text.split("<li><code>")[1:]

    pages = [browser.get(path).text for path in ("/account/", "/account/second-factor/", "/account/passkeys/")]

    assert len(key) > 20
    for page in pages:
        assert not any(secret.split("<")[0] in page for secret in (key, *codes))
        assert str(here.found().password) not in page
    assert browser.get("/account/second-factor/begin/").status_code in {404, 405}


def test_the_secret_of_the_app_is_kept_encrypted(here: House) -> None:
    secret, codes = here.set_up_codes(here.account())

    assert '"enckey"' in secret
    assert not set(codes) & set(here.found().recovery_codes)


def test_removing_the_app_ends_it_and_tells_the_owner(here: House) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()
    set_up(here, browser)

    assert browser.post("/account/second-factor/remove/").location == "/account/"
    assert here.found().tf_totp_secret is None
    assert here.found().recovery_codes == []
    assert len(here.letters()) == 2


def set_up(house: House, browser: Browser) -> TestResponse:
    from passlib.totp import TOTP  # type: ignore[import-untyped]  # it has no types

    shown = browser.post("/account/second-factor/begin/").text
    key = shown.split('class="key">')[1].split("<")[0].replace("-", "")
    return browser.post("/account/second-factor/take-up/", {"code": TOTP(key).generate().token})

"""Passwords: what is refused, changed, forgotten; links that hold once and not for long."""

import re
import time
from datetime import timedelta

import pytest

from consortium.errors import Conflict, InvalidValue
from consortium.services.policy import Role
from consortium_admin.accounts import ledger, letters
from consortium_admin.accounts.passwords import refuse_weak
from consortium_admin.accounts.tables import Account
from tests.admin.accounts.house import ADDRESS, PASSWORD, Browser, House

NEW = "måse på bryggja ved vågen"


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "a" * 40,
        "passordpassord123",
        "Sommeren2026!Sommeren",
        "12345678901234567890",
        "qwertyuiopåasdfghjkl",
        "correct horse battery staple",
        "kari.lind.kari.lind",
        "fjell-fjell-fjell-2026",
        "x" * 129,
        "elg rype\x00 tiur gaupe ulv",
    ],
)
def test_what_others_would_guess_is_refused(here: House, weak: str) -> None:
    with here.app.app_context(), pytest.raises(InvalidValue):
        refuse_weak(weak, context=(ADDRESS, "Kari Lind", "fjell"))


@pytest.mark.parametrize(
    "strong", [PASSWORD, NEW, "ulv ulv hare rev tiur", "Zq8#vLw2!xRt5&kJ", "漢" * 3 + "語で書いた長い合言葉です"]
)
def test_there_is_no_other_rule(here: House, strong: str) -> None:
    with here.app.app_context():
        assert refuse_weak(strong)


def test_a_password_is_the_same_however_a_keyboard_writes_it(here: House) -> None:
    with here.app.app_context():
        assert refuse_weak("bla\u030amann pa\u030a vidda no") == refuse_weak("bl\u00e5mann p\u00e5 vidda no")


def test_changing_the_password_signs_the_other_devices_out(house: House) -> None:
    house.account()
    browser, other = house.browser(), house.browser()
    browser.sign_in()
    other.sign_in()
    before = browser.cookie

    response = browser.post("/account/password/", {"present": PASSWORD, "password": NEW, "again": NEW})

    assert response.location == "/account/"
    assert browser.is_in()
    assert not other.is_in()
    other.cookie = before
    assert not other.is_in()
    assert house.browser().sign_in(password=NEW).status_code == 303
    assert [letter.kind for letter in house.letters()] == ["account"]


@pytest.mark.parametrize(
    "fields",
    [
        {"present": "wrong", "password": NEW, "again": NEW},
        {"present": PASSWORD, "password": NEW, "again": "another"},
        {"present": PASSWORD, "password": "short", "again": "short"},
        {},
    ],
)
def test_a_password_that_cannot_be_taken_changes_nothing(here: House, fields: dict[str, str]) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()

    assert browser.post("/account/password/", fields).status_code == 400
    assert here.browser().sign_in().status_code == 303
    assert here.letters() == []


def link_in(house: House) -> str:
    found = re.search(r"http://localhost:8080(/\S+)", house.letters()[-1].words)
    assert found
    return found[1]


def test_a_forgotten_password_is_chosen_anew_by_a_letter(house: House) -> None:
    house.account()
    browser = house.browser()
    browser.post("/password/forgotten/", {"address": ADDRESS.upper()})
    link = link_in(house)

    assert browser.get(link).location == "/password/new/"
    assert browser.post("/password/new/", {"password": NEW, "again": NEW}).location == "/sign-in/"
    assert house.browser().sign_in(password=NEW).status_code == 303
    assert house.browser().sign_in(password=PASSWORD).status_code == 400


def test_the_letter_goes_to_the_address_that_is_kept(here: House) -> None:
    """A28: however the address is typed, the letter goes where the staff said."""
    here.account("mike@vidda.example.org")

    here.browser().post("/password/forgotten/", {"address": "MI\u212aE@vidda.example.org"})
    here.browser().post("/password/forgotten/", {"address": "ｍｉｋｅ@vidda.example.org"})

    assert [letter.address for letter in here.letters()] == ["mike@vidda.example.org"] * 2


def test_two_addresses_that_fold_alike_are_one_account(house: House) -> None:
    house.account("mike@vidda.example.org")

    with pytest.raises(Conflict):
        house.account("MIKE@vidda.example.org")


def test_every_address_gets_the_same_answer(here: House) -> None:
    """A27."""
    here.account()
    here.change(here.account("closed@vidda.example.org"), ledger.disable)
    addresses = (ADDRESS, "nobody@vidda.example.org", "closed@vidda.example.org", "no address", "")

    answers = {here.browser().post("/password/forgotten/", {"address": address}).text for address in addresses}

    assert len({re.sub(r'value="[^"]+"', "", answer) for answer in answers}) == 1
    assert len(here.letters()) == 1


def test_a_link_holds_once(here: House) -> None:
    here.account()
    here.browser().post("/password/forgotten/", {"address": ADDRESS})
    link = link_in(here)
    first, second = here.browser(), here.browser()
    first.get(link)
    second.get(link)

    assert first.post("/password/new/", {"password": NEW, "again": NEW}).status_code == 303
    assert second.post("/password/new/", {"password": PASSWORD, "again": PASSWORD}).status_code == 400
    assert here.browser().sign_in(password=NEW).status_code == 303


def test_a_link_holds_for_an_hour_and_an_invitation_for_a_week(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    here.account()
    here.account("new@vidda.example.org", password=None)
    links = [
        make_link(here, ADDRESS, letters.new_password_link),
        make_link(here, "new@vidda.example.org", letters.invitation_link),
    ]

    begun = time.time()

    def still_open(passed: timedelta) -> list[bool]:
        with monkeypatch.context() as patch:
            then = int(begun + passed.total_seconds())
            patch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda _signer: then)
            return [opens(here, link) for link in links]

    assert still_open(timedelta(minutes=59)) == [True, True]
    assert still_open(timedelta(minutes=61)) == [False, True]
    assert still_open(timedelta(days=8)) == [False, False]


def test_an_invitation_is_no_way_to_another_password_and_no_letter_makes_it_one(here: House) -> None:
    """A19."""
    here.account(password=None)
    invitation = make_link(here, ADDRESS, letters.invitation_link)
    here.browser().post("/password/forgotten/", {"address": ADDRESS})
    assert here.letters() == []
    browser = here.browser()
    browser.get(invitation)
    assert browser.post("/password/new/", {"password": NEW, "again": NEW}).status_code == 303

    assert not opens(here, invitation)
    token = invitation.rsplit("/", 1)[1]
    assert not opens(here, f"/password/new/{token}")


@pytest.mark.parametrize("token", ["x", "x" * 5000, "eyJh.bGc.iOi", "%00", "WyJ4Il0.aaaa.bbbb"])
def test_an_invented_link_opens_nothing(here: House, token: str) -> None:
    here.account()

    assert not opens(here, f"/password/new/{token}")
    assert not opens(here, f"/invitation/{token}")


def test_a_closed_account_is_not_opened_by_a_link(here: House) -> None:
    here.account()
    link = make_link(here, ADDRESS, letters.new_password_link)
    with here.database.write() as session:
        session.get_one(Account, 1).active = False

    assert not opens(here, link)


def test_no_page_says_the_link(here: House) -> None:
    """A26: the link is out of the address at once, and in no page."""
    here.account()
    link = make_link(here, ADDRESS, letters.new_password_link)
    browser = here.browser()
    browser.get(link)

    assert link.rsplit("/", 1)[1] not in browser.get("/password/new/").text


def test_a_new_password_is_no_way_round_the_second_factor(here: House) -> None:
    here.set_up_codes(here.account())
    browser = here.browser()
    browser.get(make_link(here, ADDRESS, letters.new_password_link))
    browser.post("/password/new/", {"password": NEW, "again": NEW})

    assert browser.sign_in(password=NEW).location == "/sign-in/second-step/"


def test_fields_that_nobody_asked_for_are_passed_over(here: House) -> None:
    """A21: who the account is, the link alone says."""
    here.account()
    other = here.account("other@vidda.example.org", role=Role.ADMINISTRATOR)
    browser = here.browser()
    browser.get(make_link(here, ADDRESS, letters.new_password_link))

    extra = {"id": str(other), "account": str(other), "email": "other@vidda.example.org", "role": "administrator"}
    browser.post("/password/new/", {"password": NEW, "again": NEW, **extra})

    assert here.browser().sign_in("other@vidda.example.org").status_code == 303
    assert here.found().role == "staff"


def make_link(house: House, address: str, how: object) -> str:
    with house.app.app_context():
        link = how(house.found(address), "")  # type: ignore[operator]  # one of the two functions
    return str(link)


def opens(house: House, link: str) -> bool:
    browser: Browser = house.browser()
    browser.get(link)
    return browser.get("/password/new/").status_code == 200

"""A form that was sent without a sign-in: nothing that was typed is lost, and nothing foreign gets in."""

import json
import re
from html import unescape

import pytest

from consortium.models import Organisation
from consortium_admin.accounts.kept import MOST
from tests.admin.accounts.house import ADDRESS, PASSWORD, Browser, House, value_of

FORM = "/organisations/new/"
OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"name.nb": "Øvre <Vidda> & «Elva» kommune", "notes": 'x"y\nz', "password": "hush", "reset_token": "hush"}


def hidden(text: str) -> dict[str, str]:
    """Read the hidden fields of the form that is to be sent again."""
    form = text.split(f'action="{FORM}"')[1].split("</form>", maxsplit=1)[0]
    found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {unescape(name): unescape(value) for name, value in found}


def test_what_was_typed_is_sent_again_after_signing_in(house: House) -> None:
    house.account()
    browser = house.browser()

    lost = browser.post(FORM, TYPED, headers=OURS)
    back = browser.post("/sign-in/", {"address": ADDRESS, "password": PASSWORD, "kept": value_of(lost, "kept")})

    assert lost.status_code == 401
    again = hidden(back.text)
    assert {name: again[name].replace("\r\n", "\n") for name in TYPED if name in again} == {
        name: value for name, value in TYPED.items() if "hush" not in value
    }
    assert browser.client.post(FORM, data=again).status_code not in {401, 404}


def test_it_is_carried_through_a_wrong_password_and_the_second_step(here: House) -> None:
    secret, _codes = here.set_up_codes(here.account())
    browser = here.browser()
    kept = value_of(browser.post(FORM, TYPED, headers=OURS), "kept")

    wrong = browser.post("/sign-in/", {"address": ADDRESS, "password": "x", "kept": kept})
    step = browser.post("/sign-in/", {"address": ADDRESS, "password": PASSWORD, "kept": value_of(wrong, "kept")})
    back = browser.post("/sign-in/second-step/", {"code": here.code(secret), "kept": value_of(step, "kept")})

    assert hidden(back.text)["name.nb"] == TYPED["name.nb"]


def test_a_page_of_an_earlier_sign_in_is_sent_again(here: House) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()

    response = browser.client.post(FORM, data={"csrf_token": "of long ago", **TYPED}, headers=OURS)

    assert response.status_code == 400
    assert hidden(response.text)["name.nb"] == TYPED["name.nb"]
    assert hidden(response.text)["csrf_token"] != "of long ago"
    assert here.count(Organisation) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_a_foreign_page_has_thought_up_is_not_kept(here: House, headers: dict[str, str]) -> None:
    here.account()
    browser = here.browser()
    browser.sign_in()

    response = browser.client.post(FORM, data={"name.nb": "planted"}, headers=headers)
    anonymous = here.app.test_client().post(FORM, data={"name.nb": "planted"}, headers=headers)

    assert response.status_code == 400
    assert "planted" not in response.text + anonymous.text


@pytest.mark.parametrize(
    "kept",
    [
        json.dumps(["https://evil.example/", [["a", "planted"]]]),
        json.dumps(["//evil.example/", [["a", "planted"]]]),
        json.dumps(["/sign-out/", [["a", "planted"]]]),
        json.dumps(["/account/password/", [["a", "planted"]]]),
        json.dumps(["/nowhere/", [["a", "planted"]]]),
        json.dumps([FORM, "planted"]),
        json.dumps({"path": FORM}),
        "[" * 20000,
        "planted",
    ],
)
def test_what_no_page_of_ours_kept_is_passed_over(here: House, kept: str) -> None:
    here.account()

    response = here.browser().sign_in(kept=kept)

    assert (response.status_code, response.location) == (303, "/")


def test_too_much_is_not_kept(here: House) -> None:
    response = Browser(here.app.test_client()).post(FORM, {"notes": "x" * (MOST + 1)}, headers=OURS)

    assert response.status_code == 303
    assert response.location == "/sign-in/"

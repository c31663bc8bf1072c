"""What one request does is over with it, and says nothing by how long it takes."""

from statistics import median
from time import perf_counter
from typing import Any

import pytest

from consortium_admin.accounts import engine
from tests.admin.accounts.house import ADDRESS, House


def state_of(app: Any) -> str:
    """Describe what all requests share."""
    csrf = app.extensions["csrf"]
    rules = sorted(f"{door}: {rule}" for door, rule in app.extensions["consortium-rules"].items())
    parts = (app.config.items(), csrf._exempt_views, csrf._exempt_blueprints, app.jinja_env.globals.items(), rules)
    kept = (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs, app.view_functions)
    hooks = [{name: each for name, each in functions.items() if each} for functions in kept]
    return "\n".join(sorted(map(str, (item for part in parts for item in part)))) + str(hooks)


def test_requests_leave_the_process_as_it_was(here: House) -> None:
    """A23."""
    here.account()
    paths = [rule.rule for rule in here.app.url_map.iter_rules() if not rule.arguments]
    browser = here.browser()
    browser.sign_in()
    browser.get("/sign-in/")
    before = state_of(here.app)

    for path in paths:
        for client in (browser.client, here.app.test_client()):
            client.get(path)
            client.post(path, data={"a": "b"}, query_string={"lang": "sv"})
            client.post(path, json={"a": 1}, headers={"Authentication-Token": "x", "X-CSRFToken": "y"})

    assert state_of(here.app) == before


@pytest.mark.parametrize("header", ["Authentication-Token", "Authorization", "X-User", "Remote-User"])
def test_nobody_comes_in_by_a_header(here: House, header: str) -> None:
    here.account()
    uniquifier = here.found().fs_uniquifier

    for value in (uniquifier, f"Bearer {uniquifier}", "1"):
        assert here.browser().get("/account/", headers={header: value}).status_code == 303
    assert here.browser().get(f"/account/?auth_token={uniquifier}").status_code == 303


def test_flask_securitys_own_pages_are_not_opened(here: House) -> None:
    endpoints = {rule.endpoint for rule in here.app.url_map.iter_rules()}

    assert not {each for each in endpoints if each.startswith("security.")}


def test_an_unknown_address_takes_as_long_as_a_known_one(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A27: the hash of a password is made in any case; counted, because a busy machine has no clock."""
    here.account()
    asked: list[str] = []
    monkeypatch.setattr("consortium_admin.accounts.passwords.verify_password", lambda _words, kept: asked.append(kept))

    for address in (ADDRESS, "nobody@vidda.example.org", ""):
        here.browser().sign_in(address, "x")

    assert len(asked) == 3
    assert len({kept.rsplit("$", 2)[0] for kept in asked}) == 1


def test_a_letter_takes_no_longer_than_no_letter(here: House) -> None:
    """A27: the answer comes after the same while, which is longer than either takes."""
    here.account()
    times: dict[str, list[float]] = {ADDRESS: [], "nobody@vidda.example.org": []}
    for _try in range(2):
        for address, taken in times.items():
            browser = here.browser()
            token = browser.token()
            begun = perf_counter()
            browser.client.post("/password/forgotten/", data={"address": address, "csrf_token": token})
            taken.append(perf_counter() - begun)

    assert all(median(taken) >= here.settings.wait.total_seconds() for taken in times.values())


def test_passwords_are_kept_as_argon2id(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "HASHING", {})
    here.app = here.open(here.settings)
    here.account()

    assert str(here.found().password).startswith("$argon2id$v=19$m=65536,t=3,p=4$")

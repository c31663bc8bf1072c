"""Settings: what protects others than this machine is insisted on."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from consortium.models import Database
from consortium_admin.settings import Settings, UnsafeSettings, kept_secret, settings_from
from tests.admin.accounts.house import ADDRESS, PASSWORD, House

GOOD = {
    "CONSORTIUM_SECRET": "c3VwZXJsYW5nZS1sYW5nLXRpbGZlbGRpZw-0123456789",
    "CONSORTIUM_ADDRESS": "https://consortium.vidda.example.org",
}


def without(*names: str, **others: str) -> dict[str, str]:
    return {name: value for name, value in {**GOOD, **others}.items() if name not in names}


@pytest.mark.parametrize(
    "environment",
    [
        without("CONSORTIUM_SECRET"),
        without(CONSORTIUM_SECRET="short"),
        without(CONSORTIUM_SECRET="a" * 64),
        without(CONSORTIUM_SECRET="changeme-changeme-changeme-0123456789"),
        without(CONSORTIUM_HOSTS="*"),
        without(CONSORTIUM_HOSTS="*.example.org"),
        without(CONSORTIUM_ADDRESS="http://consortium.vidda.example.org"),
        without(CONSORTIUM_ADDRESS="consortium.vidda.example.org"),
        without("CONSORTIUM_ADDRESS", CONSORTIUM_HOSTS="consortium.vidda.example.org"),
        without(FLASK_DEBUG="1"),
        without(FLASK_ENV="development"),
        without(CONSORTIUM_PROXIES="all"),
        without("CONSORTIUM_ADDRESS", CONSORTIUM_SECRET="short"),
    ],
)
def test_what_does_not_protect_others_is_refused(environment: Mapping[str, str], tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings):
        settings_from(environment, keep=tmp_path)


def test_what_protects_them_is_taken(tmp_path: Path) -> None:
    more = {"CONSORTIUM_HOSTS": "Other.example.org", "CONSORTIUM_PROXIES": "1", "CONSORTIUM_IDLE_MINUTES": "10"}

    settings = settings_from({**GOOD, **more}, keep=tmp_path)

    assert settings.hosts == ("consortium.vidda.example.org", "other.example.org")
    assert (settings.is_public, settings.is_behind_tls, settings.is_second_factor_required) == (True, True, True)
    assert (settings.proxies, settings.idle.total_seconds()) == (1, 600)
    assert list(tmp_path.iterdir()) == []


def test_on_this_machine_a_secret_is_made_and_kept_for_its_owner(tmp_path: Path) -> None:
    first = settings_from({}, keep=tmp_path / "var")

    assert settings_from({}, keep=tmp_path / "var").secret == first.secret
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o777 == 0o600
    assert not first.is_public


def test_an_empty_file_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")

    with pytest.raises(UnsafeSettings, match="secret"):
        kept_secret(tmp_path)


def test_a_secret_is_in_no_description(tmp_path: Path) -> None:
    assert GOOD["CONSORTIUM_SECRET"] not in repr(settings_from(GOOD, keep=tmp_path))


def test_behind_tls_cookies_are_bound_to_the_host_and_browsers_stay_there(sqlite: Database, tmp_path: Path) -> None:
    house = House(sqlite, settings_from({**GOOD, "CONSORTIUM_SECOND_FACTOR": "optional"}, keep=tmp_path))
    house.account()
    client = house.app.test_client()
    base = {"base_url": GOOD["CONSORTIUM_ADDRESS"]}
    token = client.get("/accessibility/", **base).text.split('csrf_token" value="')[1].split('"')[0]

    response = client.post("/sign-in/", data={"address": ADDRESS, "password": PASSWORD, "csrf_token": token}, **base)

    cookies = response.headers.getlist("Set-Cookie")
    visit = next(each for each in cookies if each.startswith("__Host-visit="))
    assert all("Secure" in each for each in cookies)
    assert all(part in visit for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in visit
    assert "max-age=63072000" in response.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(("host", "code"), [("consortium.vidda.example.org", 200), ("evil.example", 400)])
def test_only_the_names_that_were_said_are_let_in(sqlite: Database, tmp_path: Path, host: str, code: int) -> None:
    house = House(sqlite, settings_from(GOOD, keep=tmp_path))

    assert house.browser().get("/sign-in/", headers={"Host": host}).status_code == code


def test_links_begin_with_the_address_that_was_said_whatever_the_request_says(sqlite: Database, tmp_path: Path) -> None:
    house = House(sqlite, Settings(address="https://consortium.vidda.example.org", is_second_factor_required=False))
    house.account()
    house.browser().post("/password/forgotten/", {"address": ADDRESS}, headers={"X-Forwarded-Host": "evil.example"})

    assert "https://consortium.vidda.example.org/password/new/" in house.letters()[0].words


def test_an_earlier_secret_still_opens_what_it_closed(sqlite: Database) -> None:
    old = House(sqlite, Settings(secret="o" * 40, is_second_factor_required=False))
    secret, _codes = old.set_up_codes(old.account())
    old.app = old.open(Settings(secret="n" * 40, old_secrets=("o" * 40,), is_second_factor_required=False))
    browser = old.browser()
    browser.sign_in()

    assert browser.post("/sign-in/second-step/", {"code": old.code(secret)}).status_code == 303

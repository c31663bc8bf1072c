"""Settings of the service that is believed: whatever would let others listen is refused."""

from pathlib import Path

import pytest

from consortium.errors import InvalidValue
from consortium_admin.oidc_settings import oidc_from
from consortium_admin.settings import settings_from

GOOD = {"CONSORTIUM_OIDC_ISSUER": "https://id.example.org/", "CONSORTIUM_OIDC_CLIENT_ID": "consortium"}


@pytest.mark.parametrize(
    "issuer",
    [
        "http://id.example.org",
        "http://127.0.0.1.example.org",
        "http://localhost@id.example.org",
        "id.example.org",
        "https://",
        "https://id.example.org/?a=b",
        "https://id.example.org/#a",
        "https://[id.example.org",
        "file:///etc/passwd",
    ],
)
def test_an_address_on_whose_way_others_listen_is_refused(issuer: str) -> None:
    with pytest.raises(InvalidValue, match="CONSORTIUM_OIDC_ISSUER"):
        oidc_from({**GOOD, "CONSORTIUM_OIDC_ISSUER": issuer})


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:8000", "http://localhost:8000/realms/a", "http://[::1]:8000"])
def test_on_this_machine_nobody_listens(issuer: str) -> None:
    read = oidc_from({**GOOD, "CONSORTIUM_OIDC_ISSUER": issuer})

    assert read is not None
    assert read.issuer == issuer


def test_a_service_that_does_not_know_us_is_refused() -> None:
    with pytest.raises(InvalidValue, match="CONSORTIUM_OIDC_CLIENT_ID"):
        oidc_from({"CONSORTIUM_OIDC_ISSUER": "https://id.example.org"})


def test_everything_can_be_said_and_the_secret_is_not_told_on(tmp_path: Path) -> None:
    named = {"CLIENT_SECRET": "hemmelig", "NAME": "Nøkkelen", "SCOPES": "email profile", "SECOND_FACTOR": "mfa high"}
    more = {f"CONSORTIUM_OIDC_{name}": value for name, value in named.items()}

    settings = settings_from({**GOOD, **more}, keep=tmp_path)

    assert settings.oidc is not None
    assert (settings.oidc.issuer, settings.oidc.name) == ("https://id.example.org/", "Nøkkelen")
    assert (settings.oidc.scopes, settings.oidc.strong) == (("openid", "email", "profile"), frozenset({"mfa", "high"}))
    assert "hemmelig" not in repr(settings)


def test_without_an_address_there_is_no_service_and_without_a_name_its_host_is_one() -> None:
    read = oidc_from(GOOD)

    assert oidc_from({}) is None
    assert read is not None
    assert (read.name, read.scopes, read.organisation) == ("id.example.org", ("openid", "email"), "")

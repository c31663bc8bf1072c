"""Whose account a service opens: the one that is bound to its subject, or once that of a verified address."""

import pytest
from sqlalchemy import select

from consortium_admin.accounts.tables import Account, Identity
from tests.admin.accounts.house import ADDRESS, House
from tests.admin.oidc.forger import Forger, changed


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_only_a_verified_address_finds_an_account(here: House, forger: Forger, said: object) -> None:
    forger.claims = changed(email_verified=said)

    assert forger.come_back(here.browser()).status_code == 403
    assert here.count(Identity) == 0


@pytest.mark.parametrize(
    "email",
    ["ＫARI.Lind@Vidda.example.org", "Kari.Lınd@Vidda.example.org", "\u212aari.Lind@Vidda.example.org", f"{ADDRESS}\n"],
)
def test_an_address_that_only_looks_like_it_finds_no_account(here: House, forger: Forger, email: str) -> None:
    forger.claims = changed(email=email)

    response = forger.come_back(here.browser())

    assert (response.status_code == 403) is (email.strip() != ADDRESS)


def test_an_address_that_somebody_else_has_now_does_not_open_the_account_of_whoever_had_it(
    here: House, forger: Forger
) -> None:
    forger.come_back(here.browser())
    forger.claims = changed(sub="newcomer")

    response = forger.come_back(here.browser())

    assert response.status_code == 403
    assert "belongs to somebody else" in response.text


def test_two_accounts_are_never_swapped(here: House, forger: Forger) -> None:
    """Who is bound comes into their own account, also with a token in which the address of the other stands."""
    here.account("ola@vidda.example.org")
    forger.come_back(here.browser())
    forger.claims = changed(sub="ola", email="ola@vidda.example.org")
    forger.come_back(here.browser())
    forger.claims = changed(sub="ola", email=ADDRESS)

    browser = here.browser()
    forger.come_back(browser)

    assert "ola@vidda.example.org" in browser.get("/account/").text
    with here.database.read() as session:
        asked = select(Identity.subject, Account.email).join(Account).order_by(Identity.subject)
        found = [tuple(each) for each in session.execute(asked)]
    assert found == [("kari", ADDRESS.lower()), ("ola", "ola@vidda.example.org")]

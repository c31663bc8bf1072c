"""Signing in through a real provider of OpenID Connect."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests
from sqlalchemy import delete, select

from consortium import clock
from consortium.models import Consortium, Database, Person
from consortium.services.people import give_capacity
from consortium.services.policy import Role
from consortium.testing import Make
from consortium_admin.accounts import ledger
from consortium_admin.accounts.tables import Account, Identity
from consortium_admin.oidc_settings import Oidc
from consortium_admin.settings import Settings
from tests.admin.accounts.house import House
from tests.admin.oidc.people import ELSEWHERE, answer_to, come_back

SECRET = "a secret of this test alone, long enough"


@pytest.fixture(autouse=True)
def _present(issuer: str) -> Iterator[None]:
    """Stop the clock at the present of the real provider."""
    told = requests.head(issuer, timeout=10).headers["Date"]
    with clock.stopped_at(parsedate_to_datetime(told)):
        yield


@pytest.fixture
def own(issuer: str) -> Oidc:
    scopes = ("openid", "email", "organisation")
    named = {"name": "Nøkkelen", "organisation": "organisation_number"}
    return Oidc(issuer, "consortium", SECRET, scopes=scopes, strong=frozenset({"high"}), **named)


@pytest.fixture
def here(sqlite: Database, own: Oidc) -> House:
    return House(sqlite, Settings(is_second_factor_required=False, oidc=own))


def rows(here: House) -> tuple[int, int]:
    return here.count(Account), here.count(Identity)


def test_a_verified_address_opens_its_account_and_binds_it(database: Database, own: Oidc) -> None:
    here = House(database, Settings(is_second_factor_required=False, oidc=own))
    here.account()
    browser = here.browser()

    first = come_back(browser, "kari", f"{ELSEWHERE}?next=/account/passkeys/")

    assert (first.status_code, first.location) == (303, "/account/passkeys/")
    assert "Nøkkelen" in browser.get("/account/").text  # the message that it was bound
    assert [letter.address for letter in here.letters()] == [here.found().address]
    assert come_back(here.browser(), "kari").location == "/"
    assert here.count(Identity) == len(here.letters()) == 1
    with database.write() as session:
        session.execute(delete(Identity))
    here.clear()


def test_a_public_client_proves_itself_by_pkce_and_es256_is_believed(here: House, own: Oidc) -> None:
    here.account()
    here.app = here.open(replace(here.settings, oidc=replace(own, client_id="public", client_secret="")))
    browser = here.browser()

    assert come_back(browser, "kari").location == "/"
    assert browser.is_in()


def test_a_wrong_secret_of_ours_lets_nobody_in(here: House, own: Oidc) -> None:
    here.account()
    here.app = here.open(replace(here.settings, oidc=replace(own, client_secret="another one")))

    assert come_back(here.browser(), "kari").status_code == 400
    assert here.count() == 0


def test_an_unverified_address_opens_nothing(here: House) -> None:
    here.account()
    browser = here.browser()

    response = come_back(browser, "unverified")

    assert response.status_code == 403
    assert "has not verified your e-mail address" in response.text
    assert not browser.is_in()
    assert rows(here) == (1, 0)


def test_somebody_unknown_is_told_whom_to_ask_and_nothing_is_made(here: House) -> None:
    here.account()

    response = come_back(here.browser(), "stranger")

    assert response.status_code == 403
    assert "you have no account here yet. Ask the staff" in response.text
    assert rows(here) == (1, 0)


def test_who_is_bound_comes_in_whatever_their_address_has_become(here: House) -> None:
    number = here.account()
    come_back(here.browser(), "kari")
    here.change(number, lambda account: setattr(account, "email", "kari@another.example.org"))
    browser = here.browser()

    come_back(browser, "kari")

    assert browser.is_in()


def test_a_closed_account_opens_to_nobody(here: House) -> None:
    number = here.account()
    come_back(here.browser(), "kari")
    here.change(number, ledger.disable)

    assert come_back(here.browser(), "kari").status_code == 403


def test_breaking_off_leads_to_a_page_in_words(here: House) -> None:
    browser = here.browser()
    browser.client.set_cookie("language", "en")

    response = come_back(browser, "", f"{ELSEWHERE}?next=/account/")

    assert response.status_code == 400
    assert "You broke off at Nøkkelen" in response.text
    assert "/sign-in/?next=/account/" in response.text


def test_an_answer_lets_in_once_however_the_cookie_is_copied(here: House) -> None:
    here.account()
    browser, thief = here.browser(), here.browser()
    path = answer_to(browser.get(ELSEWHERE).location, "kari")
    thief.cookie = browser.cookie
    browser.get(path)

    assert thief.get(path).status_code == 400
    assert browser.get(path).status_code == 400
    assert here.count() == 1


def test_the_second_factor_is_still_asked_for(here: House) -> None:
    number = here.account()
    secret, _paper = here.set_up_codes(number)
    browser = here.browser()

    response = come_back(browser, "kari", f"{ELSEWHERE}?next=/account/sign-ins/")

    assert response.location == "/sign-in/second-step/?next=/account/sign-ins/"
    assert not browser.is_in()
    last = browser.post("/sign-in/second-step/", {"code": here.code(secret), "next": "/account/sign-ins/"})
    assert last.location == "/account/sign-ins/"


def test_a_second_factor_at_the_service_counts_if_the_settings_say_how_it_is_told(here: House, own: Oidc) -> None:
    here.set_up_codes(here.account())
    strict = replace(here.settings, is_second_factor_required=True)
    here.app = here.open(strict)
    browser = here.browser()
    assert come_back(browser, "kari-strong").location == "/"
    assert browser.get("/account/").status_code == 200

    here.app = here.open(replace(strict, oidc=replace(own, strong=frozenset())))

    assert come_back(here.browser(), "kari-strong").location == "/sign-in/second-step/"


def test_staff_without_a_second_factor_here_set_one_up_unless_the_service_has_asked_for_one(here: House) -> None:
    here.account(password=None)
    here.app = here.open(replace(here.settings, is_second_factor_required=True))

    assert come_back(here.browser(), "kari-strong").location == "/"
    with here.database.write() as session:
        session.execute(delete(Identity))
    weak = here.browser()
    assert come_back(weak, "kari").location == "/account/second-factor/"
    assert weak.get("/account/").location == "/account/second-factor/"


def test_whoever_has_no_password_proves_through_the_service_who_they_are(here: House) -> None:
    here.account(password=None)
    browser = here.browser()
    come_back(browser, "kari")

    with clock.stopped_at(clock.now() + timedelta(minutes=20)):
        asked = browser.get("/account/passkeys/").location
        page = browser.get(asked).text
        location = browser.get(f"{ELSEWHERE}?again=1&next=/account/passkeys/").location

    assert "/sign-in/elsewhere/?again=1&amp;next=/account/passkeys/" in page
    assert "prompt=login" in location
    assert "max_age=0" in location


def member(here: House, number: str, *, lead: bool = False) -> None:
    """Let the staff write down Liv Lind, who speaks for a partner with a number."""
    with here.database.write() as session:
        make = Make(here.database, session)
        make.__dict__["home"] = session.scalars(select(Consortium)).one()
        person, partner = make.person("Liv Lind"), make.partner()
        session.get_one(Person, person.id).email = "Liv.Lind@vidda.example.org"
        partner.organisation.identifiers = {"no-orgnr": number}
        held: dict[str, Any] = {"person": person, "organisation": partner.organisation, "start": date(2025, 1, 1)}
        give_capacity(session, make.operator, role="representative", **held)
        if lead:
            give_capacity(session, make.operator, role="project_manager", sub_project=make.sub_project(), **held)


def test_who_speaks_for_the_organisation_that_the_service_names_gets_an_account(here: House) -> None:
    member(here, "313367002")
    browser = here.browser()

    assert come_back(browser, "liv").location == "/"
    assert browser.is_in()
    account = here.found("liv.lind@vidda.example.org")
    assert (account.role, account.name) == ("", "Liv Lind")
    with here.app.test_request_context(), here.database.read() as session:
        person = session.get_one(Person, account.person_id)
        principal = ledger.principal_for(session, account, person, consortium=1, day=here.day)
    assert principal.role is Role.MEMBER


@pytest.mark.parametrize(("number", "lead"), [("974760673", False), ("", False), ("313367002", True)])
def test_nobody_else_gets_an_account_by_the_number_of_an_organisation(here: House, number: str, lead: bool) -> None:
    member(here, number, lead=lead)

    assert come_back(here.browser(), "liv").status_code == 403
    assert rows(here) == (0, 0)

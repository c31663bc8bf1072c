"""The pages of accounts, for everyone: signing in, the second step, forgotten passwords, and one's own account."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from consortium.models import Consortium, Database
from consortium.services.consortia import found_consortium
from consortium.services.policy import Role, operator
from consortium.testing import TODAY
from consortium_admin.accounts.ledger import NewAccount, add_account, set_password
from consortium_admin.accounts.second_factor import new_codes, new_secret
from consortium_admin.app import create_app
from tests.admin.page import Page as Read
from tests.browser.canaries import misplaced, plant
from tests.browser.conftest import Open, Validate, served, with_example
from tests.browser.pages import Case, send, send_nothing
from tests.browser.serving import BY_PASSWORD
from tests.browser.test_accessibility import IS_WHOLE, complaints_of_axe

PASSWORD = "elg rype tiur gaupe ulv"

#: somebody who signs in with a password, and somebody who is then asked for a code
ONE_STEP, TWO_STEPS = "en", "to"

CASES = (
    Case("account.sign_in", "/sign-in/", who=""),
    Case("account.sign_in", "/sign-in/", "error", who="", deed=send_nothing),
    Case("account.forgotten_password", "/password/forgotten/", who=""),
    Case("account.forgotten_password", "/password/forgotten/", "error", who="", deed=send_nothing),
    Case("account.open_reset", "/password/new/x", "expired", who=""),
    Case("account.open_invitation", "/invitation/x", "expired", who=""),
    Case("account.new_password", "/password/new/", "expired", who=""),
    Case("account.second_step", "/sign-in/second-step/", who=TWO_STEPS),
    Case("account.second_step", "/sign-in/second-step/", "error", who=TWO_STEPS, deed=send),
    Case("account.recovery_code", "/sign-in/recovery-code/", who=TWO_STEPS),
    Case("account.index", "/account/", who=ONE_STEP),
    Case("account.own_language", "/account/language/", who=ONE_STEP),
    Case("account.change_password", "/account/password/", who=ONE_STEP),
    Case("account.change_password", "/account/password/", "error", who=ONE_STEP, deed=send_nothing),
    Case("account.second_factor", "/account/second-factor/", who=ONE_STEP),
    Case("account.passkeys", "/account/passkeys/", who=ONE_STEP),
    Case("account.sign_ins", "/account/sign-ins/", who=ONE_STEP),
    Case("account.confirm", "/account/confirm/", who=ONE_STEP),
)

#: what another house answers to, and what only somebody sees who has just written a code
ELSEWHERE = {"account.sign_in_elsewhere", "account.back_from_elsewhere", "account.remove_second_factor"}


#: each page in both languages, or in turn, as in the other tests of pages
TURNS = [
    (case, each)
    for place, case in enumerate(CASES)
    for each in (("nb", "sv") if IS_WHOLE else (("nb", "sv")[place % 2],))
]

each_turn = pytest.mark.parametrize(("case", "language"), TURNS, ids=[f"{case.name}-{each}" for case, each in TURNS])


def address_of(who: str, language: str) -> str:
    return f"{who}.{language}@vidda.example.org"


@pytest.fixture(scope="session")
def accounts_site(tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> Iterator[str]:
    """Serve the example to people who have accounts, with a canary in every text."""
    database = with_example(tmp_path_factory.mktemp("accounts"), example_file)
    plant(database)
    app = create_app(database, settings=BY_PASSWORD, day=TODAY)
    with app.app_context(), database.write() as session:
        home = session.scalars(select(Consortium)).one()
        for who in (ONE_STEP, TWO_STEPS):
            for language in ("nb", "sv"):
                new = NewAccount(address_of(who, language), "Kari Lind", Role.STAFF, language=language)
                account = add_account(session, new, consortium=home)
                set_password(account, PASSWORD)
                if who == TWO_STEPS:
                    account.tf_totp_secret = new_secret()
                    new_codes(account)
    with served(database, "accounts") as site:
        yield site


def sign_in(page: Page, who: str, language: str) -> None:
    page.goto("/sign-in/")
    page.fill("main input[name=address]", address_of(who, language))
    page.fill("main input[name=password]", PASSWORD)
    page.press("main input[name=password]", "Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))


@each_turn
def test_every_page_of_accounts_is_for_everyone(
    look: Open, validate: Validate, accounts_site: str, case: Case, language: str
) -> None:
    documents: list[str] = []
    page = look("/accessibility/", language=language, who="", site=accounts_site, documents=documents)
    if case.who:
        sign_in(page, case.who, language)
    page.goto(case.path)
    if case.deed:
        case.deed(page)

    scheme: Any = "light" if language == "nb" else "dark"
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280 if language == "nb" else 360, "height": 900})
    if folder := os.environ.get("CONSORTIUM_SHOTS"):
        page.screenshot(path=f"{folder}/{case.name}-{language}.png", full_page=True)
    assert complaints_of_axe(page, case) == []
    assert page.locator("html").get_attribute("lang") == language
    for html in documents:
        assert validate(html) == []
        assert misplaced(Read(SimpleNamespace(text=html)))[1] == []  # type: ignore[arg-type]  # all that is read of an answer
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_page_of_accounts_is_looked_at(sqlite: Database) -> None:
    with sqlite.write() as session:
        found_consortium(session, operator("Olga Operatør"), key="tomt", name={"nb": "Tomt konsortium"})
    app = create_app(sqlite, settings=BY_PASSWORD, day=TODAY)

    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert {each for each in opened if each.startswith("account.")} == {case.endpoint for case in CASES} | ELSEWHERE

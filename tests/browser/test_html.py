"""Every page as it is written: by html-validate, in all languages, and with a canary in every text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.models import Database
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.admin.page import Page
from tests.browser.canaries import misplaced, plant
from tests.browser.conftest import Validate, with_example
from tests.browser.pages import CASES, NO_PAGES, WAYS, Case
from tests.browser.serving import AS, Believing

READ = tuple(case for case in CASES if not case.deed and case.state != "empty")

each_case = pytest.mark.parametrize("case", READ, ids=[case.name for case in READ])


@pytest.fixture(scope="session")
def canary_client(tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> Iterator[FlaskClient]:
    database: Database = with_example(tmp_path_factory.mktemp("canaries"), example_file)
    plant(database)
    yield create_app(database, settings=Settings(), keeper=Believing(), day=TODAY).test_client()
    database.engine.dispose()


def read(client: FlaskClient, case: Case, language: str) -> Page:
    client.set_cookie(AS, case.who)
    response = client.get(case.path, headers={"Accept-Language": language})
    expected = (
        {404}
        if not case.endpoint
        else {400}
        if case.state == "error"
        else {200, 404, 410}
        if case.state == "expired"
        else {200}
    )
    assert response.status_code in expected
    return Page(response)


@pytest.mark.parametrize("language", ["nb", "sv"])
@each_case
def test_every_page_is_valid_html(canary_client: FlaskClient, validate: Validate, case: Case, language: str) -> None:
    canary_client.set_cookie(AS, case.who)

    assert validate(canary_client.get(case.path, headers={"Accept-Language": language}).text) == []


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@each_case
def test_every_text_is_told_in_its_own_language(canary_client: FlaskClient, case: Case, language: str) -> None:
    page = read(canary_client, case, language)

    seen, wrong = misplaced(page)

    assert page.language == language
    assert wrong == []
    assert seen or not case.who or not case.endpoint, "there is no text on the page, not even the consortium's name"


def test_every_page_of_the_url_map_is_looked_at(canary_client: FlaskClient) -> None:
    app = canary_client.application
    rules = app.extensions["consortium-rules"]
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if (rule.endpoint, "GET") in rules}

    # where a change is taken back looks alike for all kinds of records: that of milestones stands for them
    alike = (".ajax_lookup", ".restore_view")
    opened = {
        each for each in opened - NO_PAGES - WAYS if not each.endswith(alike) or each == "milestones.restore_view"
    }
    assert opened - {case.endpoint for case in CASES} == set()
    assert {case.endpoint for case in CASES} - {""} <= opened

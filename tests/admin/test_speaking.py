"""The language of a page."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import consortium_admin
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _
from tests.admin.conftest import Read
from tests.admin.page import Page

PAGES = ("/sub-projects/", "/sub-projects/details/?id=DP-01", "/reports/", "/nowhere")


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_every_language(client: FlaskClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Accept-Language": language})
    page = Page(response)

    assert page.language == response.headers["Content-Language"] == language
    assert language in page.languages_of(_("Reports").say(language))


def switch(client: FlaskClient, language: str, **others: str) -> TestResponse:
    token = Page(client.get("/sub-projects/")).value_of("csrf_token")
    return client.post("/language/", data={"csrf_token": token, "language": language, **others})


@pytest.mark.parametrize("path", PAGES)
def test_every_page_offers_every_language_by_its_own_name(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))

    offered = {each.attributes["value"]: each.attributes for each in page.all("button") if "lang" in each.attributes}
    assert set(offered) == set(INTERFACE_LANGUAGES)
    assert all(attributes["lang"] == tag for tag, attributes in offered.items())
    assert page.languages_of("svenska") == {"sv"}


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    switch(client, "sv")

    assert Page(client.get("/sub-projects/", headers={"Accept-Language": "nb"})).language == "sv"


def test_a_change_of_language_leads_back_to_the_page_and_its_choice_of_records(client: FlaskClient) -> None:
    page = Page(client.get("/sub-projects/?state=at_risk&country=SE"))

    assert page.value_of("next") == "/sub-projects/?state=at_risk&country=SE"
    assert switch(client, "nn", next=page.value_of("next")).location == page.value_of("next")


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x", "x" * 9000]
)
def test_a_change_of_language_never_leads_away(client: FlaskClient, away: str) -> None:
    assert switch(client, "sv", next=away).location == "/"


def test_a_language_is_not_changed_from_elsewhere(client: FlaskClient) -> None:
    assert client.post("/language/", data={"language": "sv"}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("nn-NO", "nn"),
        ("no", "nb"),
        ("fi,nb;q=0.5", "nb"),
        ("de", "en"),
        ("sv;q=0,nb;q=0.1", "nb"),
        ("*", "en"),
        ("", "en"),
        (";;,=,\u00e5", "en"),
    ],
)
def test_else_the_browser_is_asked(client: FlaskClient, asked: str, language: str) -> None:
    assert Page(client.get("/sub-projects/", headers={"Accept-Language": asked})).language == language


@pytest.mark.parametrize("language", ["../../etc", "no", "SV", "", "sv\r\nX: y", "x" * 9000])
def test_a_language_that_is_none_of_ours_is_passed_over(client: FlaskClient, language: str) -> None:
    response = switch(client, language)

    assert response.status_code == 303
    assert "language=" not in response.headers.get("Set-Cookie", "")


def test_words_in_another_language_say_so(read: Read) -> None:
    page = read("/sub-projects/", lang="nb")

    assert page.languages_of("Ungas mottagning på fritidsgården") == {"sv"}
    assert page.languages_of("svenska") == {"sv"}
    assert page.languages_of("i rute") == {"nb"}


def test_the_words_of_templates_reach_the_catalogs() -> None:
    template = Path(consortium_admin.__file__).parent / "templates/admin/sub_projects/list_main.html"

    found = extract_from_file("jinja2", template, keywords={"_": None, "_n": (1, 2)})
    words = {message for _line, message, _comments, _context in found}

    assert {"Show all", "Status on {day}", ("{count} sub-project", "{count} sub-projects")} <= words

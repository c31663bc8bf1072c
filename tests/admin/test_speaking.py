"""The language of a page."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from flask.testing import FlaskClient

import consortium_admin
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _
from tests.admin.conftest import Read
from tests.admin.page import Page

PAGES = ("/sub-projects/", "/sub-projects/details/?id=DP-01", "/reports/status-summary/", "/nowhere")


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_every_language(client: FlaskClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Accept-Language": language})
    page = Page(response)

    assert page.language == response.headers["Content-Language"] == language
    assert language in page.languages_of(_("Reports").say(language))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_links_to_itself_in_every_language(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))

    linked = {
        each.attributes["hreflang"]: each.attributes for each in page.all("a") if "lang=" in each.attributes["href"]
    }
    assert set(linked) == set(INTERFACE_LANGUAGES)
    assert all(attributes["lang"] == tag for tag, attributes in linked.items())
    assert "svenska" in page.text


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    client.get("/sub-projects/?lang=sv")

    assert Page(client.get("/sub-projects/", headers={"Accept-Language": "nb"})).language == "sv"


def test_the_door_remembers_the_language_too(client: FlaskClient) -> None:
    assert Page(client.get("/?lang=nn", follow_redirects=True)).language == "nn"


def test_a_language_link_keeps_the_choice_of_records(read: Read) -> None:
    page = read("/sub-projects/", state="at_risk", country="SE")

    assert "?state=at_risk&country=SE&lang=sv" in page.links()


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


@pytest.mark.parametrize("lang", ["../../etc", "no", "SV", "", "sv\r\nX: y", "x" * 9000])
def test_a_language_that_is_none_of_ours_is_passed_over(client: FlaskClient, lang: str) -> None:
    response = client.get("/sub-projects/", query_string={"lang": lang}, headers={"Accept-Language": "nn"})

    assert Page(response).language == "nn"
    assert "Set-Cookie" not in response.headers


def test_words_in_another_language_say_so(read: Read) -> None:
    page = read("/sub-projects/", lang="nb")

    assert page.languages_of("Ungas mottagning på fritidsgården") == {"sv"}
    assert page.languages_of("svenska") == {"sv"}
    assert page.languages_of("i rute") == {"nb"}


def test_the_words_of_templates_reach_the_catalogs() -> None:
    template = Path(consortium_admin.__file__).parent / "templates/admin/sub_projects/list.html"

    found = extract_from_file("jinja2", template, keywords={"_": None, "_n": (1, 2)})
    words = {message for _line, message, _comments, _context in found}

    assert {"Show all", "Status on {day}", ("{count} sub-project", "{count} sub-projects")} <= words

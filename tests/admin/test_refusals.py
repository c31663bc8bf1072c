"""Pages that refuse, and addresses that are odd."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consortium.errors import DatabaseProblem, NotPermitted
from consortium.i18n.message import _
from consortium_admin.refusals import PAGES
from consortium_admin.visit import Visit
from tests.admin.page import Page

ODD = (
    {"page": "99999999999999999999"},
    {"page": "-1"},
    {"page": "²"},
    {"page": "1e9"},
    {"lang": "../../etc"},
    {"search": "x" * 100_000},
    {"id": "\x00"},
    {"id": "\ud800"},
    {"state": "' OR 1=1 --", "country": "\u202e"},
    {"page_size": "0", "sort": "-1", "desc": "x", "flt0_0": "x"},
    {"id": ["a", "b"], "page": ["1", "2"]},
)


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize(
    "path", ["/", "/sub-projects/", "/sub-projects/details/", "/reports/status-summary/", "/look/icon.svg", "/nowhere"]
)
def test_an_odd_address_is_no_fault_of_ours(client: FlaskClient, path: str, query: dict[str, str]) -> None:
    with client.get(path, query_string={name: _sendable(value) for name, value in query.items()}) as response:
        assert response.status_code < 500


def _sendable(value: str | list[str]) -> object:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


@pytest.mark.parametrize("query", ["%", "%ff%fe", "lang=%ff", "&&&==", "page=%00", "a" * 100_000])
def test_a_query_that_is_no_text_is_passed_over(client: FlaskClient, query: str) -> None:
    assert client.get(f"/sub-projects/?{query}").status_code == 200


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_a_missing_page_says_so_in_the_users_language(client: FlaskClient, language: str) -> None:
    response = client.get("/nowhere", headers={"Accept-Language": language})

    title, advice = PAGES[404]
    assert response.status_code == 404
    assert title.say(language) in Page(response).text
    assert advice.say(language) in Page(response).text


def test_a_fault_of_ours_is_told_without_its_inside(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_visit: Visit) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(Visit, "facts", property(fail))
    response = app.test_client().get("/sub-projects/")

    assert response.status_code == 500
    assert PAGES[500][0].say("en") in Page(response).text
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("fault", "code"), [(NotPermitted, 403), (DatabaseProblem, 503)])
def test_what_the_user_can_understand_is_told_in_its_own_words(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fault: type[NotPermitted], code: int
) -> None:
    def refuse(_visit: Visit) -> None:
        raise fault(_("Ask the staff of the consortium if you need it."))

    monkeypatch.setattr(Visit, "facts", property(refuse))
    response = app.test_client().get("/sub-projects/?lang=nb")

    assert response.status_code == code
    assert _("Ask the staff of the consortium if you need it.").say("nb") in Page(response).text


@pytest.mark.parametrize(
    "path", ["/sub-projects/", "/sub-projects/details/?id=DP-01", "/reports/status-summary/", "/nowhere"]
)
def test_no_page_has_a_script_or_a_style_of_its_own(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))

    assert not {"script", "style", "iframe", "object", "base"} & {each.tag for each in page.elements}
    names = {name for each in page.elements for name in each.attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}


@pytest.mark.parametrize(
    "path", ["/sub-projects/", "/sub-projects/details/?id=DP-01", "/reports/status-summary/", "/nowhere"]
)
def test_every_page_is_built_alike(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]

    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1
    assert len(ids) == len(set(ids))
    assert page.links()[0] == "#main"
    assert all(each.attributes.get("aria-label") or each.attributes.get("aria-labelledby") for each in page.all("nav"))

"""Pages that refuse, and addresses that are odd."""

import re
from functools import cached_property

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import Forbidden, InternalServerError, default_exceptions
from werkzeug.exceptions import NotFound as MissingPage

from consortium.errors import (
    Conflict,
    ConsortiumError,
    HumanWordsKept,
    ManyProblems,
    NotFound,
    NotPermitted,
    PeriodLocked,
    PluginProblem,
)
from consortium.i18n.message import _
from consortium_admin.refusals import PAGES, STALE
from consortium_admin.rules import anyone
from consortium_admin.visit import Visit
from consortium_admin.walls import RULES
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
    "path", ["/", "/sub-projects/", "/sub-projects/details/", "/reports/", "/look/icon.svg", "/nowhere"]
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


def failing(app: Flask, fault: Exception) -> FlaskClient:
    """Let a page fail in the middle of its work."""

    def fail() -> str:
        raise fault

    app.add_url_rule("/failing", "failing", fail)
    app.extensions[RULES][("failing", "GET")] = anyone
    return app.test_client()


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
@pytest.mark.parametrize("code", [code for code in PAGES if code != 403])
def test_every_refusal_says_what_is_wrong_and_what_to_do(app: Flask, code: int, language: str) -> None:
    response = failing(app, default_exceptions.get(code, InternalServerError)()).get(
        "/failing", headers={"Accept-Language": language}
    )

    title, advice = PAGES[code]
    page = Page(response)
    assert response.status_code == code
    assert page.language == language
    assert title.say(language) in page.text
    assert advice.say(language) in page.text


def test_what_one_may_not_see_looks_like_what_is_not_there(app: Flask) -> None:
    faults = (Forbidden(), MissingPage(), NotPermitted(_("Ola may not.")), NotFound(_("There is no “DP-07” here.")))
    app.add_url_rule("/failing/<int:number>", "failing", lambda number: _fail(faults, number))
    app.extensions[RULES][("failing", "GET")] = anyone
    answers = []
    for number in range(len(faults)):
        response = app.test_client().get(f"/failing/{number}")
        same = re.sub(rf'(name="csrf_token" value=")[^"]+|failing/{number}', r"\1", response.text)
        answers.append((response.status_code, same, len(response.headers)))

    assert answers[0][0] == 404
    assert len(set(answers)) == 1


def _fail(faults: tuple[Exception, ...], number: int) -> str:
    raise faults[number]


def test_a_fault_of_ours_is_told_without_its_inside(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    response = failing(app, RuntimeError("secret inside")).get("/failing")

    assert response.status_code == 500
    assert PAGES[500][0].say("en") in Page(response).text
    assert "secret" not in response.text + capsys.readouterr().err
    assert "Traceback" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("fault", "code"), [(PeriodLocked, 409), (Conflict, 409), (HumanWordsKept, 400), (PluginProblem, 500)]
)
def test_what_the_user_can_put_right_is_told_in_its_own_words(
    app: Flask, fault: type[ConsortiumError], code: int
) -> None:
    response = failing(app, fault(_("Choose another key."))).get("/failing", headers={"Accept-Language": "nb"})

    assert response.status_code == code
    assert _("Choose another key.").say("nb") in Page(response).text


def test_several_problems_are_told_one_by_one(app: Flask) -> None:
    fault = ManyProblems(_("Nothing was changed."), [_("Choose another key."), _("Choose from the list.")])

    page = Page(failing(app, fault).get("/failing"))

    assert {"Choose another key.", "Choose from the list."} <= {words for words, _language in page.words}


def test_where_the_database_fails_the_page_comes_without_asking_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_visit: Visit) -> None:
        raise OperationalError("SELECT secret", {}, Exception("secret"))

    monkeypatch.setattr(Visit, "visitor", cached_property(fail))
    vars(Visit)["visitor"].__set_name__(Visit, "visitor")
    response = app.test_client().get("/sub-projects/")

    assert response.status_code == 503
    assert PAGES[503][0].say("en") in Page(response).text
    assert "secret" not in response.text


def test_a_form_without_the_secret_of_the_visit_is_refused_in_words(client: FlaskClient) -> None:
    response = client.post("/language/", data={"language": "sv"})

    assert response.status_code == 400
    assert STALE[0].say("en") in Page(response).text


def test_too_much_at_once_is_refused_in_words(client: FlaskClient) -> None:
    response = client.post("/language/", data={"language": "x" * 5_000_000})

    assert response.status_code == 413
    assert PAGES[413][0].say("en") in Page(response).text


@pytest.mark.parametrize("path", ["/sub-projects/", "/sub-projects/details/?id=DP-01", "/reports/", "/nowhere"])
def test_no_page_has_a_script_or_a_style_of_its_own(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))

    assert not {"style", "iframe", "object", "base"} & {each.tag for each in page.elements}
    assert all(each.attributes.get("src", "").startswith("/look/") for each in page.all("script"))
    names = {name for each in page.elements for name in each.attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}


@pytest.mark.parametrize("path", ["/sub-projects/", "/sub-projects/details/?id=DP-01", "/reports/", "/nowhere"])
def test_every_page_is_built_alike(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path))
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]

    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1
    assert len(ids) == len(set(ids))
    assert page.links()[0] == "#main"
    assert all(each.attributes.get("aria-label") or each.attributes.get("aria-labelledby") for each in page.all("nav"))

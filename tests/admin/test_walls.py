"""The walls: hosts, methods, endpoints, headers."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from consortium.models import Database
from consortium_admin.look import FILES
from consortium_admin.walls import OPEN

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
PAGES = ("/sub-projects/", "/sub-projects/details/?id=DP-01", "/reports/status-summary/", "/nowhere")
WRITING = ("new/", "edit/?id=DP-01", "delete/", "action/", "export/csv/", "ajax/lookup/?name=x", "ajax/update/")


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def address(rule: Rule) -> str:
    values = dict.fromkeys(rule.arguments, "x")
    built = rule.build(values, append_unknown=False)
    assert built is not None
    return built[1]


def test_every_endpoint_is_opened_by_name_or_refused(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        allowed = {"GET", "HEAD"} if rule.endpoint in OPEN else set()
        for method in set(METHODS) - allowed:
            assert client.open(address(rule), method=method).status_code in {404, 405}, (rule, method)


def test_no_opened_endpoint_is_left_from_earlier(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app)} >= OPEN


def test_an_endpoint_that_nobody_opened_is_refused(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/planted", "planted", lambda: "secret")

    response = client.get("/planted")

    assert response.status_code == 404
    assert "secret" not in response.text


@pytest.mark.parametrize("route", WRITING)
@pytest.mark.parametrize("method", METHODS)
def test_the_routes_that_write_are_closed(client: FlaskClient, route: str, method: str) -> None:
    response = client.open(f"/sub-projects/{route}", method=method, data={"id": "DP-01", "title": "x"})

    assert response.status_code in {404, 405}


def test_trying_to_write_changes_nothing(client: FlaskClient, site: Database) -> None:
    file = Path(str(site.engine.url.database))
    before = file.read_bytes()

    for route in ("", *WRITING):
        client.post(f"/sub-projects/{route}", data={"id": "DP-01", "list_form_pk": "DP-01", "rowid": "DP-01"})

    assert file.read_bytes() == before


def test_what_is_not_reading_is_told_so(client: FlaskClient) -> None:
    response = client.delete("/sub-projects/")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["/admin/static/vendor/select2/select2.min.js", "/static/admin/x.css", "/nowhere/x"])
def test_flask_admins_own_files_are_on_no_address(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "LOCALHOST:9999", "[::1]:8080"])
def test_this_machines_own_names_are_let_in(client: FlaskClient, host: str) -> None:
    assert client.get("/sub-projects/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.", "localhost@evil.example", "evil example", "", "[::2]"],
)
def test_a_foreign_name_learns_nothing(client: FlaskClient, host: str) -> None:
    response = client.get("/sub-projects/", headers={"Host": host})

    assert response.status_code == 400
    assert "Kjølen" not in response.text
    assert "/sub-projects/" not in response.text


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_keeps_foreign_pages_scripts_and_caches_out(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers


@pytest.mark.parametrize("name", FILES)
def test_the_look_is_served_and_asked_for_anew_only_when_it_has_changed(client: FlaskClient, name: str) -> None:
    with client.get(f"/look/{name}") as first:
        assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    with client.get(f"/look/{name}", headers={"If-None-Match": first.headers["ETag"]}) as again:
        assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "app.py", "%00", "x" * 5000])
def test_nothing_else_lies_beside_the_look(client: FlaskClient, name: str) -> None:
    assert client.get(f"/look/{name}").status_code == 404

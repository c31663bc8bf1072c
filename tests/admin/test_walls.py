"""The walls: hosts, methods, endpoints, headers."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import default_exceptions
from werkzeug.routing import Rule

from consortium.models import Database
from consortium.services.policy import Role
from consortium.testing import TODAY, Make
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from consortium_admin.walls import rule_of
from tests.admin.keeping import Told, as_role
from tests.admin.sending import visitor

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
CLOSED = ("action/", "export/csv/", "ajax/lookup/?name=x", "ajax/update/")

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "report-uri": "/csp-reports",
    "report-to": "csp",
}


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def address(rule: Rule) -> str:
    values = {name: 1 if "Integer" in type(kind).__name__ else "x" for name, kind in rule._converters.items()}
    built = rule.build(values, append_unknown=False)
    assert built is not None
    return built[1]


def test_every_endpoint_of_a_view_has_a_rule_for_each_of_its_methods(app: Flask) -> None:
    known = app.extensions["consortium-rules"]
    served = {
        (rule.endpoint, method) for rule in rules(app) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert set(known) <= served, "a rule is left from earlier"
    assert {endpoint for endpoint, _method in served - set(known)} <= {"admin.static", "security.static"}


def test_no_method_is_let_in_that_a_browser_does_not_use(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            assert client.open(address(rule), method=method).status_code == 405, (rule, method)


def test_an_endpoint_that_nobody_opened_is_refused(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/planted", "planted", lambda: "secret")

    response = client.get("/planted")

    assert response.status_code == 404
    assert "secret" not in response.text


def test_whoever_has_not_signed_in_is_led_there_or_let_in_by_a_rule_for_anyone(site: Database) -> None:
    app = create_app(site, settings=Settings(), keeper=Told(), day=TODAY)
    client = app.test_client()

    for rule in (each for each in rules(app) if "GET" in (each.methods or ())):
        response = client.get(address(rule))
        is_open = rule_of_name(app, rule.endpoint) in {"anyone", "watcher"}
        assert is_open or response.location == "/sign-in" or response.status_code == 404, rule
        response.close()


def rule_of_name(app: Flask, endpoint: str) -> str:
    with app.app_context():
        return getattr(rule_of(endpoint, "GET"), "__name__", "")


@pytest.mark.parametrize("route", CLOSED)
@pytest.mark.parametrize("method", METHODS)
def test_the_routes_that_nobody_needs_are_closed(client: FlaskClient, route: str, method: str) -> None:
    response = client.open(f"/sub-projects/{route}", method=method, data={"id": "DP-01", "title": "x"})

    assert response.status_code in {404, 405}


def test_trying_to_write_without_the_secret_of_the_visit_changes_nothing(site: Database) -> None:
    app = create_app(site, settings=Settings(), keeper=as_role(Role.ADMINISTRATOR, 1), day=TODAY)
    client, file = app.test_client(), Path(str(site.engine.url.database))
    before = file.read_bytes()

    for rule in (each for each in rules(app) if "POST" in (each.methods or ())):
        client.post(address(rule), data={"id": "DP-01", "list_form_pk": "DP-01", "rowid": "DP-01"})

    assert file.read_bytes() == before


def test_what_no_browser_asks_is_told_what_it_may(client: FlaskClient) -> None:
    response = client.delete("/sub-projects/")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("path", ["/admin/static/vendor/select2/select2.min.js", "/static/admin/x.css", "/nowhere/x"])
def test_flask_admins_own_files_are_on_no_address(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/status/DP%00/", "/sent/DP%00/", "/pages/a%00/"])
def test_a_sign_that_no_database_need_know_is_looked_for_nowhere(make: Make, path: str) -> None:
    make.sub_project("DP")

    assert visitor(make).get(path).status_code == 404


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
    assert "Sivert" not in response.text
    assert "/sub-projects/" not in response.text


def test_every_answer_keeps_foreign_pages_scripts_and_caches_out(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        for method in ("GET", "POST", "DELETE"):
            with client.open(address(rule), method=method) as response:
                headers = response.headers
            policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
            assert policy == POLICY, rule
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
            assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "camera=()" in headers["Permissions-Policy"]
            assert headers["Cache-Control"] in {"no-store", "private, no-store"} or rule.endpoint == "look.file", rule
            assert "Server" not in headers


@pytest.mark.parametrize("code", [400, 404, 405, 413, 500])
def test_what_goes_wrong_has_the_same_walls(app: Flask, code: int) -> None:
    with app.test_request_context("/sub-projects/"):
        app.preprocess_request()
        response = app.process_response(app.make_response(app.handle_user_exception(default_exceptions[code]())))

    assert response.status_code == code
    assert {"Content-Security-Policy", "X-Content-Type-Options", "Permissions-Policy"} <= set(response.headers.keys())
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("is_tls_beneath", "told"), [(False, "max-age=63072000"), (True, "max-age=63072000; includeSubDomains")]
)
def test_names_beneath_ours_are_bound_to_tls_only_where_that_is_said(
    site: Database, told: str, *, is_tls_beneath: bool
) -> None:
    settings = Settings(secret="x" * 40, is_behind_tls=True, is_tls_beneath=is_tls_beneath)
    app = create_app(site, settings=settings, keeper=as_role(Role.AUDITOR, 1), day=TODAY)

    assert app.test_client().get("/sub-projects/").headers["Strict-Transport-Security"] == told


@pytest.mark.parametrize("is_behind_tls", [True, False])
def test_behind_tls_browsers_are_told_to_stay_there(site: Database, is_behind_tls: bool) -> None:
    settings = Settings(secret="x" * 40, is_behind_tls=is_behind_tls)
    app = create_app(site, settings=settings, keeper=as_role(Role.AUDITOR, 1), day=TODAY)

    response = app.test_client().get("/sub-projects/")

    assert ("Strict-Transport-Security" in response.headers) is is_behind_tls
    cookies = response.headers.getlist("Set-Cookie")
    assert cookies
    assert all(("Secure" in each and each.startswith("__Host-")) is is_behind_tls for each in cookies)
    assert all("HttpOnly" in each and "SameSite=Lax" in each for each in cookies)

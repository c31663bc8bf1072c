"""For whoever runs the admin: health, figures, the logbook, and what browsers have refused."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from consortium.models import Database
from consortium.services.policy import Role
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from consortium_admin.visit import Visit
from tests.admin.keeping import Told, as_person, as_role

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """Read the lines of the logbook since the last time."""
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def asked_by(site: Database, who: Told) -> FlaskClient:
    return create_app(site, settings=Settings(), keeper=who, day=TODAY).test_client()


def test_whoever_asks_is_told_that_the_admin_answers(site: Database) -> None:
    response = asked_by(site, Told()).get("/healthz")

    assert (response.status_code, response.text, response.mimetype) == (200, "ok\n", "text/plain")


def test_it_is_not_well_when_the_database_does_not_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_visit: Visit) -> None:
        raise OperationalError("SELECT secret", {}, Exception("secret"))

    monkeypatch.setattr(Visit, "session", property(fail))
    response = app.test_client().get("/healthz")

    assert (response.status_code, response.text) == (503, "not ok\n")


def test_answers_are_counted_by_endpoint_and_status_and_never_by_address(client: FlaskClient) -> None:
    client.get("/sub-projects/details/?id=DP-01")
    client.get("/nowhere-secret")
    client.open("/sub-projects/", method="SECRET")

    figures = client.get("/metrics").text

    assert 'consortium_requests_total{endpoint="sub_projects.details_view",method="GET",status="200"} 1.0' in figures
    assert 'consortium_requests_total{endpoint="none",method="GET",status="404"} 1.0' in figures
    assert 'consortium_request_seconds_count{endpoint="sub_projects.details_view"} 1.0' in figures
    assert "consortium_letters" in figures
    assert "secret" not in figures.lower()


@pytest.mark.parametrize(
    ("role", "address", "headers", "is_told"),
    [
        (Role.AUDITOR, "127.0.0.1", {}, True),
        (Role.AUDITOR, "::1", {}, True),
        (Role.AUDITOR, "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, False),
        (Role.AUDITOR, "192.0.2.7", {}, False),
        (Role.STAFF, "192.0.2.7", {}, False),
        (Role.ADMINISTRATOR, "192.0.2.7", {}, True),
        (Role.AUDITOR, "", {}, False),
    ],
)
def test_the_figures_are_for_this_machine_and_for_administrators(
    site: Database, role: Role, address: str, headers: dict[str, str], is_told: bool
) -> None:
    client = asked_by(site, as_role(role, 1))

    response = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert response.status_code == (200 if is_told else 404)


def test_a_request_is_a_line_of_json_that_names_the_visitor_by_number(site: Database, lines: Lines) -> None:
    visitor = as_person(site, "ragnhild-vindhei")
    client = asked_by(site, visitor)
    lines()

    client.get("/sub-projects/?state=at_risk")

    (line,) = lines()
    assert visitor.visitor is not None
    assert {name: line[name] for name in ("event", "method", "endpoint", "status", "visitor")} == {
        "event": "request",
        "method": "GET",
        "endpoint": "sub_projects.index_view",
        "status": 200,
        "visitor": f"person {visitor.visitor.person}",
    }
    assert float(str(line["ms"])) > 0


def test_the_logbook_holds_no_words_of_anybody(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.get("/sub-projects/?q=canary", headers={"Referer": "http://localhost/canary", "User-Agent": "canary"})
    client.get("/status/link/canary")
    client.post("/language/", data={"language": "canary", "password": "canary", "csrf_token": "canary"})

    written = capsys.readouterr().err
    assert written.count("\n") >= 3
    assert "canary" not in written
    assert "Sivert" not in written


def test_a_fault_is_written_down_with_its_kind_and_place_alone(app: Flask, lines: Lines) -> None:
    def fail() -> str:
        raise RuntimeError("canary")

    app.add_url_rule("/canary", "failing", fail)
    app.extensions["consortium-rules"][("failing", "GET")] = lambda _principal: True
    app.test_client().get("/canary")

    (fault,) = [line for line in lines() if line["event"] == "fault"]
    assert (fault["kind"], fault["endpoint"]) == ("RuntimeError", "failing")
    assert "test_ops.py" in str(fault["at"])
    assert "canary" not in json.dumps({name: value for name, value in fault.items() if name != "at"})


OLD = {"csp-report": {"document-uri": "http://localhost/sub-projects/?q=canary", "effective-directive": "script-src-elem",
                      "blocked-uri": "https://evil.example/canary.js"}}  # fmt: skip
NEW = [{"type": "csp-violation", "body": {"documentURL": "http://localhost/sub-projects/", "blockedURL": "inline",
                                          "effectiveDirective": "style-src-attr", "sample": "canary"}}]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "directive", "blocked"),
    [(OLD, "script-src-elem", "https://evil.example"), (NEW, "style-src-attr", "inline")],
)
def test_what_a_browser_refused_is_noted(
    client: FlaskClient, lines: Lines, report: object, directive: str, blocked: str
) -> None:
    lines()
    assert (
        client.post("/csp-reports", data=json.dumps(report), content_type="application/csp-report").status_code == 204
    )

    line = lines()[0]
    assert (line["directive"], line["blocked"], line["page"]) == (directive, blocked, "sub_projects.index_view")
    assert "canary" not in json.dumps(line)
    assert f'consortium_csp_reports_total{{directive="{directive}"}} 1.0' in client.get("/metrics").text


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"null", b"7", b"[[]]", b'{"csp-report": 7}', b'{"csp-report": {"document-uri": "http://["}}',
     b'{"csp-report": {"effective-directive": ["a"]}}', b'[{"body": {"blockedURL": "https://a:99999999/"}}]'],
)  # fmt: skip
def test_a_report_that_is_none_is_no_fault_of_ours(client: FlaskClient, body: bytes) -> None:
    assert client.post("/csp-reports", data=body).status_code == 204


def test_a_flood_of_reports_is_bounded(client: FlaskClient, lines: Lines) -> None:
    assert client.post("/csp-reports", data=b"x" * 20_000).status_code == 413
    lines()

    client.post("/csp-reports", data=json.dumps([{"body": {}}] * 500))

    assert len([line for line in lines() if line["event"] == "csp report"]) == 20

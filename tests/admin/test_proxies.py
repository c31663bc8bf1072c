"""Behind a proxy: real requests, through a real socket, to the server that people run."""

from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask, Response, request, url_for
from limits import parse
from waitress import wasyncore

from consortium.models import Database
from consortium.services.policy import Role
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.ending import serve_until
from consortium_admin.rules import anyone
from consortium_admin.server import open_server
from consortium_admin.settings import Settings
from consortium_admin.walls import RULES
from tests.admin.accounts.house import ADDRESS, House
from tests.admin.keeping import as_role

NAME = "vidda.example.org"
BY_PROXY = {"Host": NAME, "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}

#: waitress has no types
closing_all: Callable[..., None] = wasyncore.close_all

Ask = Callable[..., tuple[HTTPResponse, str]]
Serve = Callable[[Flask, Settings], Ask]


def public(proxies: int) -> Settings:
    """Set the admin up for others than this machine."""
    return Settings(secret="x" * 40, is_behind_tls=True, hosts=(NAME,), address=f"https://{NAME}", proxies=proxies)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve apps as ``consortium serve`` does, and ask them as a proxy would."""
    ended = Event()
    running: list[tuple[Any, Thread]] = []

    def begin(app: Flask, settings: Settings) -> Ask:
        server: Any = open_server(app, 0, settings)
        thread = Thread(target=serve_until, args=(ended, server))
        thread.start()
        running.append((server, thread))
        return lambda path, headers=BY_PROXY, body=None: ask(server.effective_port, path, headers, body)

    yield begin
    ended.set()
    for server, thread in running:
        server.pull_trigger()
        thread.join(timeout=60)
        closing_all(server._map)


def ask(port: int, path: str, headers: dict[str, str], body: dict[str, str] | None) -> tuple[HTTPResponse, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        line.request("POST" if body else "GET", path, urlencode(body) if body else None, {**headers, **sent})
        response = line.getresponse()
        return response, response.read().decode()


def site_of(site: Database, settings: Settings, role: Role = Role.AUDITOR) -> Flask:
    """Make an app that also tells where it believes that a request comes from, and how it was asked."""
    app = create_app(site, settings=settings, keeper=as_role(role, 1), day=TODAY)

    def place() -> Response:
        return Response(f"{request.remote_addr} {url_for('healthz', _external=True)}")

    app.add_url_rule("/place", "place", place)
    app.extensions[RULES]["place", "GET"] = anyone
    return app


@pytest.mark.parametrize(
    ("proxies", "told", "believed"),
    [
        (0, "192.0.2.7", "127.0.0.1"),
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "198.51.100.1, 192.0.2.7", "192.0.2.7"),
        (2, "198.51.100.1, 192.0.2.7, 192.0.2.9", "192.0.2.7"),
        (2, "192.0.2.7", "127.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_as_many_proxies_are_believed_as_there_are(
    site: Database, serve: Serve, proxies: int, told: str, believed: str
) -> None:
    settings = public(proxies)

    _response, words = serve(site_of(site, settings), settings)("/place", {**BY_PROXY, "X-Forwarded-For": told})

    assert words == f"{believed} https://{NAME}/healthz"


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X_Forwarded_For"])
def test_nothing_else_that_is_told_of_a_visitor_is_believed(site: Database, serve: Serve, header: str) -> None:
    settings = public(1)

    _response, words = serve(site_of(site, settings), settings)("/place", {**BY_PROXY, header: "evil.example"})

    assert words == f"192.0.2.7 https://{NAME}/healthz"


PLAIN = {"Host": "localhost"}


@pytest.mark.parametrize(
    ("proxies", "headers", "is_told"),
    [
        (1, PLAIN, True),
        (1, BY_PROXY, False),
        (1, {**BY_PROXY, "X-Forwarded-For": "127.0.0.1"}, False),
        (1, {"Host": NAME}, False),
        (0, PLAIN, False),
        (0, BY_PROXY, False),
        *((1, {**PLAIN, header: "127.0.0.1"}, False) for header in ("Forwarded", "X-Real-IP", "Via", "X-Forwarded-By")),
    ],
)
def test_the_figures_are_not_told_through_a_proxy(
    site: Database, serve: Serve, proxies: int, headers: dict[str, str], *, is_told: bool
) -> None:
    settings = public(proxies)

    response, _words = serve(site_of(site, settings), settings)("/metrics", headers)

    assert response.status == (200 if is_told else 404)


@pytest.mark.parametrize(("header", "status"), [("X-Forwarded-For", 404), ("Via", 404), ("X-Other", 200)])
def test_without_settings_the_figures_are_for_this_machine_and_not_passed_on(
    site: Database, serve: Serve, header: str, status: int
) -> None:
    settings = Settings()

    assert serve(site_of(site, settings), settings)("/metrics", {header: "192.0.2.7"})[0].status == status


def test_an_administrator_reads_the_figures_through_a_proxy(site: Database, serve: Serve) -> None:
    settings = public(0)

    assert serve(site_of(site, settings, Role.ADMINISTRATOR), settings)("/metrics")[0].status == 200


@pytest.mark.parametrize("told", ["https", "http", ""])
def test_whatever_a_proxy_says_one_is_led_to_https_alone(site: Database, serve: Serve, told: str) -> None:
    settings = public(1)
    headers = {**BY_PROXY, "X-Forwarded-Proto": told}

    response, _words = serve(site_of(site, settings), settings)("/sub-projects", headers)

    assert response.status in {301, 308}
    assert response.headers["Location"] in {"/sub-projects/", f"https://{NAME}/sub-projects/"}


def failed(serve_at: Ask, place: str) -> int:
    """Fail to sign in from a place, with the form that came from there."""
    headers = {**BY_PROXY, "X-Forwarded-For": place}
    page, words = serve_at("/sign-in/", headers)
    cookie = (page.headers["Set-Cookie"] or "").split(";")[0]
    token = words.split('csrf_token" value="')[1].split('"')[0]
    said = {"csrf_token": token, "address": f"{place}@example.org", "password": "elg rype tiur gaupe mus"}
    sent = {**headers, "Cookie": cookie, "Referer": f"https://{NAME}/sign-in/"}
    return serve_at("/sign-in/", sent, said)[0].status


def test_who_tries_too_often_does_not_shut_others_out(
    sqlite: Database, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consortium_admin.accounts.views.sign_in.BY_PLACE", parse("2 per hour"))
    settings = public(1)
    house = House(sqlite, settings)
    house.account(ADDRESS)
    asked = serve(house.app, settings)

    assert [failed(asked, "192.0.2.7") for _try in range(3)][-1] == 429
    assert failed(asked, "192.0.2.8") != 429


def test_signing_in_through_a_proxy_sets_cookies_that_are_bound_to_the_host(sqlite: Database, serve: Serve) -> None:
    settings = public(1)
    house = House(sqlite, settings)

    page, _words = serve(house.app, settings)("/sign-in/")

    cookies = page.headers.get_all("Set-Cookie") or []
    assert cookies
    assert all(each.startswith("__Host-") and "Secure" in each and "Domain" not in each for each in cookies)
    assert page.headers["Strict-Transport-Security"] == "max-age=63072000"

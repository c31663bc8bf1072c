"""The command ``serve``."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from consortium.cli.entry import run
from consortium.models import Database
from consortium_admin.server import LOOPBACK, PortTaken, open_server


@contextmanager
def served(database: Database, *more: str, lines: int = 0) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """Serve ``database`` in a process of its own; read the address that it prints, and so many lines before it."""
    code = "from consortium.cli import main; main()"
    command = [sys.executable, "-c", code, "--ui-language", "en", "--database", database.url, "serve", "--port", "0"]
    folder = Path(str(database.engine.url.database)).parent
    said = {**os.environ, "CONSORTIUM_MAIL_FOLDER": str(folder / "mail")}
    with subprocess.Popen([*command, *more], stdout=subprocess.PIPE, text=True, env=said) as process:  # noqa: S603  # our own program
        assert process.stdout
        before = [process.stdout.readline() for _line in range(lines)]
        line = process.stdout.readline()
        try:
            yield process, next(word.rstrip(",") for word in line.split() if word.startswith("http")), before
        finally:
            process.kill()


def signs_in(address: str, name: str, password: str) -> bool:
    """Sign in as a browser does, and tell whether that led to a page of one's own."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{address}sign-in/") as response:
        token = response.read().decode().split('csrf_token" value="')[1].split('"')[0]
    fields = urlencode({"address": name, "password": password, "csrf_token": token}).encode()
    try:
        with browser.open(f"{address}sign-in/", fields) as response:
            return "/sign-in/" not in response.url
    except HTTPError:
        return False


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_admin_answers_until_it_is_stopped_and_ends_cleanly(site: Database, end: signal.Signals) -> None:
    with served(site) as (process, address, _lines):
        with urlopen(address) as response:  # noqa: S310  # an address that we were given
            assert response.status == 200
        process.send_signal(end)
        assert process.wait(timeout=60) == 0
        assert process.stdout
        assert process.stdout.read() == "Stopped.\n"
    assert address.startswith("http://localhost:")


def test_no_other_address_is_listened_on_without_settings_that_protect(
    site: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--ui-language", "en", "--database", site.url, "serve", "--host", "192.0.2.1"]) == 1
    assert "CONSORTIUM_ADDRESS" in capsys.readouterr().err
    assert LOOPBACK == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "value"),
    [("CONSORTIUM_SECRET", "short"), ("CONSORTIUM_HOSTS", "*"), ("CONSORTIUM_ADDRESS", "http://vidda.example.org")],
)
def test_what_is_unsafe_does_not_start(
    site: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert run(["--ui-language", "en", "--database", site.url, "serve", "--port", "0"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_the_example_prints_an_account_for_each_role_and_each_opens(site: Database) -> None:
    with served(site, "--demo", "--as-of", "2026-06-15", lines=7) as (_process, address, lines):
        accounts = [line.split()[:2] for line in lines if "@" in line]
        assert len(accounts) == 6
        for name, password in accounts:
            assert signs_in(address, name, password), name
        assert not signs_in(address, accounts[0][0], "elg rype tiur gaupe ulv")


def test_the_accounts_of_the_example_are_not_for_others(
    site: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONSORTIUM_ADDRESS", "https://vidda.example.org")
    monkeypatch.setenv("CONSORTIUM_SECRET", "c3VwZXJsYW5nZS1sYW5nLXRpbGZlbGRpZw-0123456789")

    assert run(["--ui-language", "en", "--database", site.url, "serve", "--demo", "--port", "0"]) == 1
    assert "--demo" in capsys.readouterr().err


def test_a_taken_port_is_told(app: object) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken, pytest.raises(PortTaken, match="--port"):
        open_server(app, taken.getsockname()[1])  # type: ignore[arg-type]  # never called


def test_a_missing_database_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--database", f"sqlite:///{tmp_path}/none.sqlite", "serve", "--port", "0"]) == 3
    assert "consortium init" in capsys.readouterr().err


def test_a_database_without_a_consortium_is_told(sqlite: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--ui-language", "en", "--database", sqlite.url, "serve", "--port", "0"]) == 1
    assert "consortium import" in capsys.readouterr().err


def test_without_flask_the_command_says_what_to_install(
    site: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("consortium_admin.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "flask", None)

    assert run(["--ui-language", "en", "--database", site.url, "serve"]) == 1
    assert "consortium[admin]" in capsys.readouterr().err


def test_the_command_explains_itself_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--ui-language", "nb", "serve", "--help"]) == 0
    assert "--as-of" in capsys.readouterr().out

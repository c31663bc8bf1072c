"""The command ``serve``."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from consortium.cli.entry import run
from consortium.models import Database
from consortium_admin.server import LOOPBACK, PortTaken, open_server


@contextmanager
def served(database: Database) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve ``database`` in a process of its own, and read the address that it prints."""
    code = "from consortium.cli import main; main()"
    command = [sys.executable, "-c", code, "--ui-language", "en", "--database", database.url, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own program
        assert process.stdout
        line = process.stdout.readline()
        try:
            yield process, next(word.rstrip(",") for word in line.split() if word.startswith("http"))
        finally:
            process.kill()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_admin_answers_until_it_is_stopped_and_ends_cleanly(site: Database, end: signal.Signals) -> None:
    with served(site) as (process, address):
        with urlopen(address) as response:  # noqa: S310  # an address that we were given
            assert response.status == 200
        process.send_signal(end)
        assert process.wait(timeout=10) == 0
        assert process.stdout
        assert process.stdout.read() == "Stopped.\n"
    assert address.startswith("http://127.0.0.1:")


def test_no_other_address_can_be_asked_for() -> None:
    assert run(["serve", "--host", "192.0.2.1"]) == 2
    assert LOOPBACK == "127.0.0.1"


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

"""``consortium doctor``: it says what there is, what there is not, and what that means."""

import pytest

from consortium.i18n.message import _
from consortium.plugins.apart import walls
from tests.cli.conftest import Call


def test_a_machine_is_told_line_by_line(call: Call) -> None:
    call("init")

    answer = call("doctor")

    assert all(line.startswith(("ok: ", "look here: You are root", "Node ")) for line in answer.out.splitlines())
    assert [
        word
        for word in ("Python 3.", "SQLite 3.", "journal mode", "PDF files", "MB of memory", "ubblewrap")
        if word not in answer.out
    ] == []


def test_a_database_that_is_not_there_yet_is_not_made(call: Call) -> None:
    answer = call("doctor")

    assert "there is no database at" in answer.out
    assert "there is no database at" in call("doctor").out


def test_what_is_wrong_ends_with_a_code_of_its_own(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSORTIUM_GUESTS", "inside")

    answer = call("--database", "postgresql://nobody@127.0.0.1:1/none", "doctor")

    assert answer.code == 1
    assert "look here: The database at postgresql+psycopg://nobody@127.0.0.1:1/none is out of reach" in answer.out
    assert "look here: Plugins run inside Consortium" in answer.out


def test_without_bubblewrap_it_says_what_that_means(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "_tried", lambda: ("", _("not installed")))

    answer = call("doctor")

    assert "Bubblewrap is not used (not installed)" in answer.out
    assert "a plugin that means harm could read files, reach the network and start programs" in answer.out

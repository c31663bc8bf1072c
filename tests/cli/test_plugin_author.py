"""What authors call: ``plugin new`` and ``plugin preview``."""

import socket
from pathlib import Path

from tests.cli.conftest import Call


def test_a_new_plugin_is_written_and_its_author_told_what_comes_next(call: Call, tmp_path: Path) -> None:
    answer = call("plugin", "new", "fjell")

    assert (answer.code, answer.err) == (0, "")
    assert (tmp_path / "consortium-fjell" / "consortium_fjell" / "__init__.py").is_file()
    assert "The plugin is in consortium-fjell. Now:\n  pip install -e 'consortium-fjell[test]'\n" in answer.out


def test_a_plugin_can_lie_in_another_folder_and_be_about_a_country(call: Call, tmp_path: Path) -> None:
    assert call("plugin", "new", "kyst", "--folder", "deep/er", "--country", "se").code == 0
    assert "SE" in (tmp_path / "deep" / "er" / "consortium_kyst" / "__init__.py").read_text(encoding="utf-8")


def test_what_cannot_be_is_told_in_a_line(call: Call) -> None:
    answers = [call("plugin", "new", "Fjell!"), call("plugin", "new", "norway"), call("plugin", "preview", "fjellheim")]

    assert [answer.code for answer in answers] == [1, 1, 1]
    assert [answer.err.count("\n") for answer in answers] == [1, 1, 1]
    assert "“Fjell!” cannot be the name of a plugin." in answers[0].err


def test_a_port_that_is_taken_is_named(call: Call) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = call("plugin", "preview", "norway", "--port", port)

    assert answer.code == 1
    assert answer.err.startswith(f"Port {port} cannot be used: ")
    assert "Choose another one with --port." in answer.err

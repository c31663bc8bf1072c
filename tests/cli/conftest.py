"""The command line, called as a user calls it but in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from consortium.cli.entry import run
from consortium.plugin_log import plugin_log


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Answer]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call ``consortium`` in an empty folder, in English unless told."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plugin_log, "listeners", [])  # an admin that was made in this process listens on
    for name in ("CONSORTIUM_DATABASE_URL", "CONSORTIUM_UI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: object) -> Answer:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return command

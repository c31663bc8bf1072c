"""The streams of the command: any encoding, a reader who leaves, and Ctrl+C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from consortium.cli.entry import house
from tests.cli.conftest import Call

CONSORTIUM = (sys.executable, "-c", "from consortium.cli import main; main()")


@pytest.mark.parametrize("encoding", ["latin-1", "cp437"])
def test_a_terminal_that_lacks_a_sign_gets_another(tmp_path: Path, encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "", "LANG": "C"}
    done = subprocess.run((*CONSORTIUM, "--help"), cwd=tmp_path, env=environment, capture_output=True, check=True)  # noqa: S603  # our own

    assert b"?consortium init?" in b" ".join(done.stdout.split())
    assert done.stderr == b""


def test_a_reader_who_leaves_is_no_fault(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(  # noqa: S603  # our own
        (*CONSORTIUM, "plugin", "list"), cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (1, b"")


def test_whoever_interrupts_is_answered_in_one_word(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "invoke", lambda _context: signal.raise_signal(signal.SIGINT))

    answer = call("init")

    assert (answer.code, answer.err.strip()) == (1, "Stopped.")

"""A server that is asked to end finishes what was begun, in seconds."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from threading import Semaphore

import pytest

from tests.admin.slow_site import LONG

#: as many as are answered at once, and some more who wait
SERVED, WAITING = 8, 4

#: seconds after which a process that has not ended never will; how fast it ends is measured where nothing else runs
PATIENCE = 60


@contextmanager
def slow_site() -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Serve slow pages in a process of its own."""
    command = [sys.executable, "-m", "tests.admin.slow_site"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # ours
        assert process.stdout
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


def ask(port: int, is_sent: Semaphore) -> int:
    """Ask for a page, say so, and tell how long the answer was."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("POST", "/", b"form")
        is_sent.release()
        return len(line.getresponse().read())


@contextmanager
def asked(count: int) -> Iterator[tuple["subprocess.Popen[str]", list["Future[int]"]]]:
    """Let so many ask for slow pages, and wait until all have asked, and those that can be are begun."""
    with slow_site() as (process, port), ThreadPoolExecutor(count) as pool:
        is_sent = Semaphore(0)
        answers = [pool.submit(ask, port, is_sent) for _number in range(count)]
        for _number in range(count):
            is_sent.acquire()
        assert process.stdout
        for _number in range(min(count, SERVED)):
            assert process.stdout.readline() == "begun\n"
        yield process, answers


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_whoever_has_asked_gets_the_whole_answer(sign: signal.Signals) -> None:
    with asked(SERVED + WAITING) as (process, answers):
        process.send_signal(sign)
        let_go_on(process)

        assert [each.result() for each in answers] == [LONG] * (SERVED + WAITING)
        assert process.wait(PATIENCE) == 0


def let_go_on(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_whoever_never_ends_is_not_waited_for() -> None:
    with asked(1) as (process, (answer,)):
        process.send_signal(signal.SIGTERM)

        assert process.wait(PATIENCE) == 0
        assert isinstance(answer.exception(), ConnectionError | OSError)

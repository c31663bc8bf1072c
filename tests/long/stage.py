"""A stage on which commands are played and struck down: each in a process of its own that has imported everything.

A server forks them, so that a kill costs milliseconds and not the seconds of a start.
"""

import os
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.util import get_temp_dir
from pathlib import Path

from consortium import clock
from consortium.testing.databases import NOON

#: what the server has imported before it forks
PRELOADED = "tests.long.preloaded"

#: the exit code of a play that ended with a traceback
TRACEBACK = 70

#: seconds after which a play hangs
PATIENCE = 120

_contexts: list[BaseContext] = [get_context("fork")]


def use_server() -> None:
    """Fork from a server that has imported everything from now on, and not from this very process."""
    get_temp_dir()  # now, before somebody lets temporary files lie elsewhere for a while
    server = get_context("forkserver")
    server.set_forkserver_preload([PRELOADED])
    _contexts[:] = [server]


@dataclass(frozen=True)
class Play:
    """A command as it is typed, and what surrounds it.

    :ivar log: the file into which goes all that it says
    :ivar scene: what is played; the command itself unless told otherwise
    :ivar is_traced: tells whether it waits until somebody traces it
    :ivar most_bytes: how long a file may become; any length if 0
    """

    arguments: tuple[str, ...]
    log: Path
    moment: datetime = NOON
    environment: Mapping[str, str] = field(default_factory=dict)
    is_traced: bool = False
    most_bytes: int = 0
    scene: "Callable[[Play], int] | None" = None


@dataclass(frozen=True)
class End:
    """How a play ended.

    :ivar code: its exit code, negative for a signal
    :ivar work: seconds of the processor that it has taken, which do not depend on what else the machine does
    :ivar said: all that it said
    """

    code: int
    work: float
    said: str

    @property
    def is_killed(self) -> bool:
        """Tell whether it was struck down before its end."""
        return self.code < 0


def play(work: Play, *, kill_after: float | None = None, and_wait: float = 0) -> End:
    """Play ``work`` to its end, or strike it down after so many seconds of work, and as many more of waiting."""
    with begun(work) as (process, told):
        if kill_after is None:
            process.join(PATIENCE)
        else:
            _watch(process, kill_after)
            process.join(and_wait)
        process.kill()
        process.join()
        return End(process.exitcode or 0, _last(told), said_in(work))


def traced(work: Play, *options: str) -> tuple[End, list[str]]:
    """Play ``work`` under ``strace`` with ``options``; returns what that has seen, too."""
    seen = work.log.with_name("calls")
    seen.unlink(missing_ok=True)
    with begun(work) as (process, told):
        command = ["strace", "-f", "-q", "-y", "-s", "16", "-o", str(seen), *options, "-p", str(process.pid)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as tracer:  # noqa: S603  # ours
            process.join(PATIENCE)
            process.kill()
            process.join()
            tracer.wait(PATIENCE)
        return End(process.exitcode or 0, _last(told), said_in(work)), seen.read_text(errors="replace").splitlines()


def _watch(process: BaseProcess, work: float) -> None:
    """Wait until a process has worked for so many seconds, or has ended."""
    path, end = Path(f"/proc/{process.pid}/schedstat"), time.monotonic() + PATIENCE
    while process.is_alive() and time.monotonic() < end:
        try:
            if int(path.read_text().split()[0]) >= work * 1e9:
                return
        except (OSError, IndexError):
            return
        time.sleep(0.001)


def _last(told: Connection) -> float:
    """Read what a play has said of its work at its very end, if it came so far."""
    try:
        return float(told.recv()) if told.poll() else 0.0
    except EOFError:
        return 0.0


def said_in(work: Play) -> str:
    """Read what a play has said."""
    return work.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def begun(work: Play, scene: "Callable[[Play], int] | None" = None) -> Iterator[tuple[BaseProcess, Connection]]:
    """Start a play, and wait until it begins; it is over when the block is."""
    ours, theirs = _contexts[0].Pipe(duplex=False)
    process = _contexts[0].Process(  # type: ignore[attr-defined]  # every one has it
        target=_perform, args=(work, theirs, scene or work.scene or command_of), daemon=True
    )
    process.start()
    theirs.close()
    try:
        ours.recv()
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def command_of(work: Play) -> int:
    """Run the command of a play."""
    from consortium.cli.entry import main

    try:
        main(work.arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _perform(work: Play, ready: Connection, scene: Callable[[Play], int]) -> None:
    os.environ.update(work.environment)
    log = os.open(work.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # for the whole process
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115  # it stays open until the process ends
    if work.most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (work.most_bytes, work.most_bytes))
    ready.send(os.getpid())
    if work.is_traced:
        _wait_for_tracer()
    with clock.stopped_at(work.moment):
        code = _code_of(work, scene)
    ready.send(time.thread_time())
    os._exit(code)


def _code_of(work: Play, scene: Callable[[Play], int]) -> int:
    try:
        code = scene(work)
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        return TRACEBACK
    return code


def _wait_for_tracer() -> None:
    status = os.open("/proc/self/status", os.O_RDONLY)
    while b"TracerPid:\t0\n" in os.pread(status, 4096, 0):
        time.sleep(0.002)
    os.close(status)


def words(url: str, *more: str | Path) -> tuple[str, ...]:
    """Lay out a command on the database at ``url`` as it is typed."""
    return ("--ui-language", "en", "--database", url, *map(str, more))

"""Starts a guest's process, waits for it as long as it may take, and ends it with all that it has started."""

import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import IO, BinaryIO, cast

from consortium.plugins.apart.limits import Limits
from consortium.plugins.apart.lines import PIECE
from consortium.plugins.apart.task import Task
from consortium.plugins.apart.told import Told
from consortium.plugins.apart.walls import behind_walls
from consortium.scratch import scratch_folder

#: by this word in their environment we find processes that have left their group
MARK = "CONSORTIUM_APART"

#: bytes of what a process says before the guest is let in
LAST_WORDS = 2000


@dataclass(frozen=True)
class Ended:
    """How a guest's process ended, and what it had told by then.

    :ivar code: its exit code; below zero the signal that ended it; ``None`` where its time was over
    :ivar words: what it said in vain, if the guest had not even been let in
    """

    told: Told
    code: int | None
    words: str = ""


def run(task: Task, facts: IO[bytes] | None = None) -> Ended:
    """Do ``task`` in a process of its own.

    It gets neither our environment nor our open files but the facts, to read, and a pipe to tell in. It has a group, a
    folder and a session of its own, which all go with it.
    """
    told = cast("BinaryIO", tempfile.TemporaryFile(prefix="consortium-told-"))  # noqa: SIM115  # what is told keeps it
    path = tuple(os.path.abspath(place) for place in sys.path)  # noqa: PTH100  # an empty one means the working directory
    with (
        scratch_folder() as folder,
        tempfile.TemporaryFile() as words,
        _pipe() as (ours, theirs),
    ):
        home = str(folder)
        given = (facts.fileno() if facts else theirs.fileno(), theirs.fileno())
        process = _started(replace(task, files=given, path=path), home, words)
        theirs.close()
        with _no_longer(process, home):
            code = _listen(process, ours.fileno(), told, task.limits)
        words.seek(0)
        said = words.read(LAST_WORDS).decode("utf-8", "replace")
    return Ended(Told(told), code, said)


@contextmanager
def _pipe() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb", buffering=0) as hearing, os.fdopen(theirs, "wb", buffering=0) as telling:
        yield hearing, telling


def _started(task: Task, home: str, words: IO[bytes]) -> "subprocess.Popen[bytes]":
    ours = ["consortium", *(guest.package for guest in task.guests)]
    own = [sys.executable, "-s", "-P", "-m", "consortium.plugins.apart", task.write()]
    return subprocess.Popen(  # noqa: S603  # it is our own program
        behind_walls(own, home=home, packages=ours),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=words,
        env=environment(home),
        cwd=home,
        pass_fds=sorted({*task.files}),
        start_new_session=True,
    )


def environment(home: str) -> dict[str, str]:
    """Make the environment of a guest's process, in which nothing of ours stands."""
    plain = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": home, "TMPDIR": home, MARK: os.path.basename(home)}  # noqa: PTH119  # it is a name
    return {**plain, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def _listen(process: "subprocess.Popen[bytes]", pipe: int, told: BinaryIO, limits: Limits) -> int | None:
    """Keep what the process tells, until it ends, or its time is over, or it has told too much."""
    hearing = select.poll()  # other than select, it knows files of any number
    hearing.register(pipe, select.POLLIN)
    end = monotonic() + limits.seconds + limits.grace
    while (left := end - monotonic()) > 0 and told.tell() < limits.written:
        if not hearing.poll(1000 * min(left, 0.05)):
            if process.poll() is not None:  # one that it has started may keep the pipe open
                break
            continue
        piece = os.read(pipe, PIECE)
        if not piece:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, left))
            break
        told.write(piece)
    told.flush()
    return process.poll()


@contextmanager
def _no_longer(process: "subprocess.Popen[bytes]", home: str) -> Iterator[None]:
    """End a process and whatever it has started, be it in its group or not."""
    try:
        yield
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for _ in range(3):  # while we look, one may start another
            if not (strays := list(_strays(os.path.basename(home)))):  # noqa: PTH119  # it is a name
                break
            for number in strays:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(number, signal.SIGKILL)


def _strays(mark: str) -> Iterator[int]:
    """Find processes that have left their group: they still have their environment. Only Linux shows it."""
    word = f"{MARK}={mark}".encode()
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():  # noqa: PTH112, PTH208  # quicker than paths
        if name.isdecimal():
            with suppress(OSError), open(f"/proc/{name}/environ", "rb") as file:  # noqa: PTH123  # quicker than paths
                if word in file.read(4096).split(b"\0"):
                    yield int(name)

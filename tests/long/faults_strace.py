"""A fault at every system call, one after the other, until a command completes untouched: ``make test-faults``.

Each command is killed at, or refused, its first write, its second, and so on; likewise for the other calls by which files
are made. ``CONSORTIUM_POINTS`` says how many of each call are tried, evenly from the first to the last; all unless told.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.long import stage
from tests.long.grounds import sqlite_ground
from tests.long.plays import PIECES, Rehearsal, Tally
from tests.long.stage import End, traced

stage.use_server()

MOST = int(os.environ.get("CONSORTIUM_POINTS", "0"))

#: the calls by which files are written, kept, made and named
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "openat")

#: what happens at a call
FAULTS = {"KILL": "signal=KILL", "ENOSPC": "error=ENOSPC", "EIO": "error=EIO"}

#: what is played
NAMES = ("import", "save", "snapshot", "migration", "backup", "erase", "report.html", "report.xlsx")

#: exit codes of a command that was done, or says why it was not
PLAIN = frozenset({0, 1, 3})


@dataclass(frozen=True)
class Point:
    """A fault at the call of some number."""

    call: str
    fault: str
    number: int

    @property
    def options(self) -> tuple[str, ...]:
        """How ``strace`` is told of it."""
        inject = f"inject={self.call}:{FAULTS[self.fault]}:when={self.number}"
        return ("-e", f"trace={self.call}", "-e", inject)

    def __str__(self) -> str:
        """Name it."""
        return f"{self.fault} at {self.call} {self.number}"


@pytest.fixture(scope="session", autouse=True)
def _strace() -> None:
    """Say in one line what is missing."""
    if shutil.which("strace") is None:
        pytest.exit("strace is missing. Install it with: apt-get install strace", returncode=1)


@pytest.fixture
def rehearsal(name: str, tmp_path: Path) -> Iterator[Rehearsal]:
    """Rehearse a piece on a ground of its own."""
    with sqlite_ground(tmp_path, PIECES[name].fill) as ground:
        yield Rehearsal(PIECES[name], ground)


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_at_every_call_leaves_the_old_or_the_new(
    rehearsal: Rehearsal, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong: list[str] = []
    for call in CALLS:
        count = count_calls(rehearsal, call)
        for fault in FAULTS:
            tally = Tally()
            for number in numbers(count):
                if is_ours(call, fault):
                    strike_at(rehearsal, Point(call, fault, number), tally)
            told = f"{name}, {fault} at {call}: {tally.tried} of {count} points; {tally.old} old, {tally.new} new"
            with capsys.disabled():
                print(f"\n{told}, {len(tally.wrong)} wrong", flush=True)
            wrong += tally.wrong
    assert wrong == []


def is_ours(call: str, fault: str) -> bool:
    """Tell whether a fault is one of a disk: that a file of our own program cannot be opened is none."""
    return call != "openat" or fault == "KILL"


def count_calls(rehearsal: Rehearsal, call: str) -> int:
    """Count how often a call is made when nothing fails."""
    rehearsal.restore()
    end, seen = traced(rehearsal.work(is_traced=True), "-e", f"trace={call}")
    assert end.code == 0, end.said
    rehearsal.judge(end, Tally())
    return sum(f" {call}(" in line for line in seen)


def numbers(count: int, most: int = MOST) -> Iterator[int]:
    """Walk the numbers of the calls that are tried: all, or as many as are wanted, the first and the last among them."""
    few = min(count, most or count)
    yield from sorted({1 + round(each * (count - 1) / max(few - 1, 1)) for each in range(few)})


def strike_at(rehearsal: Rehearsal, point: Point, tally: Tally) -> End:
    """Let a call fail, and judge what is left."""
    rehearsal.restore()
    before = len(tally.wrong)
    end, seen = traced(rehearsal.work(is_traced=True), *point.options)
    if not end.is_killed and end.code not in PLAIN:
        tally.wrong.append(f"exit code {end.code}")
    if end.code in PLAIN - {0} and not end.said.strip():
        tally.wrong.append("it did not say why")
    rehearsal.judge(end, tally)
    if end.code == 0 and "plugin norway:" in end.said:
        del tally.wrong[before:]  # the report is whole but for the section of a plugin, and says so in its place
    where = next((line.strip() for line in seen if "INJECTED" in line), "")
    if "<pipe:[" in where or (rehearsal.piece.scene and "/log>" in where):
        del tally.wrong[before:]  # the runner's own words to us
    tally.wrong[before:] = [f"{point} ({where}): {each}" for each in tally.wrong[before:]]
    return end

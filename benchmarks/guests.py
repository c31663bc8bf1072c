"""``python -m benchmarks.guests``: what a guest's report costs beside a resident's, and what a thousand cost the server."""

import io
import os
import resource
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import click
from rich.console import Console
from rich.table import Table

from benchmarks.data import DAY, fill
from consortium.documents import Speech
from consortium.facts import Facts
from consortium.models import Database
from consortium.plugins import FrontDesk
from consortium.plugins.apart import walls
from consortium.plugins.apart.asking import kept
from consortium.plugins.telling import REPORTS, Asked, tell
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts
from consortium.services.policy import operator

#: sub-projects, and partners
SIZES = {50: 10, 2000: 100}

#: a guest's report may cost so many times a resident's, and so many seconds more
TIMES, MORE = 1.5, 0.5

#: MB by which the server may grow over all runs
GROWTH = 5.0


@click.command()
@click.option("--rounds", default=3, help="Rounds of each; the least counts.")
@click.option("--runs", default=0, help="Reports after which the server's memory is looked at again; 1000 take long.")
@click.option("--walls/--no-walls", "behind_walls", default=False, help="Behind bubblewrap, where it is installed.")
def main(rounds: int, runs: int, behind_walls: bool) -> None:
    """Measure both in one run, in turn; end with 1 where a bound is missed."""
    if not behind_walls:
        os.environ["CONSORTIUM_BUBBLEWRAP"] = "off"
    desk = FrontDesk(guests=[EntryPoint("benchmarks", "benchmarks.guest", "consortium")])
    table = Table("sub-projects", "resident CPU s", "guest CPU s", "bound", "resident s", "guest s", "walls")
    is_met = True
    with TemporaryDirectory() as folder:
        for size, partners in SIZES.items():
            facts = _facts(Path(folder), size, partners)
            pairs = [(_cost(desk, facts, "status-summary"), _cost(desk, facts, "guest-summary")) for _ in range(rounds)]
            own, guest = (min(pair[place][0] for pair in pairs) for place in (0, 1))
            waits = [min(pair[place][1] for pair in pairs) for place in (0, 1)]
            bound = TIMES * own + MORE
            is_met = is_met and guest <= bound
            shown = (f"{each:.2f}" for each in (own, guest, bound, *waits))
            table.add_row(str(size), *shown, walls.bubblewrap() if behind_walls else "–")
        Console().print(table)
        if runs:
            is_met = _grown(desk, _facts(Path(folder), 20, 5), runs) <= GROWTH and is_met
    sys.exit(0 if is_met else 1)


def _facts(folder: Path, size: int, partners: int) -> Facts:
    database = Database(f"sqlite:///{folder / str(size)}.sqlite").prepare()
    fill(database, sub_projects=size, partners=partners, updates=5)
    with database.read() as session:
        me = operator("Benchmark")
        facts = gather_facts(session, me, consortium=find_consortium(session, me), day=DAY)
    database.engine.dispose()
    return facts


def _cost(desk: FrontDesk, facts: Facts, key: str) -> tuple[float, float]:
    """Write a report in two languages as HTML; return the seconds of the processor, and those that went by."""
    kept.forget()
    before, begun = _processor(), perf_counter()
    document = tell(Asked(desk, REPORTS, desk.variant(key), facts, Speech(("nb", "sv"))))
    desk.writer("html").write(document, io.BytesIO())
    return _processor() - before, perf_counter() - begun


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _grown(desk: FrontDesk, facts: Facts, runs: int) -> float:
    """Let a guest tell again and again; return by how many MB this process has grown, once it had warmed up."""
    for _ in range(20):
        _cost(desk, facts, "guest-summary")
    before = _resident()
    for _ in range(runs):
        _cost(desk, facts, "guest-summary")
    grown = _resident() - before
    files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # quicker than paths
    Console().print(f"{runs} runs: {grown:+.1f} MB, bound {GROWTH:.0f} MB; {files} files open")
    return grown


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()

"""``python -m benchmarks report``: the status summary beside its limit; ends with 1 where a goal is missed."""

import json
import math
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from benchmarks.data import fill
from consortium.models import Database

#: sub-projects, partners and updates a sub-project: small, consortium, programme
SIZES = {20: (10, 5), 500: (50, 10), 10_000: (500, 10)}

#: the limit, the ladder up to HTML, and the other formats that are written piece by piece
JOBS = ("raw", "facts", "document", "html", "json", "xlsx")

#: the formats that hold a document whole
AT_ONCE = ("pdf", "docx", "odt", "md")

Cost = Mapping[str, float]


@dataclass(frozen=True)
class Goal:
    """A figure that was measured, and the bound it must keep."""

    name: str
    figure: float
    bound: float

    @property
    def is_met(self) -> bool:
        """Tell whether the figure is within its bound."""
        return self.figure <= self.bound


@click.command("report")
@click.option("--rounds", default=3, help="Rounds of each job; the median counts.")
def report(rounds: int) -> None:
    """Measure the status summary at three sizes, in turn with its limit, and show the ladder."""
    with TemporaryDirectory() as folder:
        paths = {size: _database(Path(folder), size) for size in SIZES}
        costs = {(job, size): [] for size in SIZES for job in JOBS}  # type: dict[tuple[str, int], list[Cost]]
        for _ in range(rounds):
            for (job, size), some in costs.items():
                some.append(_measure(job, paths[size]))
        for format_ in AT_ONCE:
            costs[format_, 500] = [_measure(format_, paths[500])]
    goals = _goals(costs)
    _show(costs, goals)
    sys.exit(0 if all(goal.is_met for goal in goals) else 1)


def _database(folder: Path, size: int) -> Path:
    path = folder / f"{size}.sqlite"
    partners, updates = SIZES[size]
    database = Database(f"sqlite:///{path}").prepare()
    fill(database, sub_projects=size, partners=partners, updates=updates)
    database.engine.dispose()
    return path


def _measure(job: str, path: Path) -> Cost:
    command = [sys.executable, "-m", "benchmarks.measure", job, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    cost: Cost = json.loads(done.stdout)
    return cost


def _goals(costs: Mapping[tuple[str, int], list[Cost]]) -> list[Goal]:
    small, middle, large = SIZES
    counts = {size: costs["html", size][0]["sql"] for size in SIZES}
    pairs = zip(costs["html", large], costs["raw", large], strict=True)
    growth = math.log(_median(costs["html", large], "cpu") / _median(costs["html", middle], "cpu")) / math.log(
        large / middle
    )
    return [
        Goal(f"queries at {small}, {middle} and {large} sub-projects: the most", max(counts.values()), 15),
        Goal("queries: the most less the fewest", max(counts.values()) - min(counts.values()), 0),
        Goal(
            f"HTML of {large} sub-projects, CPU, times raw",
            statistics.median(ours["cpu"] / raw["cpu"] for ours, raw in pairs),
            3,
        ),
        Goal(f"growth exponent of CPU, {middle} to {large}", growth, 1.05),
        Goal(f"HTML of {large} sub-projects, peak memory above imports, MB", _median(costs["html", large], "mb"), 40),
    ]


def _median(costs: list[Cost], name: str) -> float:
    return statistics.median(cost[name] for cost in costs)


def _show(costs: Mapping[tuple[str, int], list[Cost]], goals: list[Goal]) -> None:
    console = Console()
    ladder = Table("job", "sub-projects", "CPU s", "queries", "MB above imports", "file MB", title="What it costs")
    for (job, size), some in costs.items():
        figures = (
            f"{_median(some, 'cpu'):.2f}",
            f"{some[0]['sql']:.0f}",
            f"{_median(some, 'mb'):.0f}",
            f"{some[0]['bytes'] / 2**20:.1f}",
        )
        ladder.add_row(job, f"{size:,}", *figures)
    table = Table("goal", "figure", "bound", "", title="Goals")
    for goal in goals:
        table.add_row(goal.name, f"{goal.figure:.2f}", f"{goal.bound:g}", "met" if goal.is_met else "missed")
    console.print(ladder)
    console.print(table)

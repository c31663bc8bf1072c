"""``python -m benchmarks report``: the status summary beside its limit and its peers; ends with 1 where a goal is missed."""

import os
import sys

import click
from rich.console import Console
from rich.table import Table

from benchmarks.admin.command import WIDTH, goal_table
from benchmarks.admin.goals import Goal
from benchmarks.admin.keeping import postgresql_server
from benchmarks.report.agreeing import insist
from benchmarks.report.costs import LADDER, MANY, PAPER, ROUNDS, WHOLE, Costs, is_there
from benchmarks.report.databases import kept_postgresql, kept_sqlite


@click.command("report")
@click.option("--quick", "extent", flag_value="quick", default=True, help="10,000 sub-projects, on SQLite.")
@click.option("--full", "extent", flag_value="full", help="100,000 too, a million status updates, and PostgreSQL.")
@click.option(
    "--database", type=click.Choice(["sqlite", "postgresql", "both"]), default=None, help="Which; else as above."
)
@click.option("--rounds", default=3, help="Rounds of what is compared; the median of their ratios counts.")
def report(extent: str, database: str | None, rounds: int) -> None:
    """Measure the summary in turn with its limit and its peers, and show the ladder and all goals."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    database = database or ("both" if extent == "full" else "sqlite")
    sizes = (20, 500, 10_000, 100_000) if extent == "full" else (20, 500, 10_000)
    found: list[Goal] = []
    if database in {"sqlite", "both"}:
        costs = Costs({size: kept_sqlite(size) for size in sizes})
        found += _measured("SQLite", costs, rounds, console)
    if database in {"postgresql", "both"}:
        with postgresql_server() as server:
            costs = Costs({size: kept_postgresql(size, server) for size in sizes})
            found += _measured("PostgreSQL", costs, rounds, console)
    console.print(f"load of the machine: {os.getloadavg()}, {os.cpu_count()} cores; seconds of the processor")
    sys.exit(0 if all(goal.is_met for goal in found) else 1)


def _measured(name: str, costs: Costs, rounds: int, console: Console) -> list[Goal]:
    """Measure all jobs on one database: first what is compared, in turn, then once what shows where the time goes."""
    jobs = list(dict.fromkeys((*ROUNDS, *PAPER)))
    for missing in [each for each in jobs if not is_there(each)]:
        console.print(f"[bold]{missing} is skipped[/bold]: it is not installed")
        jobs.remove(missing)
    insist([each for each in ROUNDS if each in jobs], costs.urls[min(costs.urls)])
    for size in sorted(costs.urls)[1:]:
        own = ROUNDS if size >= MANY else PAPER
        for _ in range(rounds if size <= MANY else 1):
            for job in (each for each in own if each in jobs):
                costs.measure(job, size)
        for job in LADDER if size >= MANY else WHOLE:
            if job not in own and is_there(job):
                costs.measure(job, size)
    costs.measure("html", min(costs.urls))
    found = list(costs.goals())
    console.print(_ladder(name, costs))
    console.print(goal_table("Goals", found))
    return found


def _ladder(name: str, costs: Costs) -> Table:
    heads = ("job", "sub-projects", "CPU s", "times raw", "statements", "MB above what was loaded", "file MB")
    table = Table(*heads, title=f"{name}: what it costs")
    for job, size in costs.found:
        seconds = costs.median(job, size, "cpu")
        times = seconds / costs.median("raw", size, "cpu") if ("raw", size) in costs.found else 0
        figures = (f"{costs.median(job, size, what):,.{places}f}" for what, places in (("sql", 0), ("mb", 0)))
        file = costs.median(job, size, "bytes") / 2**20
        table.add_row(job, f"{size:,}", f"{seconds:.2f}", f"{times:.1f}" if times else "–", *figures, f"{file:.1f}")
    return table

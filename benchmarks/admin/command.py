"""``python -m benchmarks admin``: the admin beside its limit and its peers; ends with 1 where a goal is missed."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import click
from rich.console import Console
from rich.table import Table

from benchmarks.admin.case import case_of
from benchmarks.admin.filling import SIZES, Size
from benchmarks.admin.goals import Goal, goals, growth, ladder
from benchmarks.admin.keeping import kept_postgresql, kept_sqlite, postgresql_server
from benchmarks.admin.processes import DJANGO, FLOOR, OURS, RAW, STOCK, TUNED, Application
from benchmarks.admin.tables import copy_tables, kept_tables
from benchmarks.admin.timing import OWN, PAGES, Clock, Times, described, measure, write_at_once

PEERS = (RAW, FLOOR, OURS, TUNED, DJANGO, STOCK)

WRITERS = 8

#: width of the tables where nobody's terminal says it
WIDTH = 160


@click.command("admin")
@click.option("--quick", "extent", flag_value="quick", default=True, help="The size of a programme, on SQLite.")
@click.option("--full", "extent", flag_value="full", help="A million status updates too, and PostgreSQL.")
@click.option(
    "--database", type=click.Choice(["sqlite", "postgresql", "both"]), default=None, help="Which; else as above."
)
@click.option("--size", "named", type=click.Choice(list(SIZES)[1:]), multiple=True, help="Only these sizes.")
@click.option("--rounds", default=6, help="Rounds; the first one warms up, and the median of the others counts.")
@click.option("--times", default=5, help="How often each page is asked for in a round.")
@click.option(
    "--clock",
    type=click.Choice(["wall", "cpu"]),
    default="wall",
    help="cpu where the machine is busy; on SQLite alone.",
)
@click.option("--ladder", "is_ladder", is_flag=True, help="Show too what each part of the list costs.")
def admin(  # each option of the command is a parameter
    extent: str,
    database: str | None,
    named: tuple[str, ...],
    rounds: int,
    times: int,
    clock: Clock,
    is_ladder: bool,
) -> None:
    """Measure the pages of the admin in turn with its limit and its peers, and show all goals."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    sizes = [SIZES[name] for name in named or (("programme", "giant") if extent == "full" else ("programme",))]
    database = database or ("both" if extent == "full" else "sqlite")
    found: list[Goal] = []
    if database in {"sqlite", "both"}:
        found += _on("sqlite", sizes, console, rounds=rounds, times=times, clock=clock, is_ladder=is_ladder)
    if database in {"postgresql", "both"}:
        found += _on("postgresql", sizes, console, rounds=rounds, times=times, clock="wall", is_ladder=is_ladder)
    console.print(f"load of the machine: {os.getloadavg()}, {os.cpu_count()} cores; by the clock “{clock}”")
    sys.exit(0 if all(goal.is_met for goal in found) else 1)


def _on(
    kind: Literal["sqlite", "postgresql"],
    sizes: Sequence[Size],
    console: Console,
    *,
    rounds: int,
    times: int,
    clock: Clock,
    is_ladder: bool,
) -> list[Goal]:
    """Measure all sizes on one database, and show them."""
    found: list[Goal] = []
    known: dict[str, Times] = {}
    for size in sizes:
        is_server = kind == "postgresql"
        with _told(size, is_server=is_server) as told:
            there = list(_peers(size, console, is_server=is_server))
            measured = known[size.name] = _measured(size, told, there, rounds=rounds, times=times, clock=clock)
        own = list(goals(measured, is_postgresql=is_server, is_giant=size.name == "giant"))
        _show(console, f"{kind}, {described(size)}", measured, own)
        if is_ladder:
            console.print(_ladder(measured))
        found += own
    if {"programme", "giant"} <= known.keys():
        grown = list(growth(known["programme"], known["giant"]))
        console.print(goal_table(f"{kind}, growth", grown))
        found += grown
    return found


@contextmanager
def _told(size: Size, *, is_server: bool) -> Iterator[dict[str, Any]]:
    """Tell the applications where everything is; on PostgreSQL the server runs until the end of the block."""
    tables = kept_tables(size)
    if not is_server:
        url = kept_sqlite(size)
        yield {"url": url, "peers": str(tables), "case": case_of(url)}
        return
    with postgresql_server() as server:
        url = kept_postgresql(size, server)
        copy_tables(tables, url)
        yield {"url": url, "peers": url, "case": case_of(url)}


def _measured(
    size: Size, told: Mapping[str, Any], there: Sequence[Application], *, rounds: int, times: int, clock: Clock
) -> Times:
    found = measure(there, told, tables=str(kept_tables(size)), rounds=rounds, times=times, clock=clock)
    write_at_once([each for each in there if each in (RAW, OURS, DJANGO)], told, found, writers=WRITERS)
    return found


def _peers(size: Size, console: Console, *, is_server: bool) -> Iterator[Application]:
    """Walk the applications that are there, and will be done on the same day."""
    for each in PEERS:
        if each is STOCK and is_server and size.name == "giant":
            console.print(f"[bold]{each.name} is left out[/bold]: a search takes it minutes here")
        elif _is_there(each, console):
            yield each


def _is_there(application: Application, console: Console) -> bool:
    if not application.is_there:
        missing = ", ".join(application.needs)
        console.print(f"[bold]{application.name} is skipped[/bold]: {missing} is not installed in {application.python}")
    return application.is_there


def _show(console: Console, title: str, times: Times, found: Iterable[Goal]) -> None:
    names = list(dict.fromkeys(name for name, _page in times.seconds))
    pages = Table("page, ms", *names, "statements", title=title)
    for page in (*PAGES, *OWN):
        cells = [
            f"{times.median(name, page) * 1000:,.1f}" if times.seconds.get((name, page)) else "–" for name in names
        ]
        pages.add_row(page, *cells, str(times.statements.get(page, "–")))
    pages.add_row("memory, MB", *(f"{times.memory[name]:.0f}" for name in names), "")
    for label, per in (("forms kept a second, 8 writers", times.per_second), ("not kept", times.refused)):
        pages.add_row(label, *(f"{per[name]:,.1f}" if name in per else "–" for name in names), "")
    console.print(pages)
    console.print(goal_table("Goals", found))


def _ladder(times: Times) -> Table:
    table = Table("what the list is built of", "ms", "adds", title="Ladder")
    for said, cost, added in ladder(times):
        table.add_row(said, f"{cost * 1000:,.1f}", f"{added * 1000:,.1f}")
    return table


def goal_table(title: str, found: Iterable[Goal]) -> Table:
    """Set goals on a line each: the figure, its bound, and whether it is met."""
    table = Table("goal", "figure", "bound", "", title=title)
    for goal in found:
        figure = "–" if goal.figure is None else f"{goal.figure:.2f}"
        bound = f"{'at least' if goal.is_least else 'at most'} {goal.bound:g}"
        table.add_row(
            goal.name, figure, bound, "not measured" if goal.figure is None else "met" if goal.is_met else "missed"
        )
    return table

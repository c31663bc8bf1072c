"""The goals of the admin, each with its figure, its bound, and what the peers reach."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.admin.processes import DJANGO, FLOOR, OURS, RAW, TUNED
from benchmarks.admin.timing import Times

#: pages whose statements are bounded, beside those of the sign-in and the frame
SQL = {"list": 3, "rare": 4, "edit": 4, "save": 6}

#: MB that a worker may hold
MEMORY = 90


@dataclass(frozen=True)
class Goal:
    """A figure that was measured, and the bound it must keep; without a figure nobody could measure it."""

    name: str
    figure: float | None
    bound: float
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        """Tell whether the figure is within its bound, or there is none."""
        if self.figure is None:
            return True
        return self.figure >= self.bound if self.is_least else self.figure <= self.bound


def goals(times: Times, *, is_postgresql: bool = False, is_giant: bool = False) -> Iterator[Goal]:
    """Walk the goals for one size on one database."""
    ours, floor, raw = OURS.name, FLOOR.name, RAW.name
    yield Goal("list, times the floor", times.ratio((ours, "list"), (floor, "list")), 1.5)
    for peer in (TUNED.name, DJANGO.name):
        yield Goal(f"list, times faster than {peer}", times.ratio((peer, "list"), (ours, "list")), 6, is_least=True)
    yield Goal("middle page, times the first", times.ratio((ours, "middle"), (ours, "list")), 1.3)
    yield Goal(
        "middle page of readings, times the first", times.ratio((ours, "readings_middle"), (ours, "readings")), 1.3
    )
    for page in ("rare", "common", "two"):
        bound = 3 if is_postgresql else 2
        yield Goal(f"search, {page}, times the list", times.ratio((ours, page), (ours, "list")), bound)
        if is_giant:
            best = [times.ratio((peer, page), (ours, page)) for peer in (TUNED.name, DJANGO.name)]
            known = [each for each in best if each is not None]
            yield Goal(f"search, {page}, times faster than the best peer", min(known, default=None), 30, is_least=True)
    yield Goal("filter, times the list", times.ratio((ours, "filter"), (ours, "list")), 1.2)
    yield Goal("edit form, times raw", times.ratio((ours, "edit"), (raw, "edit")), 6)
    yield Goal("save, times raw", times.ratio((ours, "save"), (raw, "save")), 2)
    if DJANGO.name in times.per_second:
        gain = times.per_second[ours] / times.per_second[DJANGO.name]
        yield Goal("eight writers, forms kept a second, times Django", gain, 4, is_least=True)
    if ours in times.refused:
        yield Goal("eight writers, forms not kept", times.refused[ours], 0)
    for page, bound in SQL.items():
        yield Goal(f"statements of {page}", times.statements[page], bound)
    yield Goal("memory of the worker, MB", times.memory[ours], MEMORY)


#: what a page of the list is built of, each on what stands before it
LADDER = {
    "answer": "the application: an answer that asks the database only whether it is there",
    "empty": "a page without content: who asks, what they may do, the consortium, what stands around every page",
    "list": "the list, as it was written before: whether the history has gone on",
    "anew": "the list, when somebody has just changed something: counted, asked and written anew",
}


def ladder(times: Times) -> Iterator[tuple[str, float, float]]:
    """Walk what each part of the list costs: what it is, seconds, and how many of them it adds."""
    before = 0.0
    for page, said in LADDER.items():
        cost = times.median(OURS.name, page)
        yield said, cost, cost - before
        before = cost


def growth(small: Times, large: Times) -> Iterator[Goal]:
    """Walk the goals for growth: what a page costs at the larger size, times the smaller."""
    for name, page in large.seconds:
        if name == OURS.name and (name, page) in small.seconds:
            yield Goal(f"{page}, giant / programme", large.median(name, page) / small.median(name, page), 1.25)

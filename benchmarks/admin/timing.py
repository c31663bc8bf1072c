"""Times the applications in turn within each round, so that a moment in which the machine is busy strikes all of them."""

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

from benchmarks.admin.filling import Size
from benchmarks.admin.looking import insist
from benchmarks.admin.peer_ours import FRAME
from benchmarks.admin.processes import OURS, Application, Running

#: the pages that all applications have, and those that only ours has
PAGES = ("list", "middle", "rare", "common", "two", "filter", "edit", "save")
OWN = ("answer", "empty", "anew", "readings", "readings_middle", "record", "details", "tasks", "send")

#: who needs longer for a page is asked for it only once a round
PATIENCE = 1.5

#: seconds for which several write at once
WRITING = 5.0

#: forms that each of them keeps before that
WARM = 3

Clock = Literal["cpu", "wall"]


@dataclass
class Times:
    """What was measured: seconds by application and page, a figure a round; and what ours sent and held.

    :ivar statements: that ours sent for a page, without those of the sign-in and the frame
    :ivar per_second: forms kept a second by eight writers, by application; ``refused`` how many were not
    """

    seconds: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[str, int] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    per_second: dict[str, float] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def note(self, application: Application, page: str, answer: Mapping[str, Any]) -> None:
        """Note what an application holds, and what ours has sent."""
        self.memory[application.name] = answer["mb"]
        if application is OURS:
            self.statements[page] = sum(not any(own in sent for own in FRAME) for sent in answer["sql"])

    def median(self, name: str, page: str) -> float:
        """Return the median of all rounds, in seconds."""
        return statistics.median(self.seconds[name, page])

    def ratio(self, one: tuple[str, str], other: tuple[str, str]) -> float | None:
        """Return the median of the rounds' ratios; ``None`` where one of the two was not measured."""
        pairs = list(zip(self.seconds.get(one, ()), self.seconds.get(other, ()), strict=False))
        return statistics.median(mine / theirs for mine, theirs in pairs) if pairs else None


@contextmanager
def running(applications: Sequence[Application], told: Mapping[str, Any]) -> Iterator[list[Running]]:
    """Run the applications until the end of the block."""
    with ExitStack() as open_things:
        yield [open_things.enter_context(Running(each, told)) for each in applications]


def measure(
    applications: Sequence[Application], told: Mapping[str, Any], *, tables: str, rounds: int, times: int, clock: Clock
) -> Times:
    """Insist that all show the same as stands in the ``tables`` of the peers, then time them."""
    found, slow = Times(), set[tuple[str, str]]()
    with running(applications, told) as all_running:
        for each in all_running:
            insist(each, told["case"], tables)
        for number, page, each in product(range(rounds), (*PAGES, *OWN), all_running):
            place = each.application.name, page
            if page in PAGES or each.application is OURS:
                answer = each.ask(page, times=1 if number == 0 or place in slow else times)
                if answer["wall"][0] > PATIENCE:
                    slow.add(place)
                if number:  # the first round warms up
                    found.seconds[place].append(statistics.median(answer[clock]))
                found.note(each.application, page, answer)
    return found


def write_at_once(applications: Sequence[Application], told: Mapping[str, Any], times: Times, *, writers: int) -> None:
    """Let several of each application write at once, for some seconds, each in drafts of its own."""
    drafts = told["case"]["drafts"]
    for application in applications:
        with ExitStack() as open_things:
            all_running = [
                open_things.enter_context(
                    Running(application, {**told, "case": {**told["case"], "drafts": drafts[number::writers]}})
                )
                for number in range(writers)
            ]
            for each in all_running:  # who has only just begun would be measured by what it has to import
                each.ask("save", times=WARM)
            for each in all_running:
                each.tell("save", seconds=WRITING)
            answers = [each.hear() for each in all_running]
        times.per_second[application.name] = sum(answer["kept"] for answer in answers) / WRITING
        times.refused[application.name] = sum(answer["refused"] for answer in answers)


def described(size: Size) -> str:
    """Say how much there is."""
    return (
        f"{size.name}: {size.partners:,} partners, {size.sub_projects:,} sub-projects, {size.updates:,} status updates"
    )

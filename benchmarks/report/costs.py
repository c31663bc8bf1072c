"""What jobs cost, each in a process of its own, and the goals that they must keep."""

import json
import math
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.admin.goals import Goal
from benchmarks.admin.processes import PYTHON

Cost = Mapping[str, float]

#: what must be installed for a peer beside what we need ourselves
NEEDS = {"orm": "jinja2", "django": "django", "pandas": "pandas", "docxtpl": "docxtpl", "weasyprint": "weasyprint"}

_ROOT = Path(__file__).parents[2]


def is_there(job: str) -> bool:
    """Tell whether a job can be done here."""
    return (
        job not in NEEDS
        or not subprocess.run([PYTHON, "-c", f"import {NEEDS[job]}"], capture_output=True, check=False).returncode
    )


@dataclass
class Costs:
    """What each job cost on each size, round by round.

    :ivar found: seconds of the processor, statements, MB above what was loaded, bytes; by job and size
    """

    urls: Mapping[int, str]
    found: dict[tuple[str, int], list[Cost]] = field(default_factory=dict)

    def measure(self, job: str, size: int) -> None:
        """Do a job once more."""
        python = PYTHON if job in NEEDS else sys.executable
        command = [python, "-m", "benchmarks.report.worker", job, self.urls[size], self.urls[min(self.urls)]]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT)
        self.found.setdefault((job, size), []).append(json.loads(done.stdout))

    def median(self, job: str, size: int, what: str) -> float:
        """Return the median of the rounds."""
        return statistics.median(cost[what] for cost in self.found[job, size])

    def ratio(self, job: str, other: str, size: int) -> float | None:
        """Return how many times what ``other`` costs a job costs: the median of the rounds' own ratios."""
        pairs = zip(self.found.get((job, size), ()), self.found.get((other, size), ()), strict=False)
        ratios = [one["cpu"] / two["cpu"] for one, two in pairs]
        return statistics.median(ratios) if ratios else None

    def goals(self) -> Iterator[Goal]:
        """Walk the goals for what was measured."""
        sizes = sorted(size for job, size in self.found if job == "html")
        counts = [self.median("html", size, "sql") for size in sizes]
        yield Goal("statements of a report, the most", max(counts), 15)
        yield Goal("statements: the most less the fewest", max(counts) - min(counts), 0)
        for size in (size for size in self.urls if ("short-html", size) in self.found and size > min(self.urls)):
            yield from self._of_size(size)
        for job in ("short-html", "html"):
            known = [size for size in sorted(self.urls)[1:] if (job, size) in self.found]
            for small, large in pairwise(known):
                grown = math.log(self.median(job, large, "cpu") / self.median(job, small, "cpu"))
                yield Goal(f"{job}: growth exponent, {small:,} to {large:,}", grown / math.log(large / small), 1.05)

    def _of_size(self, size: int) -> Iterator[Goal]:
        at = f"{size:,} sub-projects"
        if size >= MANY:
            yield Goal(f"short HTML of {at}, times raw", self.ratio("short-html", "raw", size), 3)
            for peer, bound in (("orm", 2.5), ("django", 5)):
                faster = self.ratio(peer, "short-html", size)
                yield Goal(f"short HTML of {at}, times faster than {peer}", faster, bound, is_least=True)
        else:
            yield Goal(f"short PDF of {at}, times typst", self.ratio("short-pdf", "typst", size), 1.3)
            faster = self.ratio("weasyprint", "short-pdf", size)
            yield Goal(f"short PDF of {at}, times faster than weasyprint", faster, 15, is_least=True)
            yield Goal(f"short DOCX of {at}, times docxtpl", self.ratio("short-docx", "docxtpl", size), 1)
        yield Goal(f"short XLSX of {at}, times xlsxwriter", self.ratio("short-xlsx", "xlsxwriter", size), 1)
        for job in ("html", "xlsx"):
            if (job, size) in self.found:
                yield Goal(f"{job} of {at}, MB above what was loaded", self.median(job, size, "mb"), 40)


#: from so many sub-projects on a report is not read from cover to cover: it is compared as HTML, and below that as paper
MANY = 10_000

#: what is done on many sub-projects in each round, and what once; and the same on few
ROUNDS = ("raw", "short-html", "orm", "django", "pandas")
LADDER = ("short-facts", "short-document", "xlsxwriter", "short-xlsx", "facts", "document", "html", "json", "xlsx")
PAPER = ("typst", "short-pdf", "weasyprint", "docxtpl", "short-docx", "xlsxwriter", "short-xlsx")
WHOLE = ("raw", "short-html", "html", "pdf", "docx", "odt", "md", "xlsx")

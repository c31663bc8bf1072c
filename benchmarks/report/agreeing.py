"""Insists that all who write the report say the same before anybody is timed."""

import re
import subprocess
import sys
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.admin.looking import Differs
from benchmarks.admin.processes import PYTHON
from benchmarks.report.costs import NEEDS

_WRITE = """
import sys
from pathlib import Path
from benchmarks.report.worker import job_of
job_of(sys.argv[1])(sys.argv[2], Path(sys.argv[3]))
"""

_TAG = re.compile("<[^>]*>")


def insist(jobs: Iterable[str], url: str) -> None:
    """Let all write the report of a small database: peers byte by byte the raw page, we all its words in its order.

    :raises Differs: if one of them leaves something out
    """
    with TemporaryDirectory() as folder:
        pages = {job: _page(job, url, Path(folder) / f"{job}.html") for job in dict.fromkeys(("raw", *jobs))}
    for job, page in pages.items():
        if job in NEEDS and page != pages["raw"]:
            raise Differs(f"The page of {job} is another one than the raw page.")
        if job not in NEEDS and (words := lacking(pages["raw"], page)):
            raise Differs(f"{words!r} is missing on the page of {job}.")


def _page(job: str, url: str, path: Path) -> str:
    python = PYTHON if job in NEEDS else sys.executable
    subprocess.run([python, "-c", _WRITE, job, url, str(path)], check=True, cwd=Path(__file__).parents[2])
    return path.read_text(encoding="utf-8")


def lacking(raw: str, page: str) -> str:
    """Find the first sentences of the raw page, sub-project by sub-project, that do not follow on the other one."""
    said, place = " ".join(unescape(_TAG.sub(" ", page)).split()), 0
    for words in (part for each in re.findall("<p>([^<]*)", raw) for part in unescape(each).split(" | ")):
        place = said.find(words, place)
        if place < 0:
            return words
    return ""

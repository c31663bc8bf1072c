"""Runs one application in a process of its own and asks it for pages; it knows only the standard library.

Lines of JSON come in and go out: ``{"job": …, "times": …}`` asks for costs, ``{"job": …}`` alone for the page itself.
"""

import importlib
import itertools
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Protocol

#: asks for one page, and gives back its status and what it says
Ask = Callable[[], tuple[int, str]]


class Peer(Protocol):
    """An application that shows the pages of the benchmark."""

    def prepare(self, job: str) -> Ask:
        """Make ready what a visitor has before them, such as the form that is then sent."""

    def count(self) -> list[str]:
        """Return the statements that were sent since the last time this was asked, where they are known."""


def newest_sqlite() -> Any:
    """Choose the same SQLite for all: the one from the wheel where there is one."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


class Form(HTMLParser):
    """The fields of a form as a browser would send them; of several forms, the one with the most."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = [{}]
        self._open = ""
        self._select = ""
        self.feed(page)
        self.fields = max(self.forms, key=len)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a field says."""
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and own.get("name") and own.get("type") not in {"submit", "file"}:
            is_off = own.get("type") in {"radio", "checkbox"} and "checked" not in own
            if not is_off:
                self.forms[-1][own["name"]] = own.get("value", "on")
        elif tag == "textarea" and own.get("name"):
            self._open = own["name"]
            self.forms[-1][self._open] = ""
        elif tag == "select" and own.get("name"):
            self._select = own["name"]
        elif tag == "option" and self._select and "selected" in own:
            self.forms[-1][self._select] = own.get("value", "")

    def handle_data(self, data: str) -> None:
        """Note what stands in a box."""
        if self._open:
            self.forms[-1][self._open] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a box, without the line end with which it begins."""
        if tag == "textarea" and self._open:
            said = self.forms[-1][self._open].replace("\r\n", "\n")
            self.forms[-1][self._open] = said.removeprefix("\n")
            self._open = ""
        elif tag == "select":
            self._select = ""


def turns() -> Iterator[int]:
    """Count from a number that no earlier run has counted to, so that nothing is saved that is there already."""
    return itertools.count(int(time.time()) * 1000)


def draft_of(drafts: Sequence[dict[str, Any]], turn: int) -> dict[str, Any]:
    """Choose the draft that is written in; never the first, of which all must show the same words."""
    others = drafts[1:] or drafts
    return others[turn % len(others)]


def measure(peer: Peer, job: str, times: int) -> dict[str, Any]:
    """Ask for a page some times, and tell what each cost: seconds by the clock and of the processor, and statements."""
    waits, costs, statements, status = [], [], [], 0
    for _ in range(times):
        ask = peer.prepare(job)
        peer.count()
        start, begun = time.perf_counter(), time.process_time()
        status, _page = ask()
        costs.append(time.process_time() - begun)
        waits.append(time.perf_counter() - start)
        statements = peer.count()
    return {"status": status, "wall": waits, "cpu": costs, "sql": statements}


def write(peer: Peer, job: str, seconds: float) -> dict[str, Any]:
    """Keep forms for some seconds, and tell how many were kept and how many were not."""
    kept = refused = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        try:
            status, _page = peer.prepare(job)()
        except Exception:  # whatever the application fails with, the form was not kept
            status = 500
        kept, refused = (kept + 1, refused) if status in {302, 303} else (kept, refused + 1)
    return {"kept": kept, "refused": refused}


def _held() -> float:
    """Tell the most memory that this process has held, in MB; what its parent held before it was begun does not count."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _begin_again() -> None:
    """Forget the most memory that was held: a password that is made while an application is set up costs 64 MB, once."""
    place = Path("/proc/self/clear_refs")
    if place.exists():
        place.write_text("5", encoding="ascii")


def main(module: str, told: str) -> None:
    """Serve until the input ends."""
    peer: Peer = importlib.import_module(f"benchmarks.admin.{module}").open_peer(**json.loads(told))
    _begin_again()
    sys.stdout.write('"ready"\n')
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        if "times" in asked:
            answer = measure(peer, asked["job"], asked["times"])
        elif "seconds" in asked:
            answer = write(peer, asked["job"], asked["seconds"])
        else:
            status, page = peer.prepare(asked["job"])()
            answer = {"status": status, "page": page, "sql": peer.count()}
        answer["mb"] = _held()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

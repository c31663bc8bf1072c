"""Mutants of every guard: each use of ``may``, ``demand`` and ``visible`` is taken away once, and a test must notice.

python -m tests.long.guards [--only=consortium/services/history.py,…] tests/services tests/admin/…

In one session of pytest: first all tests run as they are, while it is noted which of them come by which guard; then each
guard is switched off where it stands, and the tests that came by it run, the quickest first, until one fails.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from sqlalchemy import true

from consortium.models.recording import sign
from consortium.services import policy

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("consortium/services", "consortium/jobs", "admin/consortium_admin")
NAMES = ("may", "demand", "visible", "roles_for")

#: a guard: its file, and the line and the column of the call
Guard = tuple[str, int, int]


def guards() -> Iterator[tuple[Guard, str]]:
    """Walk the guards of the house, and what each says."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.name == "policy.py":
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
                    yield (str(path), node.lineno, node.col_offset), ast.unparse(node)


class Switch:
    """Stands in the place of the guards, knows who calls, and lets everybody through at one of them."""

    def __init__(self) -> None:
        self.off: Guard | None = None
        self.met: set[Guard] = set()
        self.places: dict[tuple[Any, int], Guard] = {}

    def where(self) -> Guard:
        """Tell at which guard we are."""
        frame = sys._getframe(2)
        name = (frame.f_code, frame.f_lasti)
        if name not in self.places:
            line, _end, column, _last = list(frame.f_code.co_positions())[frame.f_lasti // 2]
            self.places[name] = (frame.f_code.co_filename, line or 0, column or 0)
        place = self.places[name]
        self.met.add(place)
        return place

    def put_in(self) -> None:
        """Stand in the place of each guard wherever it was imported."""
        real = {name: getattr(policy, name) for name in NAMES}
        instead: dict[str, Callable[..., Any]] = {name: self._instead(name, real[name]) for name in NAMES}
        for module in list(sys.modules.values()):
            file = str(getattr(module, "__file__", "") or "")
            if file.startswith(str(ROOT)) and not file.endswith("policy.py"):
                for name in NAMES:
                    if module.__dict__.get(name) is real[name]:
                        setattr(module, name, instead[name])

    def _instead(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        open_ones: dict[str, Callable[..., Any]] = {
            "may": lambda *_given: True,
            "demand": lambda session, principal, *_others: sign(session, principal.name),
            "visible": lambda *_given: true(),
            "roles_for": lambda *_given: frozenset(policy.Role),
        }

        def guard(*given: Any) -> Any:
            return (open_ones[name] if self.where() == self.off else real)(*given)

        return guard


class Mutants:
    """A plugin of pytest that runs the tests once, and then again for each mutant."""

    def __init__(self, only: Set[str] = frozenset()) -> None:
        self.only = only
        self.switch = Switch()
        self.by: dict[Guard, list[tuple[float, Any]]] = defaultdict(list)
        self.survivors: list[str] = []
        self.killed = 0
        self.unmet = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests as they are, then those that meet each guard without it."""
        self.switch.put_in()
        for item in session.items:
            self.switch.met.clear()
            took, is_red = self._run(item)
            if is_red:
                print("red without any mutant, left out:", item.nodeid, flush=True)
                continue
            for guard in self.switch.met:
                self.by[guard].append((took, item))
        print(f"{len(session.items)} tests meet {len(self.by)} guards", flush=True)
        for guard, told in guards():
            name = str(Path(guard[0]).relative_to(ROOT))
            if name in (self.only or {name}):
                self._try(guard, told)
        session._setupstate.teardown_exact(None)
        print(f"{self.killed} killed, {len(self.survivors)} survived, {self.unmet} of them met by no test")
        print("\n".join(self.survivors), flush=True)
        return True

    def _try(self, guard: Guard, told: str) -> None:
        self.switch.off = guard
        own = sorted(self.by.get(guard, ()), key=lambda each: each[0])
        is_killed = any(self._run(item)[1] for _took, item in own)
        self.switch.off = None
        if is_killed:
            self.killed += 1
            return
        self.unmet += not own
        self.survivors.append(f"{Path(guard[0]).relative_to(ROOT)}:{guard[1]}: {told} ({len(own)} tests)")
        print("survived:", self.survivors[-1], flush=True)

    def _run(self, item: Any) -> tuple[float, bool]:
        """Run a test; keep what its module and its package have set up."""
        here = SimpleNamespace(listchain=lambda: item.listchain()[:-1])
        item.session._setupstate.teardown_exact(here)
        item._initrequest()
        reports = runtestprotocol(item, log=False, nextitem=here)  # type: ignore[arg-type]  # of it, only this is asked
        return sum(each.duration for each in reports), any(each.failed for each in reports)


if __name__ == "__main__":
    asked = [each.removeprefix("--only=").split(",") for each in sys.argv[1:] if each.startswith("--only=")]
    plugin = Mutants(only={name for names in asked for name in names})
    pytest.main(
        [
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-k",
            "not postgresql",
            "-W",
            "ignore:Module already",
            *(each for each in sys.argv[1:] if not each.startswith("--only=")),
        ],
        plugins=[plugin],
    )
    sys.exit(bool(plugin.survivors))

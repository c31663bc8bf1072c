"""The applications, each in a process of its own, asked through its standard input."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

#: the interpreter in which the peers are installed, where that is not ours
PYTHON = os.environ.get("CONSORTIUM_BENCHMARKS_PYTHON", sys.executable)

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Application:
    """An application that is compared.

    :ivar module: where its code is; ``options`` say in which form
    :ivar needs: what must be installed for it beside what we need ourselves
    """

    name: str
    module: str
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()

    @property
    def python(self) -> str:
        """The interpreter that it runs in."""
        return PYTHON if self.needs else sys.executable

    @property
    def is_there(self) -> bool:
        """Tell whether it is installed."""
        code = f"import {', '.join(self.needs)}"
        return (
            not self.needs or not subprocess.run([self.python, "-c", code], capture_output=True, check=False).returncode
        )


OURS = Application("ours", "peer_ours")
RAW = Application("raw", "peer_raw")
FLOOR = Application("floor", "peer_raw", {"is_floor": True})
TUNED = Application("Flask-Admin, tuned", "peer_flask_admin", {"is_tuned": True}, ("flask_admin.contrib.sqla",))
DJANGO = Application("Django admin", "peer_django", needs=("django", "modeltranslation"))
STOCK = Application("Flask-Admin, stock", "peer_flask_admin", {"is_tuned": False}, ("flask_admin.contrib.sqla",))


class Running:
    """An application that runs, until it is left."""

    def __init__(self, application: Application, told: Mapping[str, Any]) -> None:
        options = {**told, **application.options}
        if application.module == OURS.module:
            options.pop("peers", None)
        command = [application.python, "-m", "benchmarks.admin.worker", application.module, json.dumps(options)]
        self.application, self._command = application, command
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=_ROOT
        )
        self._into, self._from = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)
        self._answer()

    def ask(self, job: str, **asked: Any) -> dict[str, Any]:
        """Ask for something, and wait for the answer."""
        self.tell(job, **asked)
        return self.hear()

    def tell(self, job: str, **asked: Any) -> None:
        """Ask for something."""
        self._into.write(json.dumps({"job": job, **asked}) + "\n")
        self._into.flush()

    def hear(self) -> dict[str, Any]:
        """Wait for the answer."""
        found: dict[str, Any] = self._answer()
        return found

    def _answer(self) -> Any:
        line = self._from.readline()
        if not line:
            raise RuntimeError(f"{self.application.name} has stopped; run it by hand to see why: {self._command!r}")
        return json.loads(line)

    def __enter__(self) -> "Running":
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._into.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._from.close()

"""What a preview shows now: it watches the plugin's files, renders anew when one is saved, and tells who waits."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from consortium.errors import ConsortiumError
from consortium.i18n.message import _
from consortium.preview.pages import failed_page
from consortium.preview.render import Failure, Task
from consortium.preview.sources import Source
from consortium.preview.target import Target

#: seconds between two looks at the files, and after which a report is given up
BETWEEN, LONGEST = 0.25, 120.0


@dataclass
class Stage:
    """Renders a plugin and keeps the page.

    :ivar folder: for the files in between
    :ivar language: in which the author is addressed
    :ivar version: how often has been rendered; whoever waits for a change waits for a higher one
    """

    target: Target
    source: Source
    folder: Path
    language: str
    report: str = ""
    languages: str = ""
    version: int = 0
    page: bytes = b""
    failure: Failure | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _ended: threading.Event = field(default_factory=threading.Event)

    def render(self) -> None:
        """Render anew in a fresh process, and tell whoever waits."""
        failure = self._run()
        page = failed_page(failure, self.language) if failure else (self.folder / "page.html").read_bytes()
        with self._changed:
            self.page, self.failure, self.version = page, failure, self.version + 1
            self._changed.notify_all()

    def watch(self, said: Callable[["Stage"], None]) -> None:
        """Render now and whenever a file is saved, until the preview ends; ``said`` is told each time."""
        seen = None
        while not self._ended.is_set():
            state = self.target.state()
            if state != seen:
                seen = state
                self.render()
                said(self)
            self._ended.wait(BETWEEN)

    def wait(self, version: int, seconds: float) -> int:
        """Wait until there is a higher version than ``version``, but not for ever; return the one that there is."""
        with self._changed:
            self._changed.wait_for(lambda: self.version > version or self._ended.is_set(), seconds)
            return self.version

    def end(self) -> None:
        """Stop watching, and let whoever waits go."""
        self._ended.set()
        with self._changed:
            self._changed.notify_all()

    def _run(self) -> Failure | None:
        facts, page = self.folder / "facts.jsonl", self.folder / "page.html"
        try:
            self.source(facts)
        except ConsortiumError as fault:
            return Failure(fault.say(self.language))
        target = self.target
        task = Task(target.module, str(target.folder), target.path, self.report, self.languages, str(facts), str(page))
        command = (sys.executable, "-B", "-m", "consortium.preview.render")
        try:
            ended = subprocess.run(  # noqa: S603  # our own module
                command, input=json.dumps(asdict(task)).encode(), capture_output=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            told = _("It was not ready after {seconds} seconds, and was stopped.")
            return Failure(told.fill(seconds=int(LONGEST)).say(self.language))
        return _answer(ended)


def _answer(ended: subprocess.CompletedProcess[bytes]) -> Failure | None:
    """Read the last line that the process said; whatever her code prints comes before it."""
    try:
        kept = json.loads(_last_line(ended.stdout))
    except ValueError:
        return Failure(_last_line(ended.stderr) or f"The process ended with code {ended.returncode} and said nothing.")
    return Failure(**kept) if kept else None


def _last_line(said: bytes) -> str:
    return said.decode("utf-8", "replace").strip().rpartition("\n")[2]

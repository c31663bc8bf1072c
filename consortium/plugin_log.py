"""The plugins' log: what guests were asked, and what went wrong with them, a line of JSON each, beside the other state.

It is for whoever runs the house, and outlives the process in which something happened. Nobody's work waits for it: what
cannot be written is left out. No words of people stand in it but those that a fault itself repeats.
"""

import json
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from consortium import clock

#: name of the file; what was in it before it grew too large is in one with this ending
NAME, BEFORE = "plugins.log", ".1"

#: bytes of a file, after which the next one begins
LARGEST = 1024 * 1024

#: bytes at the end of the files that are looked at when somebody asks
LOOKED_AT = 256 * 1024

#: signs of a fault's words that are kept
LONGEST = 500

#: the same fault again is written down when so much time has gone
SOON = timedelta(minutes=1)

#: what a line says, by name
Line = Mapping[str, Any]


class PluginLog:
    """Writes lines into a file in ``folder``, and lets listeners know of them."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.listeners: list[Callable[[Line], None]] = []
        self._lock = Lock()
        self._told: dict[tuple[str, str], datetime] = {}

    def fault(self, plugin: str, words: str, at: str = "") -> None:
        """Write down what went wrong with a plugin; the same again within a minute is left out.

        :param at: file and line of the plugin's own, where they are known
        """
        now, tidy = clock.now(), " ".join(words.split())[:LONGEST]
        with self._lock:
            before = self._told.get((plugin, tidy))
            if before is not None and abs(now - before) < SOON:
                return
            self._told = {key: then for key, then in self._told.items() if abs(now - then) < SOON}
            self._told[plugin, tidy] = now
        self._write({"what": "fault", "plugin": plugin, "words": tidy, "at": at})

    def call(self, plugin: str, key: str, *, seconds: float, outcome: str, fingerprint: str = "") -> None:
        """Write down that a guest was asked for a report, a section or a page.

        :param outcome: ``ok``, or in a word what became of it
        :param fingerprint: SHA-256 of the facts that it was given
        """
        said = {"what": "call", "plugin": plugin, "key": key, "seconds": round(seconds, 3), "outcome": outcome}
        self._write({**said, "facts": fingerprint})

    def faults(self, plugin: str = "") -> list[Line]:
        """List the faults of a plugin, or of all, latest first."""
        return [line for line in self._lines() if line["what"] == "fault" and plugin in {"", line["plugin"]}]

    def _write(self, said: Line) -> None:
        line = {"when": clock.now().isoformat(), **said}
        for listener in self.listeners:
            listener(line)
        if self.folder is not None:
            with suppress(OSError), self._lock:
                self.folder.mkdir(exist_ok=True)
                _append(self.folder / NAME, json.dumps(line, ensure_ascii=False))

    def _lines(self) -> Iterator[Line]:
        """Walk the lines, latest first; what is no line of ours is passed over."""
        if self.folder is None:
            return
        left = LOOKED_AT
        for name in (NAME, NAME + BEFORE):
            ending = _ending(self.folder / name, left)
            left -= len(ending)
            for raw in reversed(ending.splitlines()):
                with suppress(ValueError):
                    line = json.loads(raw)
                    if isinstance(line, dict) and {"when", "what", "plugin"} <= line.keys():
                        yield line


def _append(path: Path, line: str) -> None:
    """Add a line in one go, so that those of several processes do not mix; begin a new file where this one is large."""
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(path.with_name(NAME + BEFORE))
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode("utf-8", "replace") + b"\n")
    finally:
        os.close(file)


def _ending(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - most))
            return file.read(most)
    except OSError:
        return b""


def place_in(package: str, fault: BaseException | None) -> str:
    """Tell where in the files of ``package`` a fault happened, such as ``consortium_coast/report.py:12``; empty where nowhere."""
    top = package.partition(".")[0]
    for frame in reversed(traceback.extract_tb(fault.__traceback__) if fault else ()):
        parts = Path(frame.filename).with_suffix("").parts
        if top in parts:
            inside = "/".join(parts[len(parts) - 1 - parts[::-1].index(top) :])
            return f"{inside}.py:{frame.lineno}"
    return ""


def state_folder(url: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Choose the folder of the state: the one that the environment names, else that of the database's file, else ``var``."""
    file = url.partition("sqlite:///")[2].partition("?")[0]
    beside = str(Path(file).parent) if file and not file.startswith((":", "file:")) else "var"
    return Path(environment.get("CONSORTIUM_STATE") or beside).absolute()


#: the one of this process; an edge says in which folder it lies
plugin_log = PluginLog()

"""Watches what a guest does to the house while it comes in."""

import locale
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, Self


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


#: what a whole process shares, and how to look at it
SHARED: Mapping[str, Callable[[], object]] = {
    "the working directory": os.getcwd,
    "the mask of new files": _mask,
    "the locale": lambda: locale.setlocale(locale.LC_ALL),
    "the time zone": lambda: (os.environ.get("TZ"), time.tzname),
    "the threads": threading.active_count,
    "the signals": lambda: (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)),
    "where modules are looked for": lambda: tuple(sys.path),
}


class Watch:
    """Remembers the house as it was, and finds what has become of it.

    :ivar found: what was changed, in words
    """

    def __init__(self, package: str) -> None:
        self.top = package.partition(".")[0]
        self.found: list[str] = []

    def __enter__(self) -> Self:
        """Look at the house."""
        self._shared = {name: look() for name, look in SHARED.items()}
        self._parts = dict(_walk(self._is_ours))
        return self

    def __exit__(self, *_fault: object) -> None:
        """Look again."""
        self.found += [f"it changes {name}" for name, look in SHARED.items() if look() != self._shared[name]]
        for place, value in _walk(self._is_ours):
            if place in self._parts and value is not self._parts[place]:
                self.found.append(f"it replaces {'.'.join(place)}")
            elif place not in self._parts and self._is_own(value):
                self.found.append(f"it puts {'.'.join(place)} into the house")

    def _is_ours(self, name: str) -> bool:
        top = name.partition(".")[0]
        return top in {"consortium", "builtins", "json", "os"} and top != self.top

    def _is_own(self, value: object) -> bool:
        """Tell whether the guest has made ``value``."""
        made = getattr(value, "__module__", None) if callable(value) else None
        return isinstance(made, str) and made.partition(".")[0] == self.top


def _walk(is_ours: Callable[[str], bool]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Walk what stands in the modules of the house and in its classes; their submodules come and go."""
    for name, module in list(sys.modules.items()):
        if not is_ours(name) or name.startswith("consortium.plugins.apart"):
            continue
        for attribute, value in list(getattr(module, "__dict__", {}).items()):
            if isinstance(value, ModuleType) or attribute.startswith("__"):
                continue
            yield (name, attribute), value
            if isinstance(value, type) and value.__module__ == name:
                for inner, part in list(vars(value).items()):
                    if inner not in {"__dict__", "__weakref__", "__doc__"}:
                        yield (name, attribute, inner), part

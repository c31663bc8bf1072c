"""The walls that bubblewrap builds around a guest's process: no network, no other processes, no files but its own.

Without them a guest's faults are contained, but not its malice: it could read what the user who runs the house may read.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from consortium.i18n.message import Message, _

#: what a program needs of the system
SYSTEM = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/bin",
    "/sbin",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/localtime",
)

#: folders of the system that may hold somebody's own
NOT_HERE = ("/usr/local/etc",)


@cache
def _tried() -> tuple[str, Message]:
    """Find bubblewrap and try whether it may be used; return where it is, or why it is not used."""
    if os.environ.get("CONSORTIUM_BUBBLEWRAP") == "off":
        return "", _("switched off by CONSORTIUM_BUBBLEWRAP")
    found = shutil.which("bwrap")
    if not found:
        return "", _("not installed")
    command = [found, *_closed(), "--", sys.executable, "-c", ""]
    try:
        tried = subprocess.run(command, capture_output=True, timeout=20, check=False)  # noqa: S603  # our own words
    except (OSError, subprocess.TimeoutExpired) as fault:
        return "", _("{reason}").fill(reason=type(fault).__name__)
    if tried.returncode:
        said = tried.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        return "", _("{reason}").fill(reason=said or f"exit {tried.returncode}")
    return found, _("used")


def bubblewrap() -> str:
    """Find bubblewrap, once; empty where it is not installed, or may not be used on this machine."""
    return _tried()[0]


def refusal() -> Message:
    """Say why bubblewrap is not used."""
    return _tried()[1]


def behind_walls(command: list[str], *, home: str, packages: Iterable[str]) -> list[str]:
    """Put a command behind walls; where there is no bubblewrap it stays as it is.

    :param home: the folder that it may write to
    :param packages: import names of what it must be able to import besides what is installed
    """
    found = bubblewrap()
    if not found:
        return command
    own = [part for place in sorted({*_places(packages)}) for part in ("--ro-bind", place, place)]
    return [found, *_closed(), *own, "--bind", home, home, "--chdir", home, "--", *command]


def _closed() -> list[str]:
    """Say what every guest gets: the system, Python and what is installed with it, to read."""
    binds = [part for place in SYSTEM for part in ("--ro-bind-try", place, place)]
    roots = {
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        *(sysconfig.get_path(name) for name in ("stdlib", "purelib")),
    }
    binds += [part for place in sorted(roots) if not place.startswith("/usr/") for part in ("--ro-bind", place, place)]
    hidden = [part for place in NOT_HERE if Path(place).is_dir() for part in ("--tmpfs", place)]
    return ["--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev", *binds, *hidden]


def _places(packages: Iterable[str]) -> Iterator[str]:
    """Find the folders or files of packages, and of the catalogs beside ours in a checkout."""
    for name in packages:
        spec = find_spec(name.partition(".")[0])
        if spec is None:
            continue
        yield from spec.submodule_search_locations or ([spec.origin] if spec.origin else [])
        beside = Path(next(iter(spec.submodule_search_locations or [""])), "..", "translations").resolve()
        if name == "consortium" and beside.is_dir():
            yield str(beside)


if __name__ == "__main__" and not bubblewrap():
    sys.exit(f"bubblewrap cannot be used here ({refusal()}). On Debian and Ubuntu: apt-get install bubblewrap")

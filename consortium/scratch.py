"""Folders for work in between: they go when the work is done, and what a killed process has left goes with the next one."""

import fcntl
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

#: how the names of our folders begin where temporary files lie, so that nobody's own is taken for one
PREFIX = "consortium-scratch-"

#: seconds after which whoever made a folder has surely locked it
LOCKED_BY = 60


@contextmanager
def scratch_folder(beside: Path | None = None) -> Iterator[Path]:
    """Make a folder that goes with the block; sweeps those whose makers were killed.

    :param beside: the file in whose folder it is to be, hidden; where temporary files lie unless told otherwise
    """
    place, prefix, suffix = (beside.parent, f".{beside.name}.", ".part") if beside else (None, PREFIX, "")
    with TemporaryDirectory(dir=place, prefix=prefix, suffix=suffix, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        number = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # a disk that knows no locks: nobody else will get one either
                fcntl.flock(number, fcntl.LOCK_EX)  # it goes with our process, however that ends
            _sweep(folder, re.compile(f"{re.escape(prefix)}[a-z0-9_]{{8}}{re.escape(suffix)}"))
            yield folder
        finally:
            os.close(number)


def _sweep(own: Path, ours: re.Pattern[str]) -> None:
    """Remove folders like ``own`` that nobody has locked; how old they are, the disk itself says."""
    with suppress(OSError):
        now = own.stat().st_mtime
        for name in os.listdir(own.parent):  # noqa: PTH208  # quicker than paths, where thousands lie
            if ours.fullmatch(name) and name != own.name and _is_forsaken(own.parent / name, now):
                shutil.rmtree(own.parent / name, ignore_errors=True)


def _is_forsaken(folder: Path, now: float) -> bool:
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or now - found.st_mtime < LOCKED_BY:
            return False
        number = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(number)
    except OSError:  # somebody has it, or it has just gone
        return False
    return True

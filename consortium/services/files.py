"""Writes files whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from consortium.errors import ConsortiumError
from consortium.i18n.message import _

#: seconds after which nobody writes a part any more that has not grown
FORSAKEN = 600

#: how a disk says that there is no room on it, or none left for us
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class UnwritableFile(ConsortiumError):
    """A file cannot be written where it should be."""


@contextmanager
def whole_file(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a file for bytes that appears under its name only when it is complete; if the block fails, nothing changes.

    A link stays, and what it leads to is replaced. A device or a pipe gets the bytes as they come.

    :param mode: who may read and write it, as far as the user lets them
    :raises UnwritableFile: if there is a folder, the folder cannot be written, or the disk is full
    """
    try:
        with _open(path, mode) as file:
            yield file
    except OSError as fault:
        raise unwritable(path, fault) from fault


def _open(path: Path, mode: int) -> AbstractContextManager[BinaryIO]:
    if path.is_dir():
        raise UnwritableFile(_("{path} is a folder. Name a file.").fill(path=str(path)))
    if path.exists() and not path.is_file():
        return path.open("wb")
    return _replacing(Path(os.path.realpath(path)), mode)  # resolve() fails on a circle of links


@contextmanager
def _replacing(path: Path, mode: int) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    _sweep(path, part)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode & ~_umask())
        part.replace(path)
    finally:
        with suppress(OSError):  # it has its name, or the disk has failed anyway
            part.unlink()
    settle(path.parent)


def _sweep(path: Path, part: Path) -> None:
    """Remove what others left of ``path`` when they were killed; how old that is, the disk itself says."""
    with suppress(OSError):
        now = part.stat().st_mtime
        for other in path.parent.iterdir():
            is_part = other.name.startswith(f".{path.name}.") and other.suffix == part.suffix
            if is_part and now - other.stat().st_mtime > FORSAKEN:
                other.unlink()


def settle(path: Path) -> None:
    """Make what a file says, or the names in a folder, survive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def unwritable(path: Path, fault: OSError) -> UnwritableFile:
    """Say why a file cannot be written, and what helps."""
    if fault.errno in FULL:
        told = _(
            "{path} cannot be written: a disk is full. Make room on it, or where temporary files lie, and try again."
        )
        return UnwritableFile(told.fill(path=str(path)))
    return UnwritableFile(
        _("{path} cannot be written: {reason}. Choose another place.").fill(
            path=str(path), reason=fault.strerror or str(fault)
        )
    )

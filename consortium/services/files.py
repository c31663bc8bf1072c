"""Writes files whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from consortium.errors import ConsortiumError
from consortium.i18n.message import _


class UnwritableFile(ConsortiumError):
    """A file cannot be written where it should be."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for bytes that appears under its name only when it is complete; if the block fails, nothing changes.

    A link stays, and what it leads to is replaced. A device or a pipe gets the bytes as they come.

    :raises UnwritableFile: if there is a folder, the folder cannot be written, or the disk is full
    """
    try:
        with _open(path) as file:
            yield file
    except OSError as fault:
        raise _unwritable(path, fault) from fault


def _open(path: Path) -> AbstractContextManager[BinaryIO]:
    if path.is_dir():
        raise UnwritableFile(_("{path} is a folder. Name a file.").fill(path=str(path)))
    if path.exists() and not path.is_file():
        return path.open("wb")
    return _replacing(Path(os.path.realpath(path)))  # resolve() fails on a circle of links


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make the new name survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, fault: OSError) -> UnwritableFile:
    return UnwritableFile(
        _("{path} cannot be written: {reason}. Choose another place.").fill(
            path=str(path), reason=fault.strerror or str(fault)
        )
    )

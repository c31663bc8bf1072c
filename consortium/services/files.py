"""Writes files whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from consortium.errors import ConsortiumError
from consortium.i18n.message import _


class UnwritableFile(ConsortiumError):
    """A file cannot be written where it should be."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for bytes that appears under its name only when it is complete; if the block fails, nothing changes.

    :raises UnwritableFile: if the folder cannot be written, or the disk is full
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as fault:
        raise _unwritable(path, fault) from fault
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as fault:
        raise _unwritable(path, fault) from fault
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

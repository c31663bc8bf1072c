"""Looks at a file before anything in it is believed."""

import zipfile
import zlib
from pathlib import Path

from consortium.errors import ImportRefused
from consortium.i18n.message import Message, _

#: the most that a workbook may unpack to, and how many times its packed size that may be
MOST_BYTES = 60 * 2**20
MOST_RATIO = 100
SMALL = 2**20

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def check_workbook(path: Path) -> None:
    """Insist that ``path`` is a whole, plain XLSX workbook: no macros, no password, no bomb.

    :raises ImportRefused: if it is not
    """
    with path.open("rb") as file:
        if file.read(4) == _OLD_OFFICE:
            raise _refused(
                _(
                    "{name} is protected with a password or of an old format. Save it as an Excel workbook (.xlsx) without a password."
                ),
                path,
            )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as fault:
        raise _refused(
            _(
                "{name} is damaged, or only half of it arrived. Open it in the spreadsheet, save it again and try once more."
            ),
            path,
        ) from fault


def _check_archive(archive: zipfile.ZipFile, path: Path) -> None:
    parts = archive.infolist()
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise _refused(_("{name} holds macros. Save it as an Excel workbook without macros (.xlsx)."), path)
    packed = sum(part.compress_size for part in parts)
    whole = sum(part.file_size for part in parts)
    if whole > MOST_BYTES or (whole > SMALL and whole > MOST_RATIO * max(packed, 1)):
        raise _refused(_("{name} unpacks to far more than an ordinary workbook. It was not opened."), path)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
            raise _refused(_("{name} holds definitions that no spreadsheet writes. It was not opened."), path)
    if archive.testzip() is not None or "[Content_Types].xml" not in archive.namelist():
        raise zipfile.BadZipFile


def _refused(message: Message, path: Path) -> ImportRefused:
    return ImportRefused(message.fill(name=path.name), ())

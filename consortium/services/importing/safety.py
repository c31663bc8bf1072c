"""Looks at a file before anything in it is believed."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from consortium.errors import ImportRefused
from consortium.i18n.message import Message, _

#: the most that a file may unpack to, and how many times its packed size that may be
MOST_BYTES = 60 * 2**20
MOST_RATIO = 100
SMALL = 2**20

#: the most cells of a workbook: more than ten thousand rows fill twice
MOST_CELLS = 200_000

#: as much of a part is read at a time
CHUNK, LARGE_CHUNK = 2**14, 2**20

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


#: the most files in a ZIP file of sheets, and how such a file may be packed: as every program packs it
MOST_FILES = 200
USUAL = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

#: the beginning of a cell, whatever its names begin with
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")

#: the bit of a file in an archive that says that a password is needed
_ENCRYPTED = 0x1

#: the bit that says that its name is UTF-8
_IS_UTF8 = 0x800

DAMAGED = _(
    "{name} is damaged, or only half of it arrived. Open it in the spreadsheet, save it again and try once more."
)
_TORN = _("{name} is damaged, or only half of it arrived. Fetch or pack it anew and try once more.")


def check_readable(path: Path) -> None:
    """Insist that ``path`` is a file that may be read.

    :raises ImportRefused: if it is not
    """
    if path.is_dir():
        raise ImportRefused(_("{name} is a folder. Name a file in it.").fill(name=str(path)), ())
    if not path.is_file():
        raise ImportRefused(_("There is no file {name}.").fill(name=str(path)), ())
    try:
        path.open("rb").close()
    except OSError as fault:
        told = _("You may not read {name}. Ask somebody who may to copy it for you.")
        raise ImportRefused(told.fill(name=str(path)), ()) from fault


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
    with _opened(path, DAMAGED) as archive:
        _check_archive(archive, path)


def read_archive(path: Path) -> Mapping[str, bytes]:
    """Unpack a ZIP file of sheets into memory, by the names of the files in it; folders are not gone into.

    :raises ImportRefused: if it is damaged, needs a password, or unpacks to more than people fill in
    """
    with _opened(path, _TORN) as archive:
        files = [each for each in archive.infolist() if not each.is_dir()]
        if any(each.flag_bits & _ENCRYPTED for each in files):
            raise _refused(_("{name} is protected with a password. Pack its files anew without one."), path)
        if len(files) > MOST_FILES:
            told = _("{name} holds more than {most} files. Pack only those that shall be imported.")
            raise _refused(told.fill(most=MOST_FILES), path)
        if _is_bomb(files):
            raise _refused(
                _("{name} unpacks to very much. Import the files in it one by one, if you trust them."), path
            )
        is_usual = (
            len({each.filename for each in files}) == len(files) and {each.compress_type for each in files} <= USUAL
        )
        if not is_usual:
            raise _refused(_("{name} is packed in an unusual way. Pack its files anew."), path)
        return {_name(each): archive.read(each) for each in files}


def _name(file: zipfile.ZipInfo) -> str:
    """Read the name of a file as the program meant it that packed it: a Mac writes UTF-8, Windows its old code page."""
    if file.flag_bits & _IS_UTF8:
        return file.filename
    raw = file.filename.encode("cp437", "replace")  # which is how it was read
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp850")


def read_whole(path: Path) -> bytes:
    """Read a file of somebody else's into memory, whatever it is: a large one and an archive that is a bomb are refused.

    :raises ImportRefused: if it is not there, or is too much
    """
    check_readable(path)
    if path.stat().st_size > MOST_BYTES:
        told = _("{name} is larger than {most} megabytes. Import it in parts.")
        raise _refused(told.fill(most=MOST_BYTES // 2**20), path)
    if zipfile.is_zipfile(path):
        with _opened(path, _TORN) as archive:
            if _is_bomb(archive.infolist()):
                raise _refused(
                    _("{name} unpacks to very much. Import the files in it one by one, if you trust them."), path
                )
    return path.read_bytes()


@contextmanager
def _opened(path: Path, damaged: Message) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as fault:
        raise _refused(damaged, path) from fault


def _check_archive(archive: zipfile.ZipFile, path: Path) -> None:
    parts = archive.infolist()
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise _refused(_("{name} holds macros. Save it as an Excel workbook without macros (.xlsx)."), path)
    if _is_bomb(parts):
        raise _refused(_("{name} unpacks to far more than an ordinary workbook. It was not opened."), path)
    if any(_has_definitions(archive, part) for part in parts):
        raise _refused(_("{name} holds definitions that no spreadsheet writes. It was not opened."), path)
    names = archive.namelist()
    if "[Content_Types].xml" not in names or len(set(names)) < len(names):
        raise zipfile.BadZipFile
    if sum(_cells(archive, part) for part in parts) > MOST_CELLS:
        told = _("{name} holds more than {most} cells, empty ones among them. Import it in parts.")
        raise _refused(told.fill(most=MOST_CELLS), path)


def _cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Unpack a part, by which it is found whole or damaged, and count the cells of a sheet in it."""
    found, is_sheet = 0, "/worksheets/" in part.filename
    with archive.open(part) as file:
        while some := file.read(LARGE_CHUNK):
            found += len(_CELL.findall(some)) if is_sheet else 0
    return found


def _has_definitions(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part defines a type of document, in whatever encoding: only before its first element it can."""
    found: list[str] = []
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_said: found.append("a definition")
    parser.StartElementHandler = lambda *_said: found.append("")
    with archive.open(part) as file, suppress(ExpatError, LookupError, ValueError):
        while not found and (some := file.read(CHUNK)):
            parser.Parse(some)
    return any(found)


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    """Tell whether an archive unpacks to too much; what it says of its sizes is held against it when it is read."""
    packed = sum(part.compress_size for part in parts)
    whole = sum(part.file_size for part in parts)
    return whole > MOST_BYTES or (whole > SMALL and whole > MOST_RATIO * max(packed, 1))


def _refused(message: Message, path: Path) -> ImportRefused:
    return ImportRefused(message.fill(name=path.name), ())

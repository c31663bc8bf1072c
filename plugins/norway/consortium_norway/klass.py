"""Files of the statistics office's database of classifications: codes and changes of codes, as CSV or JSON.

They are what its service answers to ``/classifications/131/codes`` (or ``codesAt``) and ``…/131/changes``: CSV in
ISO 8859-1 or UTF-8, with semicolons or commas, and JSON with a list ``codes`` or ``codeChanges``.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from consortium.errors import InvalidValue
from consortium_norway.voice import _

#: no more files than these are looked for in an archive, and no more bytes in all of them
MOST_FILES = 10
MOST_BYTES = 20_000_000

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its name, from its first to its last day."""

    code: str
    name: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class CodeChange:
    """On ``day``, a code gave way to another one, or got another name."""

    old: str
    old_name: str
    new: str
    new_name: str
    day: date


def read_klass(content: bytes) -> tuple[list[Code], list[CodeChange]]:
    """Read codes and changes from a file, or from the files in a ZIP archive.

    :raises InvalidValue: if there are none in it, or a line cannot be read
    """
    codes: list[Code] = []
    changes: list[CodeChange] = []
    for part in _parts(content):
        lines = list(_lines(_decoded(part)))
        columns = {column for _number, line in lines for column in line}
        if {"oldcode", "newcode"} <= columns:
            changes += [_change(line, number) for number, line in lines if line.get("oldcode")]
        elif {"code", "name"} <= columns:
            codes += _codes(lines)
        else:
            raise InvalidValue(
                _("The file has neither the columns code and name nor oldCode and newCode: it is another file.")
            )
    return codes, changes


def _parts(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"PK"):
        yield content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [each for each in archive.infolist() if not each.is_dir()]
            if len(inside) > MOST_FILES or sum(each.file_size for each in inside) > MOST_BYTES:
                raise InvalidValue(_("The archive is too large. Put only the files of codes and of changes into it."))
            for each in inside:
                with archive.open(each) as file:
                    yield file.read(each.file_size)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as fault:
        raise InvalidValue(_("The archive cannot be opened. Make it again, without a password.")) from fault


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("every byte is Latin-1")


def _lines(words: str) -> Iterator[tuple[int, Line]]:
    """Walk the lines of a file with their numbers; names of columns in small letters."""
    if words.lstrip().startswith(("{", "[")):
        for number, record in enumerate(_records(words), start=1):
            yield number, {str(key).casefold(): str("" if each is None else each) for key, each in record.items()}
        return
    head = words.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, dict(zip(names, (cell.strip() for cell in row), strict=False))
    except csv.Error as fault:
        raise InvalidValue(_("Line {line} cannot be read as CSV.").fill(line=reader.line_num)) from fault


def _records(words: str) -> list[Mapping[str, object]]:
    try:
        kept = json.loads(words)
    except (ValueError, RecursionError) as fault:
        raise InvalidValue(_("The file looks like JSON, but cannot be read. Download it again.")) from fault
    if isinstance(kept, dict):
        kept = kept.get("codes", kept.get("codeChanges"))
    if not isinstance(kept, list) or not all(isinstance(each, dict) for each in kept):
        raise InvalidValue(_("The JSON has neither a list “codes” nor a list “codeChanges”: it is another file."))
    return kept


def _codes(lines: list[tuple[int, Line]]) -> Iterator[Code]:
    """Walk codes; where a time was asked for, the day on which it ends is no end of a code."""
    limits = [_day(line, number, "validtoinrequestedrange") for number, line in lines]
    edge = max((day for day in limits if day), default=None)
    for (number, line), limit in zip(lines, limits, strict=True):
        until = _day(line, number, "validto") or (limit if limit != edge else None)
        start = _day(line, number, "validfrom") or _day(line, number, "validfrominrequestedrange")
        # the office writes the first day on which a code holds no more
        yield Code(line.get("code", ""), line.get("name", ""), start, until - timedelta(days=1) if until else None)


def _change(line: Line, number: int) -> CodeChange:
    day = _day(line, number, "changeoccurred")
    if day is None:
        raise InvalidValue(_("Line {line} does not say when the code changed (changeOccurred).").fill(line=number))
    old, old_name, new, new_name = (line.get(column, "") for column in ("oldcode", "oldname", "newcode", "newname"))
    return CodeChange(old, old_name, new, new_name, day)


def _day(line: Line, number: int, column: str) -> date | None:
    words = line.get(column, "")[:10]
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        told = _("Line {line}: “{words}” is not a day. It is written like 2024-01-01.")
        raise InvalidValue(told.fill(line=number, words=words)) from None

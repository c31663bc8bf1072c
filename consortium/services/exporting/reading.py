"""Reads JSON Lines: every line by itself, and what is wrong with it by its number."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from consortium.errors import ConsortiumError, ImportRefused, InvalidValue
from consortium.i18n.message import Message, _
from consortium.models import Record
from consortium.services.codes import LONGEST_MADE, known_key
from consortium.services.exporting.fields import fields, kinds
from consortium.services.exporting.json_lines import FORMAT
from consortium.services.exporting.values import read_value, shown
from consortium.services.importing.safety import check_readable

#: the longest line in bytes: more than any record says
LONGEST_LINE = 2**24


@dataclass(frozen=True)
class Line:
    """A line that tells of a record.

    :ivar named: the fields that it names
    :ivar values: what it says of them, where that could be read
    """

    number: int
    kind: type[Record]
    key: str
    named: frozenset[str]
    values: Mapping[str, Any]

    def problem(self, what: Message, field: str = "") -> Message:
        """Say that something is wrong with the line, or with a field of it."""
        return _problem(self.number, what, key=self.key, field=field)


@dataclass(frozen=True)
class Export:
    """An export as it was read: of which consortium it is, and its lines."""

    consortium: str
    lines: tuple[Line, ...]


def read_lines(path: Path, problems: list[Message]) -> Export:
    """Read an export; what is wrong with its lines is added to ``problems``.

    :raises ImportRefused: if it is no export, or of a newer format
    """
    check_readable(path)
    with path.open("rb") as file:
        objects = _objects(file, problems)
        consortium = _head(next(objects, (0, {})), path)
        lines = list(_records(objects, problems))
    _note_duplicates(lines, problems)
    return Export(consortium, tuple(lines))


def _head(first: tuple[int, dict[str, Any]], path: Path) -> str:
    said = first[1]
    if "consortium-export" not in said or not isinstance(said.get("consortium"), str):
        told = _(
            "{name} is no export of ours: its first line does not say so. Make one with: consortium export FILE.jsonl"
        )
        raise ImportRefused(told.fill(name=path.name), ())
    if said["consortium-export"] != FORMAT:
        told = _("{name} was written in format {format}, this program reads {known}. Update the program and try again.")
        raise ImportRefused(told.fill(name=path.name, format=shown(said["consortium-export"]), known=FORMAT), ())
    return str(said["consortium"])


def _objects(file: BinaryIO, problems: list[Message]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Walk the objects in a file with the numbers of their lines; empty lines say nothing."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        try:
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                _skip(file)
                raise InvalidValue(_("The line is longer than any record. Was something else mixed into the file?"))
            if line.strip():
                yield number, _parsed(line, is_first=number == 1)
        except InvalidValue as fault:
            problems.append(_problem(number, fault.message))


def _skip(file: BinaryIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _parsed(line: bytes, *, is_first: bool) -> dict[str, Any]:
    try:
        words = line.decode("utf-8-sig" if is_first else "utf-8")
        found = json.loads(words, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as fault:
        raise InvalidValue(_("Some letters cannot be read. Save the file as UTF-8.")) from fault
    except (ValueError, RecursionError) as fault:
        raise InvalidValue(_("This is no JSON. Was the file cut off or changed? Export it anew.")) from fault
    if not isinstance(found, dict):
        raise InvalidValue(_("A line is one JSON object in curly brackets."))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object whose names all differ."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise InvalidValue(_("A name stands twice in the same object. Remove one of the two."))
    return found


def _no_number(words: str) -> Any:
    raise ValueError(words)


def _records(objects: Iterator[tuple[int, dict[str, Any]]], problems: list[Message]) -> Iterator[Line]:
    """Walk the lines that tell of records, and insist that the last line counts them."""
    known, seen, number, end = {kind.__tablename__: kind for kind in kinds()}, 0, 1, None
    for number, said in objects:
        if end is not None:
            problems.append(
                _problem(number, _("There is a line after the end. Remove it, or the line “end” above it."))
            )
            end = seen = -1
        elif set(said) == {"end"}:
            end = said["end"]
        else:
            seen += 1
            if line := _record(number, said, known, problems):
                yield line
    if end is None:
        problems.append(
            _problem(number + 1, _("The file ends before its end: the rest of it did not arrive. Export it anew."))
        )
    elif end != seen and not problems:
        told = _("The file holds {seen} records, but its end speaks of {end}. Correct the number if that is right.")
        problems.append(_problem(number, told.fill(seen=seen, end=shown(end))))


def _record(
    number: int, said: dict[str, Any], known: Mapping[str, type[Record]], problems: list[Message]
) -> Line | None:
    name, key = said.pop("record", None), said.pop("key", None)
    kind = known.get(name) if isinstance(name, str) else None
    if kind is None:
        told = _("{found} is no kind of record. There are: {known}.")
        problems.append(_problem(number, told.fill(found=shown(name), known=tuple(known))))
        return None
    try:
        if not isinstance(key, str):
            raise InvalidValue(
                _("Here stands {found}, but a key in quotation marks belongs here.").fill(found=shown(key))
            )
        tidy = known_key(key, longest=LONGEST_MADE)
    except InvalidValue as fault:
        problems.append(_problem(number, fault.message, field="key"))
        return None
    return Line(number, kind, tidy, frozenset(said), dict(_values(number, tidy, kind, said, problems)))


def _values(
    number: int, key: str, kind: type[Record], said: Mapping[str, Any], problems: list[Message]
) -> Iterator[tuple[str, Any]]:
    known = {field.name: field for field in fields(kind)}
    for name, value in said.items():
        field = known.get(name)
        if field is None:
            told = _("There is no such field. There are: {known}.").fill(known=tuple(known))
            problems.append(_problem(number, told, key=key, field=shown(name)[1:-1]))
            continue
        try:
            yield name, read_value(value, field)
        except ConsortiumError as fault:
            problems.append(_problem(number, fault.message, key=key, field=name))


def _note_duplicates(lines: list[Line], problems: list[Message]) -> None:
    seen: dict[tuple[type[Record], str], Line] = {}
    for line in lines:
        first = seen.setdefault((line.kind, line.key), line)
        if first is not line:
            told = _("The same record stands in line {above}. Remove one of the two.")
            problems.append(line.problem(told.fill(above=first.number)))


def _problem(number: int, what: Message, *, key: str = "", field: str = "") -> Message:
    """Say where a problem is: in which line, of which record, in which field."""
    if key and field:
        return _("Line {line} ({key}), {field}: {what}").fill(line=number, key=key, field=field, what=what)
    where = key or field
    if where:
        return _("Line {line} ({key}): {what}").fill(line=number, key=where, what=what)
    return _("Line {line}: {what}").fill(line=number, what=what)

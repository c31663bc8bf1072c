"""What a backup says of itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from consortium.backup.sheets import Sheet

#: name of the manifest in a backup
NAME = "manifest.json"

#: by which programs know the form of a backup, and its version
FORM, VERSION = "consortium backup", 1


@dataclass(frozen=True)
class Part:
    """A sheet of a backup, and what it holds.

    :ivar file: its name in the backup
    :ivar counter: the last number that the table has given to a row, where the database remembers it
    """

    sheet: Sheet
    rows: int
    bytes: int
    sha256: str
    counter: int | None = None

    @property
    def file(self) -> str:
        """Its name in the backup."""
        return f"{self.sheet.table}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    :ivar at: when it was begun
    :ivar program: version of the Consortium that wrote it
    :ivar database: what kept the database: ``SQLite`` or ``PostgreSQL``, and its version
    :ivar revisions: the step that the database had taken last, by the table in which it says so
    :ivar change: number of the last change in the history; 0 before the first
    :ivar link: the link of that change, by which the history can be told from one that was cut short
    """

    at: datetime
    program: str
    database: str
    revisions: Mapping[str, str]
    change: int
    link: str
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(part.rows for part in self.parts)

    def to_json(self) -> bytes:
        """Write it down."""
        told = {"form": FORM, "version": VERSION, **asdict(self), "at": self.at.isoformat()}
        return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def manifest_from(told: Mapping[str, Any]) -> Manifest:
    """Read a manifest.

    :raises KeyError, TypeError, ValueError: if it is none
    """
    if (told["form"], told["version"]) != (FORM, VERSION):
        raise ValueError(told["version"])
    fields = {name: told[name] for name in ("program", "database", "revisions", "change", "link")}
    return Manifest(
        at=datetime.fromisoformat(told["at"]), parts=tuple(_part(dict(part)) for part in told["parts"]), **fields
    )


def _part(told: dict[str, Any]) -> Part:
    sheet = told.pop("sheet")
    return Part(sheet=Sheet(sheet["table"], dict(sheet["columns"]), tuple(sheet["key"])), **told)

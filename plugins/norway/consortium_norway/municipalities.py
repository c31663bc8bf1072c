"""The importer of the register of municipalities: which numbers hold from when to when, and what took their place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from consortium.errors import InvalidValue
from consortium.facts.importer import ImportedRow, Importer
from consortium_norway.identifiers import check_kommune
from consortium_norway.klass import Code, CodeChange, read_klass
from consortium_norway.voice import _

KIND = "no-kommune"


@dataclass
class Entry:
    """A number with its name, from its first to its last day.

    :ivar is_registered: tells that the register has it, not only the file of changes
    """

    code: str
    name: str
    start: date | None = None
    end: date | None = None
    successors: set[str] = field(default_factory=set)
    is_registered: bool = False

    def is_valid(self, day: date) -> bool:
        """Tell whether the number holds on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def row(self) -> ImportedRow:
        """Write the entry as a row of the sheet of registers."""
        start, end = (day.isoformat() if day else "" for day in (self.start, self.end))
        cells = {"kind": KIND, "code": self.code, "name": self.name, "start": start, "end": end}
        return {**cells, "successors": "; ".join(sorted(self.successors))}


def read_municipalities(content: bytes) -> dict[str, list[ImportedRow]]:
    """Read the register, the changes, or both in one archive, into rows of the sheet of registers.

    :raises InvalidValue: if there is no municipality in it
    """
    codes, changes = read_klass(content)
    entries = _entries(codes, changes)
    if not entries:
        raise InvalidValue(_("There is no municipality in the file. Is it that of classification 131?"))
    return {"registers": [entry.row() for entry in entries]}


def _entries(codes: Iterable[Code], changes: Sequence[CodeChange]) -> list[Entry]:
    """Put codes and changes together: a change ends one number and begins another."""
    known = {
        (each.code, each.start): Entry(each.code, each.name, each.start, each.end, is_registered=True)
        for each in codes
        if _is_municipality(each.code)
    }
    by_code: dict[str, list[Entry]] = {}
    for entry in known.values():
        by_code.setdefault(entry.code, []).append(entry)
    for change in sorted(changes, key=lambda each: each.day):
        if _is_municipality(change.old) and _is_municipality(change.new):
            _end(change, by_code)
            _begin(change, by_code)
    found = (entry for own in by_code.values() for entry in own)
    return sorted(found, key=lambda entry: (entry.code, entry.start or date.min))


def _end(change: CodeChange, by_code: dict[str, list[Entry]]) -> None:
    """Let the old number end on the day before, and remember what took its place."""
    last = change.day - timedelta(days=1)
    own = by_code.setdefault(change.old, [])
    entry = next((each for each in own if each.is_valid(last)), None)
    if entry is None:
        entry = Entry(change.old, change.old_name)
        own.append(entry)
    elif entry.is_registered and entry.is_valid(change.day):
        if change.old == change.new and entry.start is None:
            entry.start = change.day
            own.append(Entry(change.old, change.old_name, end=last))
        return  # only a part of it went elsewhere, or it got its present name
    if change.new != change.old:
        entry.successors.add(change.new)
    entry.end = last


def _begin(change: CodeChange, by_code: dict[str, list[Entry]]) -> None:
    """Let the new number begin on the day of the change, unless it is known."""
    own = by_code.setdefault(change.new, [])
    entry = next((each for each in own if each.is_valid(change.day)), None)
    if entry is None:
        own.append(Entry(change.new, change.new_name, change.day))
    elif entry.start is None and change.old != change.new:
        entry.start = change.day


def _is_municipality(code: str) -> bool:
    """Tell whether a code is a municipality's; the files also have codes for what is not known."""
    try:
        return check_kommune(code) == code
    except InvalidValue:
        return False


def importers() -> Iterator[Importer]:
    """Walk the importers of Norway."""
    yield Importer(
        key="no-municipalities",
        title=_("Norwegian municipalities"),
        note=_(
            "Classification 131 of Statistics Norway, from 1977 on: its codes, its changes, or a ZIP of both, as CSV or JSON."
        ),
        endings=("csv", "json", "zip"),
        read=read_municipalities,
    )

"""Saves a form: all of it, or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import ConsortiumError, InvalidValue
from consortium.i18n.message import Message, _
from consortium.models import Consortium, Record
from consortium.services.editing.clash import clash
from consortium.services.editing.form import FIXED, form_of, load_record, present, sheet_for
from consortium.services.editing.keys import free_key, like, slug
from consortium.services.editing.row import Box, FormRefused, FormRow, at_field
from consortium.services.importing.adopting import Book
from consortium.services.importing.cells import READERS, REMOVED, Value
from consortium.services.importing.keeping import forget_changes, keep_new, kept_parts, load_closed
from consortium.services.importing.layout import Column, Kind
from consortium.services.importing.rows import MADE, WHERE, Row, references
from consortium.services.parts import Part, load_parts
from consortium.services.policy import Principal, Verb, demand, may
from consortium.services.texts import review_text
from consortium.texts import normal_words


@dataclass(frozen=True)
class Saved:
    """A record that a form was kept in."""

    record: Any
    is_new: bool
    is_changed: bool


def save_record(
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    kind: type[Record],
    key: str,
    said: Mapping[str, str],
    was: Mapping[str, str] | None = None,
    version: int | None = None,
) -> Saved:
    """Lay what a form said over the record ``key``, or begin a new one where ``key`` is empty.

    A field that was not sent stays as it is. Beside the fields there may be ``title.sv.reviewed``: the translation is
    right as it stands.

    :param said: what was typed, by the machine name of each field
    :param was: what the fields said when the form was opened, to be set beside what they say now
    :param version: the version of the record when the form was opened
    :raises NotFound: if there is no such record, or ``principal`` may not see it
    :raises NotPermitted: if ``principal`` may not change it
    :raises FormRefused: with every problem at its field
    :raises Clash: if somebody else has changed a field of it since ``version``
    """
    session.flush()  # what the unit did before stays, whatever becomes of the form
    columns = form_of(kind, home.tags)
    record = load_record(session, principal, home=home, kind=kind, key=key) if key else None
    if record is not None:
        demand(session, principal, Verb.EDIT, record)
    now = present(record, columns) if record is not None else {}
    fixed = FIXED[kind] if record is not None else frozenset()
    problems: list[Message] = []
    sent = _tidy({column.machine_name: column for column in columns if column.name not in fixed}, said, problems)
    if record is not None and version is not None and version != record.version:
        clashing = clash({**now, **(was or {})}, {**now, **sent}, now, record.version)
        if clashing:
            raise clashing
    reviewed = {name for name, ticked in said.items() if name.endswith(".reviewed") and ticked}
    desk = Desk(session, principal, problems, home)
    with session.no_autoflush:
        row = desk.read(
            kind, columns, record, {name: words for name, words in sent.items() if words != now.get(name, "")}
        )
        saved = desk.keep_form(kind, row, record, frozenset(reviewed))
    session.flush()
    return saved


def _tidy(columns: Mapping[str, Column], said: Mapping[str, str], problems: list[Message]) -> dict[str, str]:
    """Keep what was typed in the fields that there are, in its normal form."""
    sent = {}
    for name, column in columns.items():
        if name not in said:
            continue
        try:
            sent[name] = normal_words(said[name])
        except InvalidValue as fault:
            problems.append(at_field(column.machine_name, fault.message))
    return sent


class Desk(Book):
    """Lays one form over one record."""

    def __init__(self, session: Session, principal: Principal, problems: list[Message], home: Consortium) -> None:
        super().__init__(session, principal, problems)
        self.home = home

    def read(self, kind: type[Record], columns: tuple[Column, ...], record: Any, sent: Mapping[str, str]) -> FormRow:
        """Read the fields that differ, and give a new record its key."""
        sheet = sheet_for(kind)
        by_name = {column.machine_name: column for column in columns}
        values: dict[str, Value] = {}
        cells = {name: Box(words, sheet.name, 0, "") for name, words in sent.items()}
        for name, box in cells.items():
            try:
                values[name] = _value(by_name[name], box)
            except ConsortiumError as fault:
                self.problems.append(at_field(name, fault.message))
        values |= _moved_source(record, values)
        row = FormRow(sheet, values, cells, by_name, own_key=record.key if record is not None else "")
        return row if record is not None else self._with_key(kind, row)

    def keep_form(self, kind: type[Record], row: FormRow, record: Any, reviewed: frozenset[str]) -> Saved:
        """Keep the form, or nothing of it.

        :raises FormRefused: with every problem that was found
        """
        is_new = record is None
        if not row.key:  # what it would be made of is missing
            raise FormRefused([*self.problems, *map(row.lacks, row.missing)])
        if not is_new:
            self._load_referred(row)
        made_before = "" if is_new else _made_key(record, row)
        self.known[row.sheet.name][row.key] = kind(key=row.key) if is_new else record
        self._adopt_row(row, self.home)
        kept = self.known[row.sheet.name][row.key]
        self._check_together(row)
        if not self.problems:
            self._finish(kept, row, made_before, reviewed)
        if self.problems:
            forget_changes(self.session)
            raise FormRefused(self.problems)
        keep_new(self.session, self.new)
        return Saved(kept, is_new, is_new or self.session.is_modified(kept))

    def find(self, row: Row, name: str, sheet: str, key: str) -> Any:
        """Find what a field refers to among what the principal may see; notes a problem if it is not there."""
        found = self.known[sheet].get(key)
        if found is None or not may(self.principal, Verb.SEE, found):
            self.problems.append(row.problem(name, _("There is no “{key}” to choose here.").fill(key=key)))
            return None
        return found

    def _load_referred(self, row: FormRow, *more: Part) -> list[list[tuple[Any, ...]]]:
        """Load what the form refers to, and more, in one query; not what it is about, which is there already."""
        wanted: dict[str, set[str]] = {}
        for _name, sheet, key in references(row):
            wanted.setdefault(sheet, set()).add(key)
        parts, loading = kept_parts(self.home, wanted)
        found = load_parts(self.session, [*parts, *more], *loading) if parts or more else []
        for sheet, rows in zip(wanted, found, strict=False):
            self.known[sheet] |= {record.key: record for (record,) in rows}
        if row.sheet.name == "status_updates":
            self.closed = load_closed(self.session, self.home)
        return found[len(parts) :]

    def _finish(self, record: Any, row: FormRow, made_before: str, reviewed: frozenset[str]) -> None:
        """Note which translations are right as they stand, and let a key that was made of fields follow them."""
        for name in reviewed:
            field, language, *_rest = name.split(".")
            if field in record.texts and language in getattr(record, field):
                review_text(self.session, self.principal, record=record, field=field, language=language)
        made = _made_key(record, row)
        if record.key != made_before or made == made_before:
            return
        if self._is_taken(type(record), made):
            self.problems.append(row.problem(_told_by(row), _TAKEN))
        else:
            record.key = made

    def _with_key(self, kind: type[Record], row: FormRow) -> FormRow:
        """Give the row of a new record a key: as it was typed, else made of what it tells, else of its name."""
        typed, is_made = row.text("key"), row.sheet.name in MADE
        wanted = typed or (row.key if is_made else _from_name(row))
        if not wanted:
            return row if is_made else replace(row, own_key="")
        ((*rows,),) = self._load_referred(row, like(kind, wanted, home=self.home))
        taken = {key for (key,) in rows}
        if wanted in taken and (typed or row.sheet.name in _ONCE):
            self.problems.append(row.problem("key" if typed else _told_by(row), _TAKEN))
            return replace(row, own_key=wanted)
        return replace(row, own_key=free_key(wanted, taken, joint=":" if is_made else "-"))

    def _is_taken(self, kind: type[Record], key: str) -> bool:
        own: Any = kind
        query = select(own.id).where(own.consortium_id == self.home.id, own.key == key)
        return self.session.scalar(query) is not None


#: the kinds of which only one can tell the same, though they have a key of their own for files
_ONCE = frozenset({"partners", "attendance", "agenda", "roles", "capacities", "registers"})

#: of what a key is made where a kind has one of its own and none was typed
_NAMED = frozenset({"title", "name", "words"})

_TAKEN = _("There is already one like this. Change that one, or correct what is written here.")


def _from_name(row: FormRow) -> str:
    """Make a key of what a record is called, if it is."""
    named = (name for name in row.values if name.split(".")[0] in _NAMED)
    words = next(filter(None, map(row.text, named)), "")
    return (slug(words) or row.sheet.name) if words else ""


def _value(column: Column, box: Box) -> Value:
    """Read a field; one that was emptied takes its value away.

    :raises InvalidValue: if it cannot be read in exactly one way, or must not be empty
    """
    if box.is_empty and column.required and column.kind is not Kind.WORDS:
        raise InvalidValue(_("“{heading}” is missing. Fill it in.").fill(heading=column.heading))
    return REMOVED if box.is_empty else READERS[column.kind](box, column)


def _moved_source(record: Any, values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Walk the words that become the source because another language is called that, though they stay as they are."""
    wanted = values.get("source_language")
    for name in record.texts if record is not None and isinstance(wanted, str) else ():
        words = getattr(record, name).words(wanted)
        if words and f"{name}.{wanted}" not in values:
            yield f"{name}.{wanted}", words


def _made_key(record: Any, row: Row) -> str:
    """Make the key of a record from its fields, where its kind has none of its own."""
    return ":".join(filter(None, (_part(record, name) for name in MADE.get(row.sheet.name, ()))))


def _part(record: Any, name: str) -> str:
    value = (record.sub_project or record.organisation) if name == WHERE else getattr(record, name)
    return value.key if isinstance(value, Record) else "" if value is None else str(value)


def _told_by(row: Row) -> str:
    """Name the field that tells apart records whose keys are made of fields."""
    return next((part for part in reversed(MADE.get(row.sheet.name, ("key",))) if part in row.columns), "key")

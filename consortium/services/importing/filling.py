"""Lays a row over a record: what the cells say replaces what the record says; an empty cell changes nothing."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from consortium import clock
from consortium.errors import ConsortiumError, InvalidValue
from consortium.i18n.message import _
from consortium.models import Consortium, Participation, Partner, Record, StatusUpdate, SubProject
from consortium.services.importing.cells import REMOVED
from consortium.services.importing.layout import Column, Kind
from consortium.services.importing.rows import Row, needed_for_key
from consortium.services.importing.rules import check_kept, check_row
from consortium.services.sub_projects import check_partners
from consortium.services.texts import check_frozen
from consortium.texts import Text
from consortium.texts.words import digest

if TYPE_CHECKING:
    from consortium.services.importing.adopting import Book


def fill(record: Any, row: Row, book: "Book", home: Consortium, *, is_new: bool) -> bool:
    """Lay ``row`` over ``record`` and tell whether that changed anything; what cannot be laid is told to ``book``."""
    before = {} if is_new else {name: getattr(record, name) for name in _fields(row)}
    was_frozen = isinstance(record, StatusUpdate) and not is_new and record.is_frozen
    if is_new:
        _begin(record, row, home)
        book.problems += [row.lacks(column) for column in row.missing if _is_needed(column, row)]
    for name in _fields(row):
        try:
            _set(record, name, row, book)
            if not is_new:
                check_kept(record, name, before[name], was_frozen=was_frozen)
        except ConsortiumError as fault:
            book.problems.append(row.problem(name, fault.message))
    try:
        check_row(record, row)
    except InvalidValue as fault:
        book.problems.append(row.problem(fault.field, fault.message))
    return is_new or any(getattr(record, name) != value for name, value in before.items())


def _is_needed(column: Column, row: Row) -> bool:
    """Tell whether a new record needs a column; without its key it has been told already, and a draft may be empty."""
    is_draft = column.kind is Kind.WORDS and row.text("workflow") == "draft"
    return column.name not in needed_for_key(row.sheet) and not is_draft


def _fields(row: Row) -> tuple[str, ...]:
    """List the fields that the row speaks of, each once; the workflow last, for it decides what the others may do."""
    names = (name.split(".")[0] for name in row.values)
    renamed = ("identifiers" if name == "identifier" else name for name in names)
    found = dict.fromkeys(name for name in renamed if name not in {"key", "source_language"})
    return tuple(sorted(found, key=lambda name: name == "workflow"))


def _begin(record: Record, row: Row, home: Consortium) -> None:
    if record is not home:
        record.consortium = home  # type: ignore[attr-defined]  # members of a consortium have it
        record.consortium_id = home.id  # type: ignore[attr-defined]  # for the policy, which asks before anything is flushed
    for name in record.texts:
        setattr(record, name, Text())
    for name in (column.name for column in row.sheet.columns):
        if (usual := _usual(record, name)) is not None:
            setattr(record, name, usual)


def _usual(record: Record, name: str) -> Any:
    """Return what a field holds that was taken away or never given, as its model says."""
    columns = inspect(type(record)).columns
    default = columns[name].default if name in columns else None
    return default.arg if isinstance(default, ScalarElementColumnDefault) else None


def _set(record: Any, name: str, row: Row, book: "Book") -> None:
    if name in record.texts:
        text = _text(record, name, row, book)
        if text != getattr(record, name):
            setattr(record, name, text)
    elif name in _SPECIAL:
        _SPECIAL[name](record, row, book)
    elif (column := row.columns[name]).kind is Kind.ONE:
        value = row.values[name]
        found = None if value is REMOVED else book.find(row, name, column.group, str(value))
        if (found is not None or value is REMOVED) and found is not getattr(record, name):
            setattr(record, name, found)
    elif row.values[name] != getattr(record, name):
        setattr(record, name, _usual(record, name) if row.values[name] is REMOVED else row.values[name])


def _text(record: Record, name: str, row: Row, book: "Book") -> Text:
    """Lay the cells of a text over it: the source first, then what was translated from it, then what is removed."""
    before: Text = getattr(record, name)
    cells = {
        key.split(".")[1]: value
        for key, value in row.values.items()
        if key.startswith(f"{name}.") and key.count(".") == 1
    }
    said = {tag: value for tag, value in cells.items() if isinstance(value, str)}
    source = _source(row, before, said)
    stamp = {"by": book.principal.name, "at": clock.now()}
    after = before.write(source, said.pop(source), **stamp) if source in said else before  # type: ignore[arg-type]  # a stamp has these two
    for tag, words in said.items():
        basis = row.text(f"{name}.{tag}.based_on") or None
        if after.words(tag) != words or (basis and not _is_made_from(after, tag, source, basis)):
            after = after.translate(tag, words, made_from=source, based_on=basis, **stamp)  # type: ignore[arg-type]  # a stamp has these two
    for tag, value in cells.items():
        if value is REMOVED and tag in after:
            after = after.remove(tag)
    if not after and any(column.name == name and column.required for column in row.sheet.columns):
        raise InvalidValue(_("This cannot be taken away in every language. Keep it in one."))
    check_frozen(record, before, after)
    return after


def _is_made_from(text: Text, tag: str, source: str, basis: str) -> bool:
    """Tell whether what is known of a translation says so already; to say it again would make a draft somebody's own."""
    version = text.versions[tag]
    return version.made_from == source and version.digest == digest(basis)


def _source(row: Row, before: Text, said: Mapping[str, str]) -> str:
    """Choose the source of a text: what the row says if there are such words, else the present one, else the first."""
    wanted = row.text("source_language")
    return wanted if wanted in {*said, *before} else before.source or next(iter(said), "")


def _set_partners(record: SubProject, row: Row, book: "Book") -> None:
    keys = row.values["partners"]
    found = [book.find(row, "partners", "partners", key) for key in keys] if isinstance(keys, tuple) else []
    partners: list[Partner] = [partner for partner in found if partner is not None]
    if len(partners) < len(found):
        return
    check_partners(partners)
    if [each.partner for each in record.participations] != partners:
        record.participations = [Participation(partner=partner, place=place) for place, partner in enumerate(partners)]


def _set_groups(record: Any, row: Row, book: "Book") -> None:
    keys = row.values["groups"]
    found = [book.find(row, "groups", "groups", key) for key in keys] if isinstance(keys, tuple) else []
    groups = sorted((group for group in found if group is not None), key=lambda group: str(group.key))
    if groups != list(record.groups):
        record.groups = groups


def _set_identifiers(record: Any, row: Row, _book: "Book") -> None:
    given = {name.split(".", 1)[1]: value for name, value in row.values.items() if name.startswith("identifier.")}
    merged = {**(record.identifiers or {}), **given}
    record.identifiers = {kind: value for kind, value in sorted(merged.items()) if value is not REMOVED}


_SPECIAL: Mapping[str, Callable[[Any, Row, "Book"], None]] = {
    "partners": _set_partners,
    "groups": _set_groups,
    "identifiers": _set_identifiers,
}

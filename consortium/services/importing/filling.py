"""Lays a row over a record: what the cells say replaces what the record says; an empty cell changes nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.i18n.numbers import Money
from consortium.models import Consortium, Participation, Partner, Record, SubProject
from consortium.services.codes import known_budget, known_span
from consortium.services.importing.cells import REMOVED
from consortium.services.importing.layout import Kind
from consortium.services.importing.rows import Row
from consortium.services.statuses import check_correction, check_day
from consortium.services.sub_projects import check_partners
from consortium.services.texts import check_frozen
from consortium.texts import Text

if TYPE_CHECKING:
    from consortium.services.importing.adopting import Book

#: what a field that was taken away, or never given, holds where it cannot hold nothing
EMPTY: Mapping[str, Any] = {"programme": "", "email": ""}


def fill(record: Any, row: Row, book: "Book", home: Consortium, *, is_new: bool) -> bool:
    """Lay ``row`` over ``record`` and tell whether that changed anything.

    :raises InvalidValue: if the values do not go together
    :raises FrozenWords: if the words of a submitted status would change
    """
    before = {} if is_new else {name: getattr(record, name) for name in _fields(row)}
    if is_new:
        _begin(record, home)
    for name in _fields(row):
        _set(record, name, row, book)
    _check(record, row)
    return is_new or any(getattr(record, name) != value for name, value in before.items())


def _fields(row: Row) -> tuple[str, ...]:
    """List the fields that the row speaks of, each once."""
    names = (name.split(".")[0] for name in row.values)
    renamed = ("identifiers" if name == "identifier" else name for name in names)
    return tuple(dict.fromkeys(name for name in renamed if name not in {"key", "source_language"}))


def _begin(record: Record, home: Consortium) -> None:
    if record is not home:
        record.consortium = home  # type: ignore[attr-defined]  # members of a consortium have it
        record.consortium_id = home.id  # type: ignore[attr-defined]  # for the policy, which asks before anything is flushed
    for name in record.texts:
        setattr(record, name, Text())
    for name, value in EMPTY.items():
        if hasattr(record, name):
            setattr(record, name, value)


def _set(record: Any, name: str, row: Row, book: "Book") -> None:
    if name in record.texts:
        setattr(record, name, _text(record, name, row, book))
    elif name in _SPECIAL:
        _SPECIAL[name](record, row, book)
    elif (column := row.columns[name]).kind is Kind.ONE:
        value = row.values[name]
        found = None if value is REMOVED else book.find(row, name, column.group, str(value))
        if found is not None or value is REMOVED:
            setattr(record, name, found)
    elif row.values[name] != getattr(record, name):
        setattr(record, name, EMPTY.get(name) if row.values[name] is REMOVED else row.values[name])


def _text(record: Record, name: str, row: Row, book: "Book") -> Text:
    """Lay the cells of a text over it: the source first, then what was translated from it, then what is removed."""
    before: Text = getattr(record, name)
    cells = {
        key.split(".")[1]: value
        for key, value in row.values.items()
        if key.startswith(f"{name}.") and key.count(".") == 1
    }
    said = {tag: value for tag, value in cells.items() if isinstance(value, str)}
    source = (
        row.text("source_language")
        if row.text("source_language") in {*said, *before}
        else before.source or next(iter(said), "")
    )
    stamp = {"by": book.principal.name, "at": clock.now()}
    after = before.write(source, said.pop(source), **stamp) if source in said else before  # type: ignore[arg-type]  # a stamp has these two
    for tag, words in said.items():
        basis = row.text(f"{name}.{tag}.based_on") or None
        if after.words(tag) != words or basis:
            after = after.translate(tag, words, made_from=source, based_on=basis, **stamp)  # type: ignore[arg-type]  # a stamp has these two
    for tag, value in cells.items():
        if value is REMOVED and tag in after:
            after = after.remove(tag)
    check_frozen(record, before, after)
    return after


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


def _check(record: Any, row: Row) -> None:
    """Check what the cells of a row say together."""
    start, end = (
        getattr(record, "start", None) or getattr(record, "joined", None),
        getattr(record, "end", None) or getattr(record, "left", None),
    )
    if isinstance(start, date | None) and isinstance(end, date | None):
        known_span(start, end)
    if row.sheet.name == "sub_projects":
        _check_budget(record.amount, record.currency)
    if row.sheet.name == "status_updates" and isinstance(record.day, date):
        check_day(record.day)
        check_correction(record)


def _check_budget(amount: Decimal | None, currency: str | None) -> None:
    if (amount is None) != (not currency):
        raise InvalidValue(_("A budget needs an amount and a currency. Write both, or neither."))
    if amount is not None and currency:
        known_budget(Money(amount, currency))

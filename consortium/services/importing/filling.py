"""Lays a row over a record: what the cells say replaces what the record says; an empty cell changes nothing."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from consortium import clock
from consortium.errors import ConsortiumError, FrozenWords, InvalidValue
from consortium.i18n.message import LanguageName, _
from consortium.i18n.numbers import Money
from consortium.models import Consortium, Participation, Partner, Record, StatusUpdate, SubProject
from consortium.services.codes import known_budget, known_span
from consortium.services.importing.cells import REMOVED
from consortium.services.importing.layout import Kind
from consortium.services.importing.rows import Row, needed_for_key
from consortium.services.statuses import check_day
from consortium.services.sub_projects import check_partners
from consortium.services.texts import check_frozen
from consortium.texts import Text

if TYPE_CHECKING:
    from consortium.services.importing.adopting import Book

#: what a field that was taken away, or never given, holds where it cannot hold nothing
EMPTY: Mapping[str, Any] = {"programme": "", "email": ""}

#: what a submitted status says beside its texts
SUBMITTED = frozenset({"sub_project", "day", "state", "corrects", "reported_by"})

#: stands for the value of a record that is new, and free to take any
FREE = object()


def fill(record: Any, row: Row, book: "Book", home: Consortium, *, is_new: bool) -> bool:
    """Lay ``row`` over ``record`` and tell whether that changed anything; what cannot be laid is told to ``book``."""
    before = {} if is_new else {name: getattr(record, name) for name in _fields(row)}
    if is_new:
        _begin(record, home)
        book.problems += [row.lacks(column) for column in row.missing if column.name not in needed_for_key(row.sheet)]
    for name in _fields(row):
        try:
            _set(record, name, row, book)
            _keep_submitted(record, name, before.get(name, FREE))
        except ConsortiumError as fault:
            book.problems.append(row.problem(name, fault.message))
    try:
        _check(record, row)
    except InvalidValue as fault:
        book.problems.append(row.problem(fault.field, fault.message))
    return is_new or any(getattr(record, name) != value for name, value in before.items())


def _keep_submitted(record: Any, name: str, before: Any) -> None:
    """Insist that a submitted status stays what it was; only its texts may be translated."""
    if not isinstance(record, StatusUpdate) or name not in SUBMITTED or before is FREE:
        return
    if getattr(record, name) != before:
        told = _("The status has been submitted and stays as it is. Add a new status that corrects “{key}” instead.")
        raise FrozenWords(told.fill(key=record.key))


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
    source = _source(row, before, said)
    stamp = {"by": book.principal.name, "at": clock.now()}
    after = before.write(source, said.pop(source), **stamp) if source in said else before  # type: ignore[arg-type]  # a stamp has these two
    for tag, words in said.items():
        basis = row.text(f"{name}.{tag}.based_on") or None
        if after.words(tag) != words or basis:
            after = after.translate(tag, words, made_from=source, based_on=basis, **stamp)  # type: ignore[arg-type]  # a stamp has these two
    for tag, value in cells.items():
        if value is REMOVED and tag in after:
            after = after.remove(tag)
    if not after and any(column.name == name and column.required for column in row.sheet.columns):
        raise InvalidValue(_("This cannot be taken away in every language. Keep it in one."))
    check_frozen(record, before, after)
    return after


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


def _check(record: Any, row: Row) -> None:
    """Check what the cells of a row say together."""
    if isinstance(record, Partner):
        known_span(record.joined, record.left)
    elif hasattr(record, "start"):
        known_span(record.start, record.end)
    if isinstance(record, SubProject):
        _check_budget(record.amount, record.currency)
    if isinstance(record, StatusUpdate) and "day" in row.values:
        check_day(record.day)
    _check_source(record, row)


def _check_source(record: Record, row: Row) -> None:
    """Insist that there are words in the language that the row calls its source."""
    tag, texts = row.text("source_language"), [getattr(record, name) for name in record.texts]
    if tag and any(texts) and not any(tag in text for text in texts):
        told = _("The source language is {language}, but nothing is written in it. Correct one of the two.")
        raise InvalidValue(told.fill(language=LanguageName(tag)), "source_language")


def _check_budget(amount: Decimal | None, currency: str | None) -> None:
    if (amount is None) != (not currency):
        raise InvalidValue(_("A budget needs an amount and a currency. Write both, or neither."), "amount")
    if amount is not None and currency:
        known_budget(Money(amount, currency))

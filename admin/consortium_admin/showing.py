"""What records are called and what their fields say, in the language of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from consortium.clock import CIVIL
from consortium.documents import Speech, Words
from consortium.i18n.dates import format_date
from consortium.i18n.language import language_name
from consortium.i18n.message import Message
from consortium.models import (
    AgendaItem,
    Attendance,
    Capacity,
    Group,
    IndicatorValue,
    Organisation,
    Partner,
    PartnerRole,
    Person,
    RegisterEntry,
    Series,
    Statement,
    TermEntry,
)
from consortium.services.editing import form_of
from consortium.services.importing.keeping import MODELS
from consortium.services.importing.layout import Column, Kind
from consortium.services.naming import Named
from consortium.texts import Text, TextState, term
from consortium.writers.signs import SIGNS, Sign
from consortium_admin.visit import visit

#: what tells records of a kind apart, where it is not a text
NAMING: Mapping[type, Callable[[Any, Speech], Words]] = {
    Organisation: lambda record, speech: speech.name(record.name),
    Group: lambda record, speech: speech.name(record.name),
    Series: lambda record, speech: speech.name(record.name),
    Partner: lambda record, speech: speech.name(record.organisation.name),
    Person: lambda record, speech: speech.plain(record.name),
    RegisterEntry: lambda record, speech: speech.plain(f"{record.code} {record.name}"),
    PartnerRole: lambda record, speech: speech.capital(speech.term("role", record.role)),
    Capacity: lambda record, speech: speech.listed(
        (naming(record.person, speech), speech.term("capacity", record.role))
    ),
    IndicatorValue: lambda record, speech: _dated(naming(record.indicator, speech), record.day),
    Attendance: lambda record, speech: naming(record.organisation, speech),
    AgendaItem: lambda record, speech: speech.title(record.title),
    Statement: lambda record, speech: speech.read(record.words),
}


def naming(record: Any, speech: Speech) -> Words:
    """Say what a record is called: by its name or title, else by its key."""
    if type(record) in NAMING:
        return NAMING[type(record)](record, speech) or speech.plain(record.key)
    text: Text | None = next((getattr(record, name) for name in record.texts), None)
    return (speech.title(text) if text else ()) or speech.plain(record.key)


def _dated(words: Words, day: date) -> Words:
    """Put a day behind words, in their language."""
    return tuple(replace(each, words=f"{each.words}, {format_date(day, each.language)}") for each in words)


def plain_name(record: Any, speech: Speech) -> str:
    """Say what a record is called, in plain words and not too many of them."""
    return cut(naming(record, speech))[0].words


def cut(words: Words) -> Words:
    """Leave of words that name a record not too many."""
    return tuple(replace(each, words=_cut(each.words)) for each in words)


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME].rsplit(' ', 1)[0]} …"


#: longer words are cut where they stand for a record
LONGEST_NAME = 80


def shown(record: Any, column: Column, speech: Speech) -> Words:
    """Say what a record holds in ``column``; nothing where it holds nothing."""
    if column.name == "partners":
        return speech.listed(naming(each.partner, speech) for each in record.participations)
    if column.kind is Kind.IDENTIFIER:
        value = (record.identifiers or {}).get(column.group)
        return speech.plain(value) if value else ()
    if column.name == "source_language":
        return ()
    value = getattr(record, column.name)
    return () if value in (None, "", []) else _SHOWN.get(column.kind, _plain)(value, column, speech)


def _plain(value: Any, _column: Column, speech: Speech) -> Words:
    return speech.plain(str(value))


_SHOWN: Mapping[Kind, Callable[[Any, Column, Speech], Words]] = {
    Kind.WORDS: lambda value, _column, speech: speech.read(value) if value else (),
    Kind.CODE: lambda value, column, speech: speech.capital(speech.term(column.group, value)),
    Kind.DATE: lambda value, _column, speech: speech.day(value),
    Kind.NUMBER: lambda value, _column, speech: speech.number(value),
    Kind.MEASURE: lambda value, _column, speech: speech.number(value),
    Kind.LANGUAGE: lambda value, _column, speech: speech.plain(_language(value, speech)),
    Kind.ONE: lambda value, _column, speech: naming(value, speech),
    Kind.MANY: lambda value, _column, speech: speech.listed(naming(each, speech) for each in value),
}


def _language(tag: str, speech: Speech) -> str:
    return language_name(tag, speech.languages[0])


@dataclass(frozen=True)
class Version:
    """The words of a text in one language, and how far they can be trusted."""

    language: str
    words: str
    state: TextState


@dataclass(frozen=True)
class Fact:
    """What a record says in one field: in the language of the page, or, for a text, in each of the consortium's.

    :ivar others: the text in languages that the consortium does not write
    """

    name: str
    heading: Message
    words: Words = ()
    versions: tuple[Version, ...] = ()
    others: tuple[Version, ...] = ()


def facts(record: Any, tags: tuple[str, ...], speech: Speech) -> tuple[Fact, ...]:
    """Tell what a record says, field by field; fields that say nothing are left out."""
    columns = {_of(column): column for column in form_of(type(record), tags)}
    if "key" in columns:
        columns["key"] = columns.pop("key")  # last, for it says least
    told = (_fact(record, column, tags, speech) for column in columns.values())
    return tuple(each for each in told if each.words or each.versions)


def _fact(record: Any, column: Column, tags: tuple[str, ...], speech: Speech) -> Fact:
    if column.kind is not Kind.WORDS:
        return Fact(column.machine_name, column.heading, shown(record, column, speech))
    text: Text = getattr(record, column.name)
    if not text:
        return Fact(column.name, column.heading)
    wanted = [tag for tag in tags if tag in text or not is_proper(record, column.name)]
    own, others = (
        tuple(Version(tag, text.words(tag) or "", text.state(tag)) for tag in some)
        for some in (wanted, (tag for tag in text if tag not in tags))
    )
    return Fact(column.name, column.heading, versions=own, others=others)


def is_proper(record: Any, field: str) -> bool:
    """Tell whether a text is a proper name, which nobody translates."""
    return (isinstance(record, Organisation) and field == "name") or (
        isinstance(record, TermEntry) and record.kind == "name"
    )


def _of(column: Column) -> str:
    return column.name if column.kind is Kind.WORDS else column.machine_name


def said(value: str, column: Column, names: Mapping[tuple[str, str], Named], speech: Speech) -> Words:
    """Say what a value means that stood in ``column``; ``names`` are those of what it may refer to, by table and key."""
    if not value:
        return ()
    if column.kind in {Kind.ONE, Kind.MANY}:
        table = MODELS[column.group].__tablename__
        return speech.listed(called(names.get((table, key)), key, speech) for key in value.split(";"))
    read = _READ.get(column.kind)
    return _SHOWN[column.kind](read(value), column, speech) if read else speech.plain(value)


#: how a value of the history is read again
_READ: Mapping[Kind, Callable[[str], Any]] = {
    Kind.CODE: str,
    Kind.LANGUAGE: str,
    Kind.DATE: date.fromisoformat,
    Kind.NUMBER: Decimal,
    Kind.MEASURE: Decimal,
}


def called(named: Named | None, key: str, speech: Speech) -> Words:
    """Say what a record is called that was looked up; its key where it was not found."""
    if named is None:
        return speech.plain(key)
    return speech.name(named.title) or speech.plain(named.name or key)


def _term(group: str, code: str) -> str:
    return term(group, code, visit().language)


def _moment(at: datetime) -> str:
    local = at.astimezone(CIVIL)
    return f"{format_date(local.date(), visit().language)}, {local:%H:%M}"


#: beside the words of how far a translation can be trusted
_SIGNS = {
    TextState.ORIGINAL: Sign("M8 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8z"),
    TextState.MISSING: SIGNS["state.planned"],
    TextState.MACHINE_DRAFT: SIGNS["mark.machine_draft"],
    TextState.TRANSLATED: SIGNS["milestone.achieved"],
    TextState.REVIEWED: Sign("M.5 8.5 4 12 10 4.5M6.5 11 7.5 12 14 4.5", is_line=True),
    TextState.OUTDATED: SIGNS["mark.outdated"],
}


def _text_sign(state: str) -> Markup:
    return Markup(_SIGNS[TextState(state)].svg())  # noqa: S704  # drawn by us


#: what the templates of records say things with, beside the words of all templates
SAYING: Mapping[str, Any] = {
    "term": _term,
    "text_sign": _text_sign,
    "moment": _moment,
    "languages_in": lambda versions: ", ".join(language_name(each.language, visit().language) for each in versions),
}

"""Hints on pages: what is doubtful about words and codes, at their fields and after they were kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import flash
from sqlalchemy.orm import Session

from consortium.i18n.language import language_name
from consortium.i18n.message import Message, _
from consortium.models import Organisation
from consortium.services.hints import Hint, text_checks
from consortium.services.importing.layout import Column, Kind
from consortium.services.offers import Offers
from consortium.services.registers import doubts, register_of
from consortium.services.status_forms import Kept
from consortium_admin.statuses.boxes import ASKED
from consortium_admin.visit import visit

#: a page says so many at its top; the others stand at their fields
MOST_SAID = 5

#: hints by the names of controls
Hints = Mapping[str, tuple[Message, ...]]


def hints_in(said: Mapping[str, tuple[str, str]]) -> Hints:
    """Find what is doubtful about words that stand in a form; in one query at most, and in none where there are no words.

    :param said: by the name of the control, the language and the words
    """
    here = visit()
    written = {name: own for name, own in said.items() if own[1]}
    if not written:
        return {}
    return _by_name(text_checks(Offers(here.session, here.consortium)).hints(written))


def hints_at(columns: Iterable[Column], values: Mapping[str, str]) -> Hints:
    """Find what is doubtful about the words in the form of a record."""
    words = [each for each in columns if each.kind is Kind.WORDS]
    return hints_in({each.machine_name: (each.language, values.get(each.machine_name, "")) for each in words})


def hints_of(session: Session, record: Any) -> Hints:
    """Find what is doubtful about a record as it is kept: its words, and the codes of an organisation."""
    checks = text_checks(Offers(session, visit().consortium)) if record.texts else None
    found = dict(_by_name(checks.of_record(record))) if checks else {}
    return {**found, **hints_at_codes(session, record)}


def hints_at_codes(session: Session, record: Any) -> Hints:
    """Find what registers say of the codes of an organisation; in one query, and in none where it has no codes."""
    if not isinstance(record, Organisation) or not record.identifiers:
        return {}
    here = visit()
    register = register_of(session, here.principal, consortium=here.consortium, kinds=record.identifiers.keys())
    return {f"identifier.{kind}": (doubt,) for kind, doubt in doubts(register, record.identifiers, here.day)}


def say_kept(told: Message, columns: Iterable[Column], hints: Hints) -> None:
    """Say on the next page that something was kept, and what is doubtful about it, with the field."""
    language = visit().language
    flash(told.say(language))
    headings = {each.machine_name: _titled(each.heading, each.language, language) for each in columns}
    _say((headings.get(name, ""), each) for name, found in hints.items() for each in found)


def say_of_status(kept: Kept) -> None:
    """Say on the next page what is to be thought of after a status was sent."""
    _say(told_of_status(kept))


def told_of_status(kept: Kept) -> list[tuple[str, Message]]:
    """List what is to be thought of in a status: the field, if it is about one, and the words."""
    language = visit().language
    own = [(each.field, "", each.words) for each in kept.remarks]
    own += [(*each.field.split("."), each.words) for each in kept.hints]  # type: ignore[misc]  # a text and its language
    return [(_label(name, tag, language), words) for name, tag, words in own]


def _label(name: str, tag: str, language: str) -> str:
    return _titled(_FIELDS[name], tag, language) if name in _FIELDS else ""


def _titled(label: Message, tag: str, language: str) -> str:
    """Say what a field is called, and of which language it is."""
    said = label.say(language)
    return f"{said} – {language_name(tag, language)}" if tag else said


_FIELDS: Mapping[str, Message] = {
    "state": _("How does it stand?"),
    "day": _("The status is of"),
    **{name: label for name, (label, _help, _example) in ASKED.items()},
}


def _by_name(hints: Iterable[Hint]) -> Hints:
    found: dict[str, tuple[Message, ...]] = defaultdict(tuple)
    for each in hints:
        found[each.field] += (each.words,)
    return found


def _say(told: Iterable[tuple[str, Message]]) -> None:
    language = visit().language
    for line in list(_lines(told, language))[:MOST_SAID]:
        flash(line, "hint")


def _lines(told: Iterable[tuple[str, Message]], language: str) -> Iterator[str]:
    for field, words in told:
        said = words.say(language)
        yield _("{field}: {words}").fill(field=field, words=said).say(language) if field else said

"""Keeps the text index: a function of the records, written in the same unit of work."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from consortium.i18n.sorting import sort_key
from consortium.models.base import Member, Record
from consortium.models.consortium import Consortium
from consortium.models.dialect import write_over
from consortium.models.text_index import TextIndex
from consortium.texts import Text, TextState
from consortium.texts.stems import marked, stems

#: stands before each stem of what a record is called; no word has this sign
TITLE = "="

#: the fields by which records are called
TITLES = ("title", "name", "key")

#: longer keys bring no better order
KEY_LENGTH = 400

#: records that are indexed anew at a time
PAGE = 500

#: what tells a line apart: a text of a record in a language
LINE = ("entity", "entity_id", "field", "language")

_TAGS = "tags"


def update(session: Session, changes: Iterable[tuple[Record, str, Mapping[str, Any]]]) -> None:
    """Index what changed: records with what was done to each, and which of its fields it was done to."""
    gone: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    renewed: list[Consortium] = []
    for record, action, fields in changes:
        touched = [name for name in (*record.texts, *record.names) if name in fields]
        wanted = _languages(session, record) if touched else ()
        for name in touched:
            own = [] if action == "deleted" else list(_rows(record, name, wanted))
            rows += own
            for language in _languages_before(fields[name][0], wanted) - {row["language"] for row in own}:
                gone.append(_place(record, name, language))
        if isinstance(record, Consortium) and action == "changed" and "languages" in fields:
            renewed.append(record)
    _write(session.connection(), gone, rows)
    for consortium in renewed:
        forget(session)
        rebuild(session, consortium)


def forget(session: Session) -> None:
    """Forget which languages the consortia want, as is due when they may have changed."""
    session.info.pop(_TAGS, None)


def fill(session: Session) -> None:
    """Index the consortia that have no line, as is due after a step that has made the index anew."""
    is_known = exists().where(TextIndex.consortium_id == Consortium.id)
    for consortium in session.scalars(select(Consortium).where(~is_known)).all():
        rebuild(session, consortium)


def rebuild(session: Session, consortium: Consortium) -> None:
    """Index all texts of a consortium anew, its own among them, as is due when its languages have changed."""
    session.connection().execute(delete(TextIndex).where(TextIndex.consortium_id == consortium.id))
    kinds = (mapper.class_ for mapper in Consortium.registry.mappers)
    for kind in sorted(kinds, key=lambda each: each.__tablename__):  # so that the same records give the same lines
        if issubclass(kind, Record):
            home = kind.consortium_id if issubclass(kind, Member) else kind.id
            _index(session, consortium, kind, home == consortium.id)


def renew(session: Session, consortium: Consortium, kind: type[Record], numbers: Sequence[int]) -> None:
    """Index some records anew, as is due where they were written past the recorder."""
    for start in range(0, len(numbers), PAGE):
        some = numbers[start : start + PAGE]
        own = (TextIndex.entity == kind.__tablename__, TextIndex.entity_id.in_(some))
        session.connection().execute(delete(TextIndex).where(*own))
        _index(session, consortium, kind, kind.id.in_(some))


def _index(session: Session, consortium: Consortium, kind: type[Record], which: ColumnElement[bool]) -> None:
    fields = (*kind.texts, *kind.names)
    if not fields:
        return
    connection = session.connection()
    # rows, not records: within a flush the session does not yet know those that are new
    query = select(kind.id, *(getattr(kind, name) for name in fields)).where(which)
    for found in connection.execute(query.order_by(kind.id).execution_options(yield_per=PAGE)).partitions():
        lines = (
            line
            for number, *said in found
            for name, words in zip(fields, said, strict=True)
            for line in _lines(kind, words, name=name, number=number, home=consortium.id, wanted=consortium.tags)
        )
        _write(connection, [], list(lines))


def _place(record: Record, name: str, language: str) -> dict[str, Any]:
    return {
        "the_entity": record.__tablename__,
        "the_id": record.id,
        "the_field": name,
        "the_language": language,
    }


def _languages_before(before: Any, wanted: tuple[str, ...]) -> set[str]:
    """Tell in which languages a text may have had a line; none if it said nothing."""
    if not before:
        return set()
    return {*wanted, *before["versions"]} if isinstance(before, dict) else set(wanted)


def _write(connection: Connection, gone: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Write lines over those that there are, in one statement; only what is in no language any more is taken away."""
    if gone:
        old = (
            TextIndex.entity == bindparam("the_entity"),
            TextIndex.entity_id == bindparam("the_id"),
            TextIndex.field == bindparam("the_field"),
            TextIndex.language == bindparam("the_language"),
        )
        connection.execute(delete(TextIndex).where(*old), gone)
    if rows:
        write_over(connection, TextIndex, rows, by=LINE)


def _languages(session: Session, record: Record) -> tuple[str, ...]:
    """Tell which languages the consortium of ``record`` wants, asking the database once a unit."""
    if isinstance(record, Consortium):
        return record.tags
    known: dict[int, tuple[str, ...]] = session.info.setdefault(_TAGS, {})
    number: int = record.consortium_id  # type: ignore[attr-defined]  # members of a consortium have it
    if number not in known:
        present = session.identity_map.get(identity_key(Consortium, number))
        if present is not None and "languages" not in inspect(present).unloaded:
            return present.tags
        found = session.connection().scalar(select(Consortium.languages).where(Consortium.id == number))
        known[number] = tuple(str(found).split(","))
    return known[number]


def _rows(record: Record, name: str, wanted: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    home: int = record.consortium_id  # type: ignore[attr-defined]  # every record has one, if only its own
    return _lines(type(record), getattr(record, name), name=name, number=record.id, home=home, wanted=wanted)


def _lines(
    kind: type[Record], said: Text | str, *, name: str, number: int, home: int, wanted: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    is_sorted = name == kind.sorted_by
    for language, words, found_by, state in _said(said, wanted, is_sorted=is_sorted):
        yield {
            "entity": kind.__tablename__,
            "entity_id": number,
            "field": name,
            "language": language,
            "consortium_id": home,
            "words": words,
            "stems": marked(found_by, TITLE) if name in {*TITLES, kind.sorted_by} else found_by,
            "sort_key": sort_key(words, language)[:KEY_LENGTH] if is_sorted else "",
            "state": str(state),
        }


def _said(said: Text | str, wanted: tuple[str, ...], *, is_sorted: bool) -> Iterator[tuple[str, str, str, TextState]]:
    """Walk the languages of a text or a name, with the words, their stems and their state.

    What a list is sorted by has a line in every language, also where it is empty: else its record would be in no list.
    """
    if isinstance(said, str):
        for language in wanted if is_sorted else wanted[:1] if said else ():
            yield language, said, stems(said, "") if language == wanted[0] else "", TextState.ORIGINAL
        return
    for language in dict.fromkeys((*wanted, *said)):
        reading = said.read(language)
        if reading:
            found_by = "" if reading.is_fallback else stems(reading.words, language)
            yield language, reading.words, found_by, said.state(language)
        elif is_sorted:
            yield language, "", "", TextState.MISSING

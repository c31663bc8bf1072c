"""Keeps the text index: a function of the records, written in the same unit of work."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from consortium.i18n.sorting import sort_key
from consortium.models.base import Member, Record
from consortium.models.consortium import Consortium
from consortium.models.text_index import TextIndex
from consortium.texts import Text
from consortium.texts.stems import stems

#: longer keys bring no better order
KEY_LENGTH = 400

_TAGS = "tags"


def update(session: Session, changes: Iterable[tuple[Record, str, Mapping[str, Any]]]) -> None:
    """Index what changed: records with what was done to each, and which of its fields it was done to."""
    gone: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    renewed: list[Consortium] = []
    for record, action, fields in changes:
        touched = [name for name in record.texts if name in fields]
        if action != "created":
            gone += [{"the_entity": record.__tablename__, "the_id": record.id, "the_field": name} for name in touched]
        if action != "deleted":
            rows += [row for name in touched for row in _rows(record, name, _languages(session, record))]
        if isinstance(record, Consortium) and action == "changed" and "languages" in fields:
            renewed.append(record)
    _write(session.connection(), gone, rows)
    for consortium in renewed:
        forget(session)
        rebuild(session, consortium)


def forget(session: Session) -> None:
    """Forget which languages the consortia want, as is due when they may have changed."""
    session.info.pop(_TAGS, None)


def rebuild(session: Session, consortium: Consortium) -> None:
    """Index all texts of a consortium anew, its own among them, as is due when its languages have changed."""
    connection = session.connection()
    connection.execute(delete(TextIndex).where(TextIndex.consortium_id == consortium.id))
    for kind in (mapper.class_ for mapper in Consortium.registry.mappers):
        if not issubclass(kind, Record) or not kind.texts:
            continue
        home = kind.consortium_id if issubclass(kind, Member) else kind.id
        columns = (kind.id, *(getattr(kind, name) for name in kind.texts))
        # rows, not records: within a flush the session does not yet know those that are new
        query = select(*columns).where(home == consortium.id).execution_options(yield_per=500)
        for found in connection.execute(query).partitions():
            lines = (
                line
                for number, *texts in found
                for name, text in zip(kind.texts, texts, strict=True)
                for line in _lines(kind, text, name=name, number=number, home=consortium.id, wanted=consortium.tags)
            )
            _write(connection, [], list(lines))


def _write(connection: Connection, gone: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    if gone:
        old = (
            TextIndex.entity == bindparam("the_entity"),
            TextIndex.entity_id == bindparam("the_id"),
            TextIndex.field == bindparam("the_field"),
        )
        connection.execute(delete(TextIndex).where(*old), gone)
    if rows:
        connection.execute(insert(TextIndex), rows)


def _languages(session: Session, record: Record) -> tuple[str, ...]:
    """Tell which languages the consortium of ``record`` wants, asking the database once a unit."""
    if isinstance(record, Consortium):
        return record.tags
    known: dict[int, tuple[str, ...]] = session.info.setdefault(_TAGS, {})
    number: int = record.consortium_id  # type: ignore[attr-defined]  # members of a consortium have it
    if number not in known:
        found = session.connection().scalar(select(Consortium.languages).where(Consortium.id == number))
        known[number] = tuple(str(found).split(","))
    return known[number]


def _rows(record: Record, name: str, wanted: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    home: int = record.consortium_id  # type: ignore[attr-defined]  # every record has one, if only its own
    return _lines(type(record), getattr(record, name), name=name, number=record.id, home=home, wanted=wanted)


def _lines(
    kind: type[Record], text: Text, *, name: str, number: int, home: int, wanted: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    for language in dict.fromkeys((*wanted, *text)):
        reading = text.read(language)
        if reading is None:
            continue
        yield {
            "entity": kind.__tablename__,
            "entity_id": number,
            "field": name,
            "language": language,
            "consortium_id": home,
            "words": reading.words,
            "stems": "" if reading.is_fallback else stems(reading.words, language),
            "sort_key": sort_key(reading.words, language)[:KEY_LENGTH] if name == kind.sorted_by else "",
            "state": str(text.state(language)),
        }

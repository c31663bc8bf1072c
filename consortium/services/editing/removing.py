"""Removes records that nothing refers to."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import Message, _
from consortium.models import Base, Record
from consortium.services.editing.form import sheet_for
from consortium.services.exporting.fields import sheet_of
from consortium.services.policy import Principal, Verb, demand

#: tables whose rows stand by themselves: what they refer to goes without them, or takes them with it
_LOOSE = frozenset({"change", "letter", "plugin_switch", "status_link", "text_index"})


def remove_record(session: Session, principal: Principal, *, record: Record, version: int | None = None) -> None:
    """Remove ``record``; its history stays.

    :param version: the version that whoever asks has seen
    :raises NotPermitted: if ``principal`` may not remove it
    :raises InvalidValue: if something refers to it, or it has been changed since
    """
    demand(session, principal, Verb.REMOVE, record)
    if version is not None and version != record.version:
        told = _("“{key}” has been changed in the meantime. Look at it again before you remove it.")
        raise InvalidValue(told.fill(key=record.key))
    used = tuple(_uses(session, record))
    if used:
        told = _("“{key}” is still needed in: {places}. Remove or change that first.")
        raise InvalidValue(told.fill(key=record.key, places=used))
    session.delete(record)
    session.flush()


def _uses(session: Session, record: Record) -> Iterator[Message]:
    """Say where ``record`` is referred to, and how often; its own parts do not count."""
    table = record.__table__
    parts = {record.__mapper__.relationships[name].target for name in record.collections}
    parts |= {each.secondary for each in record.__mapper__.relationships if each.secondary is not None}
    counts = [
        select(literal(other.name), func.count()).select_from(other).where(key.parent == record.id)
        for other in Base.metadata.sorted_tables
        if other not in parts
        for key in other.foreign_keys
        if key.column.table is table and other.name not in _LOOSE
    ]
    if not counts:
        return
    for name, count in session.execute(union_all(*counts)):
        if count:
            yield _("{place} ({number})").fill(place=_title(name), number=count)


def _title(table: str) -> Any:
    kinds = (mapper.class_ for mapper in Base.registry.mappers)
    kind = next((each for each in kinds if each.__tablename__ == table), None)
    if kind is None or not issubclass(kind, Record):  # a part, such as the place of a partner in a sub-project
        owner = next(
            mapper.class_
            for mapper in Base.registry.mappers
            if any(each.target.name == table for each in mapper.relationships if each.direction.name == "ONETOMANY")
        )
        return sheet_for(owner).heading
    sheet = sheet_of(kind)
    return sheet.heading if sheet else kind.__tablename__

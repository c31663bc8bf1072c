"""The history: one change a record and unit of work, chained so that tampering shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from consortium.models.base import Base
from consortium.models.columns import Code, Id, Name


class Change(Base):
    """What somebody changed in one record, in one unit of work.

    :ivar values: before and after of each field, by its name
    :ivar salt: makes what was said impossible to guess from its digest; another one once a name was taken out
    :ivar digest: SHA-256 of salt, key, name of the doer, and values, as they were recorded; it stays
    :ivar link: SHA-256 of the link before, of what kind of record was changed how and when, and of the digest
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_record", "entity", "entity_id", "id"),)

    id: Mapped[Id]
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"), index=True)
    entity: Mapped[Code]
    entity_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(200))
    action: Mapped[Code]
    at: Mapped[datetime]
    by: Mapped[Name]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    salt: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    link: Mapped[str] = mapped_column(String(64))

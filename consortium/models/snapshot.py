"""Snapshots: the facts of a day, kept as they were known."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Base, Member
from consortium.models.gathering import Gathering


class Snapshot(Member):
    """The facts of a day, never changed again; the sub-projects are its lines.

    ``fingerprint`` is the SHA-256 of all lines, ``versions`` those of the programs that wrote them.
    """

    __tablename__ = "snapshot"

    day: Mapped[date]
    fingerprint: Mapped[str] = mapped_column(String(64))
    versions: Mapped[dict[str, Any]] = mapped_column(JSON)
    gathering_id: Mapped[int | None] = mapped_column(ForeignKey("gathering.id"), default=None)

    gathering: Mapped[Gathering | None] = relationship()


class SnapshotLine(Base):
    """A line of a snapshot, packed: in place 0 its head, then a sub-project in each, under its key."""

    __tablename__ = "snapshot_line"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (Index("ix_snapshot_line_key", "snapshot_id", "key"),)

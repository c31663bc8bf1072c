"""Status updates: added, never rewritten; and what was asked about them."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.columns import Code
from consortium.models.person import Person
from consortium.models.sub_project import SubProject
from consortium.texts import Text


class StatusUpdate(Member):
    """How a sub-project stood on a day, as its lead saw it.

    Once submitted its source words are frozen, until it is returned; translations never are.
    """

    __tablename__ = "status_update"
    texts: ClassVar[tuple[str, ...]] = ("summary", "achieved", "next_steps", "support_needs")

    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id"))
    day: Mapped[date]
    state: Mapped[Code]
    workflow: Mapped[Code] = mapped_column(default="submitted")
    summary: Mapped[Text]
    achieved: Mapped[Text]
    next_steps: Mapped[Text]
    support_needs: Mapped[Text]
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("status_update.id"), default=None)

    sub_project: Mapped[SubProject] = relationship()
    reported_by: Mapped[Person | None] = relationship()
    corrects: Mapped["StatusUpdate | None"] = relationship(remote_side="StatusUpdate.id")

    @property
    def is_frozen(self) -> bool:
        """Tell whether it has been submitted and not been returned."""
        return self.workflow not in {"draft", "returned"}

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  # SQLAlchemy calls it on the class
        """Find the latest update of a sub-project and its state without reading a row; and the few that correct one.

        An index of corrections that knew also those that correct nothing would be so full of nothing that SQLite, once it
        has counted, reads all updates instead.
        """
        few = text("corrects_id IS NOT NULL")
        return (
            UniqueConstraint("consortium_id", "key"),
            Index("ix_status_update_latest", "sub_project_id", "day", "id", "workflow", "corrects_id", "state"),
            Index("ix_status_update_day", "consortium_id", "day", "id"),
            Index("ix_status_update_corrects_id", "corrects_id", sqlite_where=few, postgresql_where=few),
        )


class StatusComment(Member):
    """What staff ask of the lead when they return a status, at the field that it is about."""

    __tablename__ = "status_comment"
    texts: ClassVar[tuple[str, ...]] = ("words",)

    status_update_id: Mapped[int] = mapped_column(ForeignKey("status_update.id"), index=True)
    field: Mapped[Code]
    day: Mapped[date]
    words: Mapped[Text]

    status_update: Mapped[StatusUpdate] = relationship()

    @property
    def sub_project(self) -> SubProject:
        """The sub-project whose status it is about."""
        return self.status_update.sub_project

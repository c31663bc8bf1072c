"""Milestones: what shall be reached, until when, and when it was."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.sub_project import SubProject
from consortium.texts import Text


class Milestone(Member):
    """Something that a sub-project shall have reached by the day it is due; ``done`` is the day on which it had."""

    __tablename__ = "milestone"
    texts: ClassVar[tuple[str, ...]] = ("title",)
    names: ClassVar[tuple[str, ...]] = ("key",)

    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id"), index=True)
    title: Mapped[Text]
    due: Mapped[date]
    done: Mapped[date | None] = mapped_column(default=None)

    sub_project: Mapped[SubProject] = relationship()

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  # SQLAlchemy calls it on the class
        """List what is due without sorting it."""
        return (UniqueConstraint("consortium_id", "key"), Index("ix_milestone_due", "consortium_id", "due", "id"))

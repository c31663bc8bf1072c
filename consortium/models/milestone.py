"""Milestones: what shall be reached, until when, and when it was."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.sub_project import SubProject
from consortium.texts import Text


class Milestone(Member):
    """Something that a sub-project shall have reached by the day it is due; ``done`` is the day on which it had."""

    __tablename__ = "milestone"
    texts: ClassVar[tuple[str, ...]] = ("title",)

    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id"), index=True)
    title: Mapped[Text]
    due: Mapped[date]
    done: Mapped[date | None] = mapped_column(default=None)

    sub_project: Mapped[SubProject] = relationship()

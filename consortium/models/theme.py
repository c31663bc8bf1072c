"""Themes across sub-projects, and to what degree each promotes them."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.columns import Code
from consortium.models.sub_project import SubProject
from consortium.texts import Text


class Theme(Member):
    """A theme that all sub-projects are asked about, such as recovery; ``question`` is how they are asked."""

    __tablename__ = "theme"
    texts: ClassVar[tuple[str, ...]] = ("name", "question")
    names: ClassVar[tuple[str, ...]] = ("key",)
    sorted_by: ClassVar[str] = "name"

    name: Mapped[Text]
    question: Mapped[Text]


class Assessment(Member):
    """To what degree a sub-project promoted a theme on a day, and how."""

    __tablename__ = "assessment"
    texts: ClassVar[tuple[str, ...]] = ("words",)

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id"), index=True)
    day: Mapped[date]
    degree: Mapped[Code]
    words: Mapped[Text]

    theme: Mapped[Theme] = relationship()
    sub_project: Mapped[SubProject] = relationship()

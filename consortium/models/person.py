"""People and their capacities; nobody needs an account."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.columns import Code, Name
from consortium.models.organisation import Organisation
from consortium.models.sub_project import SubProject


class Person(Member):
    """A person, with the language in which letters are written to them."""

    __tablename__ = "person"
    names: ClassVar[tuple[str, ...]] = ("name", "key")
    sorted_by: ClassVar[str] = "name"

    name: Mapped[Name]
    email: Mapped[Name] = mapped_column(default="")
    language: Mapped[Code]

    capacities: Mapped[list["Capacity"]] = relationship(back_populates="person", order_by="Capacity.start")


class Capacity(Member):
    """What a person is at an organisation, from the first to the last day; a project manager leads a sub-project."""

    __tablename__ = "capacity"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    sub_project_id: Mapped[int | None] = mapped_column(ForeignKey("sub_project.id"), index=True, default=None)
    role: Mapped[Code]
    start: Mapped[date]
    end: Mapped[date | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(back_populates="capacities")
    organisation: Mapped[Organisation] = relationship()
    sub_project: Mapped[SubProject | None] = relationship()

    def is_held(self, day: date) -> bool:
        """Tell whether the person acts in this capacity on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)

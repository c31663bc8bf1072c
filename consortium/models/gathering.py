"""Gatherings: in a series or by themselves, with their agenda, and who was there."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.columns import Code, Name
from consortium.models.organisation import Organisation
from consortium.models.person import Person
from consortium.texts import Text


class Series(Member):
    """Gatherings that come again, such as two a year; ``per_year`` says how often."""

    __tablename__ = "series"
    texts: ClassVar[tuple[str, ...]] = ("name",)
    names: ClassVar[tuple[str, ...]] = ("key",)
    sorted_by: ClassVar[str] = "name"

    name: Mapped[Text]
    kind: Mapped[Code]
    per_year: Mapped[int] = mapped_column(default=2)


class Gathering(Member):
    """A gathering on one or several days; ``number`` counts it within its series."""

    __tablename__ = "gathering"
    texts: ClassVar[tuple[str, ...]] = ("title", "topic")
    names: ClassVar[tuple[str, ...]] = ("key", "place")
    sorted_by: ClassVar[str] = "title"

    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True, default=None)
    number: Mapped[int | None] = mapped_column(default=None)
    title: Mapped[Text]
    topic: Mapped[Text]
    kind: Mapped[Code]
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    place: Mapped[Name] = mapped_column(default="")
    start: Mapped[date]
    end: Mapped[date]

    series: Mapped[Series | None] = relationship()
    host: Mapped[Organisation | None] = relationship()


class AgendaItem(Member):
    """An item of a gathering's agenda: its place in the order, what it is, who contributes, for how long."""

    __tablename__ = "agenda_item"
    texts: ClassVar[tuple[str, ...]] = ("title",)
    names: ClassVar[tuple[str, ...]] = ("contributor",)

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id"), index=True)
    place: Mapped[int]
    minutes: Mapped[int | None] = mapped_column(default=None)
    title: Mapped[Text]
    contributor: Mapped[Name] = mapped_column(default="")

    gathering: Mapped[Gathering] = relationship()


class Attendance(Member):
    """How an organisation, or a person for it, answered an invitation, and whether it came.

    ``substitute_for`` is the person in whose place somebody came.
    """

    __tablename__ = "attendance"

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    state: Mapped[Code]
    reason: Mapped[Name] = mapped_column(default="")

    gathering: Mapped[Gathering] = relationship()
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    substitute_for: Mapped[Person | None] = relationship(foreign_keys=substitute_for_id)

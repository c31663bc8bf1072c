"""A consortium: a project across the border, or a network."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.models.base import Record
from consortium.models.columns import Name
from consortium.texts import Text


class Consortium(Record):
    """A project or a network whose partners report to each other.

    ``languages`` are tags with commas between them; the first one comes first in every document.
    """

    __tablename__ = "consortium"
    __table_args__ = (UniqueConstraint("key"),)
    texts: ClassVar[tuple[str, ...]] = ("name",)
    sorted_by: ClassVar[str] = "name"

    name: Mapped[Text]
    programme: Mapped[Name] = mapped_column(default="")
    languages: Mapped[str]
    start: Mapped[date | None] = mapped_column(default=None)
    end: Mapped[date | None] = mapped_column(default=None)

    @property
    def tags(self) -> tuple[str, ...]:
        """Its languages as BCP 47 tags."""
        return tuple(self.languages.split(","))

    @property
    def consortium_id(self) -> int:
        """Its own number: a consortium is in itself."""
        return self.id

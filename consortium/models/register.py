"""Registers of codes that authorities keep, such as that of a country's municipalities."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from consortium.models.base import Member
from consortium.models.columns import Name


class RegisterEntry(Member):
    """A code of a register: what it stands for, from the first to the last day, and what took its place.

    :ivar kind: key of the kind of identifier that it is one of
    :ivar name: the official name, as the register has it
    :ivar successors: the codes that took its place, with semicolons between them
    """

    __tablename__ = "register_entry"
    names: ClassVar[tuple[str, ...]] = ("name", "code")

    kind: Mapped[Name]
    code: Mapped[Name]
    name: Mapped[Name]
    start: Mapped[date | None] = mapped_column(default=None)
    end: Mapped[date | None] = mapped_column(default=None)
    successors: Mapped[Name] = mapped_column(default="")

    def is_valid(self, day: date) -> bool:
        """Tell whether the code holds on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

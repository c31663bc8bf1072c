"""Reporting periods: for which time a status is asked for, until when, and whether it can still be given."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from consortium.models.base import Member


class ReportingPeriod(Member):
    """A time that is reported on, such as half a year; after ``locked`` only corrections are taken, as addenda."""

    __tablename__ = "reporting_period"
    names: ClassVar[tuple[str, ...]] = ("key",)

    start: Mapped[date]
    end: Mapped[date]
    due: Mapped[date]
    locked: Mapped[date | None] = mapped_column(default=None)

    def is_locked(self, day: date) -> bool:
        """Tell whether the period is closed on ``day``."""
        return self.locked is not None and self.locked <= day

"""One-time links: with one a person reports a status without an account."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Base
from consortium.models.columns import Id, Name
from consortium.models.period import ReportingPeriod
from consortium.models.person import Person
from consortium.models.sub_project import SubProject


class StatusLink(Base):
    """A link by which one person reports on one sub-project, once; of its token only the digest is kept.

    :ivar digest: SHA-256 of the token, which has too many bits to be guessed from it
    :ivar period: the period that is to be reported on, where it is about one
    :ivar expires: the last day on which it opens
    """

    __tablename__ = "status_link"

    id: Mapped[Id]
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id", ondelete="CASCADE"), index=True)
    period_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_period.id", ondelete="SET NULL"), default=None)
    issued_at: Mapped[datetime]
    issued_by: Mapped[Name]
    expires: Mapped[date]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship()
    sub_project: Mapped[SubProject] = relationship()
    period: Mapped[ReportingPeriod | None] = relationship()

    def is_open(self, day: date) -> bool:
        """Tell whether it can still be opened on ``day``, as far as it knows itself."""
        return self.used_at is None and self.revoked_at is None and day <= self.expires

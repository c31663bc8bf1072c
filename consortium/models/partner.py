"""Partners: who takes part in a consortium, from when, in which role."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.columns import Code
from consortium.models.organisation import Organisation


class Partner(Member):
    """An organisation in a consortium, from the day it joins to the day it leaves. Its key is the organisation's."""

    __tablename__ = "partner"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    joined: Mapped[date]
    left: Mapped[date | None] = mapped_column(default=None)

    organisation: Mapped[Organisation] = relationship()
    roles: Mapped[list["PartnerRole"]] = relationship(back_populates="partner", order_by="PartnerRole.start")

    def is_member(self, day: date) -> bool:
        """Tell whether the partner takes part on ``day``."""
        return self.joined <= day and (self.left is None or day < self.left)


class PartnerRole(Member):
    """A role of a partner, from its first to its last day; several can be held at once."""

    __tablename__ = "partner_role"
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    role: Mapped[Code]
    start: Mapped[date]
    end: Mapped[date | None] = mapped_column(default=None)

    partner: Mapped[Partner] = relationship(back_populates="roles")

    def is_held(self, day: date) -> bool:
        """Tell whether the role is held on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)

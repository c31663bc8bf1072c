"""Sub-projects and the partners that share them."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, validates

from consortium.i18n.numbers import Money
from consortium.i18n.sorting import sort_key
from consortium.models.base import Base, Member
from consortium.models.columns import Amount, Code
from consortium.models.dialect import sort_key_type
from consortium.models.partner import Partner
from consortium.texts import Text


class Participation(Base):
    """A partner's place in a sub-project; the one in place 0 leads it."""

    __tablename__ = "participation"

    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)

    partner: Mapped[Partner] = relationship()

    @property
    def key(self) -> str:
        """The key of the partner."""
        return self.partner.key


class SubProject(Member):
    """A piece of work of one or several partners, told by dated status updates."""

    __tablename__ = "sub_project"
    texts: ClassVar[tuple[str, ...]] = ("title", "purpose")
    names: ClassVar[tuple[str, ...]] = ("key",)
    sorted_by: ClassVar[str] = "title"
    collections: ClassVar[tuple[str, ...]] = ("participations",)

    key_order: Mapped[str] = mapped_column(sort_key_type())
    title: Mapped[Text]
    purpose: Mapped[Text]
    start: Mapped[date | None] = mapped_column(default=None)
    end: Mapped[date | None] = mapped_column(default=None)
    amount: Mapped[Decimal | None] = mapped_column(Amount, default=None)
    currency: Mapped[Code | None] = mapped_column(default=None)

    participations: Mapped[list[Participation]] = relationship(
        order_by=Participation.place, cascade="all, delete-orphan"
    )

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  # SQLAlchemy calls it on the class
        """Let all sub-projects of a consortium be walked in the order of their numbers without being sorted."""
        return (UniqueConstraint("consortium_id", "key"), Index("ix_sub_project_walk", "consortium_id", "id"))

    @validates("key")
    def order_key(self, _name: str, key: str) -> str:
        """Let DP-2 come before DP-10, on every database."""
        self.key_order = sort_key(key, "en")[:400]
        return key

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Its partners; the first one leads it."""
        return tuple(each.partner for each in self.participations)

    @property
    def budget(self) -> Money | None:
        """What it may cost, in its own currency."""
        return Money(self.amount, self.currency) if self.amount is not None and self.currency else None

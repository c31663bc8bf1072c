"""Organisations, and the region groups that they are in."""

from typing import ClassVar

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from consortium.models.base import Base, Member
from consortium.models.columns import Code
from consortium.texts import Text

group_member = Table(
    "group_member",
    Base.metadata,
    Column("group_id", ForeignKey("region_group.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Group(Member):
    """A group of organisations by which lists and reports can be split, such as the municipalities of a valley."""

    __tablename__ = "region_group"
    texts: ClassVar[tuple[str, ...]] = ("name",)
    names: ClassVar[tuple[str, ...]] = ("key",)
    sorted_by: ClassVar[str] = "name"

    name: Mapped[Text]


class Organisation(Member):
    """A municipality, a university, a user organisation …; a city district belongs to its municipality.

    ``identifiers`` maps kinds, whose checks plugins bring, to values in their normal form.
    """

    __tablename__ = "organisation"
    texts: ClassVar[tuple[str, ...]] = ("name",)
    names: ClassVar[tuple[str, ...]] = ("key",)
    sorted_by: ClassVar[str] = "name"
    collections: ClassVar[tuple[str, ...]] = ("groups",)

    name: Mapped[Text]
    type: Mapped[Code]
    country: Mapped[Code]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    identifiers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
    groups: Mapped[list[Group]] = relationship(secondary=group_member, order_by=Group.key)

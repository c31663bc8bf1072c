"""Switches: where what a plugin brings is offered, and where it is not."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Base
from consortium.models.columns import Code, Id, Name
from consortium.models.partner import Partner


class PluginSwitch(Base):
    """Somebody's word that a plugin is on or off from a moment on; rows are only ever added, and so are their own history.

    It is about a partner, a country, or all of the consortium where neither is named.

    :ivar plugin: its name, which an entry point gives it
    :ivar variant: key of what it brings; empty for all of it
    :ivar is_on: ``None`` takes back what was said of that place before
    """

    __tablename__ = "plugin_switch"
    __table_args__ = (Index("ix_plugin_switch_plugin", "consortium_id", "plugin"),)

    id: Mapped[Id]
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"))
    plugin: Mapped[Name]
    variant: Mapped[str] = mapped_column(String(200), default="")
    partner_id: Mapped[int | None] = mapped_column(
        ForeignKey("partner.id", ondelete="CASCADE"), default=None, index=True
    )
    country: Mapped[Code] = mapped_column(default="")
    is_on: Mapped[bool | None]
    by: Mapped[Name]
    at: Mapped[datetime]

    partner: Mapped[Partner | None] = relationship()

"""Statements: what an organisation said or wrote at a gathering."""

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.columns import Code
from consortium.models.gathering import Gathering
from consortium.models.organisation import Organisation
from consortium.texts import Text


class Statement(Member):
    """A success, a challenge, a dilemma, a tip, a need …, as an organisation told it at a gathering."""

    __tablename__ = "statement"
    texts: ClassVar[tuple[str, ...]] = ("words",)

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[Code]
    words: Mapped[Text]

    gathering: Mapped[Gathering] = relationship()
    organisation: Mapped[Organisation] = relationship()

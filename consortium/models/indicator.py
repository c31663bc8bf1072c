"""Indicators: what is counted or measured, from where to where, and what was read on which day."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Member
from consortium.models.columns import Code, Measure
from consortium.models.sub_project import SubProject
from consortium.texts import Text


class Indicator(Member):
    """A figure by which a sub-project is followed: an output, a result or an effect, kept apart.

    ``target`` is the first one; a later one is an :class:`IndicatorValue` with its reason.
    """

    __tablename__ = "indicator"
    texts: ClassVar[tuple[str, ...]] = ("name", "unit")
    names: ClassVar[tuple[str, ...]] = ("key",)
    sorted_by: ClassVar[str] = "name"

    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id"), index=True)
    name: Mapped[Text]
    unit: Mapped[Text]
    level: Mapped[Code]
    baseline: Mapped[Decimal | None] = mapped_column(Measure, default=None)
    target: Mapped[Decimal | None] = mapped_column(Measure, default=None)

    sub_project: Mapped[SubProject] = relationship()


class IndicatorValue(Member):
    """A dated figure of an indicator: a reading, or a new target with the reason for it."""

    __tablename__ = "indicator_value"
    texts: ClassVar[tuple[str, ...]] = ("words",)

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    kind: Mapped[Code]
    day: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Measure)
    words: Mapped[Text]

    indicator: Mapped[Indicator] = relationship()

    @property
    def sub_project(self) -> SubProject:
        """The sub-project whose indicator it is of."""
        return self.indicator.sub_project

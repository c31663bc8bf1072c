"""SQLAlchemy's ORM as its documentation recommends: joined owners, row-limited updates by a window, a streamed template."""

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from sqlalchemy import JSON, ForeignKey, and_, create_engine, func, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    contains_eager,
    foreign,
    mapped_column,
    relationship,
)

from benchmarks.report.page import DAY, PAGE, words


class Base(DeclarativeBase):
    """Tables of the peer."""

    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012  # as SQLAlchemy has it


class Organisation(Base):
    """An organisation."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[dict[str, Any]]
    country: Mapped[str]


class Partner(Base):
    """A partner."""

    __tablename__ = "partner"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    organisation: Mapped[Organisation] = relationship()


class Participation(Base):
    """Who takes part in what."""

    __tablename__ = "participation"
    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id"), primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), primary_key=True)
    place: Mapped[int]
    partner: Mapped[Partner] = relationship()


class SubProject(Base):
    """A sub-project."""

    __tablename__ = "sub_project"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[dict[str, Any]]
    purpose: Mapped[dict[str, Any]]
    key_order: Mapped[str]
    led: Mapped[Participation] = relationship(
        primaryjoin=lambda: and_(SubProject.id == foreign(Participation.sub_project_id), Participation.place == 0),
        viewonly=True,
        uselist=False,
    )

    __allow_unmapped__ = True
    current: "StatusUpdate"
    previous: "StatusUpdate | None" = None

    @property
    def title_words(self) -> str:
        """What it is called."""
        return words(self.title)

    @property
    def purpose_words(self) -> str:
        """What it is for."""
        return words(self.purpose)

    @property
    def owner_words(self) -> str:
        """Who leads it."""
        return words(self.led.partner.organisation.name)


class StatusUpdate(Base):
    """A status update."""

    __tablename__ = "status_update"
    id: Mapped[int] = mapped_column(primary_key=True)
    sub_project_id: Mapped[int] = mapped_column(ForeignKey("sub_project.id"))
    day: Mapped[date]
    state: Mapped[str]
    summary: Mapped[dict[str, Any]]
    achieved: Mapped[dict[str, Any]]
    next_steps: Mapped[dict[str, Any]]
    support_needs: Mapped[dict[str, Any]]

    def __getattr__(self, name: str) -> str:
        """Give the words of a text."""
        if not name.endswith("_words"):
            raise AttributeError(name)
        return words(getattr(self, name.removesuffix("_words")))


class TextIndex(Base):
    """What names are sorted by."""

    __tablename__ = "text_index"
    id: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str]
    entity_id: Mapped[int]
    field: Mapped[str]
    language: Mapped[str]
    sort_key: Mapped[str]


def write(url: str, target: Path) -> None:
    """Write the page."""
    with Session(create_engine(url)) as session, target.open("wb") as file:
        projects = _projects(session)
        Environment(autoescape=True).from_string(PAGE).stream(projects=projects).dump(file, encoding="utf-8")


def _projects(session: Session) -> list[SubProject]:
    place = (func.row_number().over(partition_by=StatusUpdate.sub_project_id, order_by=_latest()),)
    rows = select(StatusUpdate, *(each.label("place") for each in place)).where(
        StatusUpdate.day <= date.fromisoformat(DAY)
    )
    numbered = rows.subquery()
    latest = aliased(StatusUpdate, numbered)
    chosen = select(latest).where(numbered.c.place <= 2).order_by(latest.sub_project_id, numbered.c.place)  # noqa: PLR2004  # now and before
    updates = {number: list(own) for number, own in groupby(session.scalars(chosen), lambda row: row.sub_project_id)}
    name = and_(TextIndex.entity == "organisation", TextIndex.entity_id == Organisation.id)
    query = (
        select(SubProject)
        .join(SubProject.led)
        .join(Participation.partner)
        .join(Partner.organisation)
        .outerjoin(TextIndex, and_(name, TextIndex.field == "name", TextIndex.language == "nb"))
        .options(
            contains_eager(SubProject.led).contains_eager(Participation.partner).contains_eager(Partner.organisation)
        )
        .order_by(Organisation.country, TextIndex.sort_key, Partner.id, SubProject.key_order, SubProject.id)
    )
    projects = list(session.scalars(query))
    for each in projects:
        each.current, *before = updates[each.id]
        each.previous = before[0] if before else None
    return projects


def _latest() -> tuple[Any, ...]:
    return StatusUpdate.day.desc(), StatusUpdate.id.desc()

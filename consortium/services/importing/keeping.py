"""Which records the rows of each sheet become, those of them that are kept already, and how new ones are kept."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from consortium import clock
from consortium.models import (
    AgendaItem,
    Assessment,
    Attendance,
    Capacity,
    Consortium,
    Gathering,
    Group,
    Indicator,
    IndicatorValue,
    Member,
    Milestone,
    Organisation,
    Partner,
    PartnerRole,
    Person,
    Record,
    ReportingPeriod,
    Series,
    Statement,
    StatusComment,
    StatusUpdate,
    SubProject,
    TermEntry,
    Theme,
)

#: what the rows of each sheet become
MODELS: Mapping[str, type[Member]] = {
    "groups": Group,
    "organisations": Organisation,
    "partners": Partner,
    "roles": PartnerRole,
    "people": Person,
    "themes": Theme,
    "periods": ReportingPeriod,
    "sub_projects": SubProject,
    "capacities": Capacity,
    "milestones": Milestone,
    "indicators": Indicator,
    "indicator_values": IndicatorValue,
    "status_updates": StatusUpdate,
    "comments": StatusComment,
    "assessments": Assessment,
    "series": Series,
    "gatherings": Gathering,
    "agenda": AgendaItem,
    "attendance": Attendance,
    "statements": Statement,
    "terms": TermEntry,
}

#: what the rows or the policy ask each of these records for, loaded for all at once
_LOADED: Mapping[type[Member], ORMOption] = {
    Organisation: selectinload(Organisation.groups),
    SubProject: selectinload(SubProject.participations),
    Milestone: selectinload(Milestone.sub_project),
    Indicator: selectinload(Indicator.sub_project),
    IndicatorValue: selectinload(IndicatorValue.indicator).selectinload(Indicator.sub_project),
    StatusUpdate: selectinload(StatusUpdate.sub_project),
    StatusComment: selectinload(StatusComment.status_update).selectinload(StatusUpdate.sub_project),
    Assessment: selectinload(Assessment.sub_project),
}

#: keys asked for in one query
CHUNK = 500


def load_kept(session: Session, home: Consortium, sheet: str, keys: Collection[str]) -> dict[str, Member]:
    """Load the records of ``home`` that stand in ``sheet`` under one of ``keys``, a few queries in all."""
    model, ordered = MODELS[sheet], sorted(keys)
    kept: dict[str, Member] = {}
    for start in range(0, len(ordered), CHUNK):
        some = model.key.in_(ordered[start : start + CHUNK])
        query = select(model).where(model.consortium_id == home.id, some)
        if model in _LOADED:
            query = query.options(_LOADED[model])
        kept |= {record.key: record for record in session.scalars(query)}
    return kept


def load_closed(session: Session, home: Consortium) -> list[ReportingPeriod]:
    """Load the periods of ``home`` that are locked now.

    What a file itself locks stays open to the statuses in it: they came in first, as they did where it was exported.
    """
    kept = session.scalars(select(ReportingPeriod).where(ReportingPeriod.consortium_id == home.id))
    return [period for period in kept if period.is_locked(clock.today())]


def keep_new(session: Session, records: Iterable[Record]) -> None:
    """Send new records to the database in their order, by which two statuses of one day are told apart.

    What refers to a new one of its own kind is numbered at once: a unit of work would put it behind all others.
    """
    for record in records:
        waits = any(other is not None and other.id is None for other in _of_own_kind(record))
        session.add(record)
        if waits:
            session.flush()
    session.flush()


def forget_changes(session: Session) -> None:
    """Take back what a file changed in memory, so that whoever catches its refusal keeps nothing of it."""
    for added in list(session.new):
        session.expunge(added)
    for touched in list(session.dirty):
        session.expire(touched)


def _of_own_kind(record: Record) -> list[Any]:
    relations = record.__mapper__.relationships
    own = (each for each in relations if each.mapper is record.__mapper__ and each.direction.name == "MANYTOONE")
    return [getattr(record, each.key) for each in own]

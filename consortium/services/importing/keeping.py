"""Which records the rows of each sheet become, those of them that are kept already, and how new ones are kept."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load  # what makes options and takes them

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
    RegisterEntry,
    ReportingPeriod,
    Series,
    Statement,
    StatusComment,
    StatusUpdate,
    SubProject,
    TermEntry,
    Theme,
)
from consortium.models.dialect import next_numbers
from consortium.services.parts import Part

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
    "registers": RegisterEntry,
}

#: what the rows or the policy ask each of these records for, from one relation to the next
_LOADED: Mapping[type[Member], tuple[Any, ...]] = {
    Organisation: (Organisation.groups,),
    SubProject: (SubProject.participations,),
    Milestone: (Milestone.sub_project,),
    Indicator: (Indicator.sub_project, SubProject.participations),
    IndicatorValue: (IndicatorValue.indicator, Indicator.sub_project),
    StatusUpdate: (StatusUpdate.sub_project,),
    StatusComment: (StatusComment.status_update, StatusUpdate.sub_project),
    Assessment: (Assessment.sub_project,),
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
            query = query.options(_loading(_LOADED[model], selectinload))
        kept |= {record.key: record for record in session.scalars(query)}
    return kept


def kept_parts(home: Consortium, wanted: Mapping[str, Collection[str]]) -> tuple[list[Part], list[ORMOption]]:
    """Choose a few records of ``home`` by sheet and key, with what they are asked for, so that one query loads them."""
    models = {sheet: MODELS[sheet] for sheet in wanted}
    own = [(model, (model.consortium_id == home.id, model.key.in_(wanted[sheet]))) for sheet, model in models.items()]
    loading: list[ORMOption] = [_loading(_LOADED[model], joinedload) for model in models.values() if model in _LOADED]
    return [Part(*each) for each in own], loading


def _loading(relations: tuple[Any, ...], load: Callable[[Any], Load]) -> Load:
    first, *following = relations
    return load(first).options(_loading((*following,), load)) if following else load(first)


def load_closed(session: Session, home: Consortium) -> list[ReportingPeriod]:
    """Load the periods of ``home`` that are locked now.

    What a file itself locks stays open to the statuses in it: they came in first, as they did where it was exported.
    """
    kept = session.scalars(select(ReportingPeriod).where(ReportingPeriod.consortium_id == home.id))
    return [period for period in kept if period.is_locked(clock.today())]


def keep_new(session: Session, records: Iterable[Record]) -> None:
    """Send new records to the database, numbered in their order, by which two statuses of one day are told apart.

    They have their numbers beforehand, so that many go in one statement; what refers to one of its own kind comes later.
    """
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(record.__tablename__, []).append(record)
    for table, new in kinds.items():
        if len(new) > 1:  # one alone gets its number as it comes
            numbers = next_numbers(session.connection(), table, len(new))
            for record, number in zip(_in_order(new), numbers, strict=True):
                record.id = number
        session.add_all(new)
    session.flush()


def _in_order(records: Iterable[Record]) -> Iterator[Record]:
    """Walk records in their order, but each after those of its own kind that it refers to."""
    waiting = dict.fromkeys(records)
    for record in [*waiting]:
        chain = [record]
        while chain:
            before = [each for each in _of_own_kind(chain[-1]) if each in waiting and each not in chain]
            if before:
                chain.append(before[0])
            elif (last := chain.pop()) in waiting:
                del waiting[last]
                yield last


def _of_own_kind(record: Record) -> list[Any]:
    relations = record.__mapper__.relationships
    own = (each for each in relations if each.mapper is record.__mapper__ and each.direction.name == "MANYTOONE")
    return [getattr(record, each.key) for each in own]


def forget_changes(session: Session) -> None:
    """Take back what a file changed in memory, so that whoever catches its refusal keeps nothing of it."""
    for added in list(session.new):
        session.expunge(added)
    for touched in list(session.dirty):
        session.expire(touched)

"""Names records for lists, choices and finds: what each kind is called, of which day it is, and what it belongs to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional

from sqlalchemy import Date, Row, Select, String, cast, literal, null, select
from sqlalchemy.orm import Session

from consortium.i18n.language import NEIGHBOURS
from consortium.i18n.message import Message, _
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
    Milestone,
    Organisation,
    Partner,
    PartnerRole,
    Person,
    Record,
    RegisterEntry,
    ReportingPeriod,
    Series,
    Snapshot,
    Statement,
    StatusComment,
    StatusUpdate,
    SubProject,
    TermEntry,
    Theme,
)
from consortium.models.columns import TextColumn
from consortium.services.policy import Principal, visible
from consortium.texts import Text

Kind = type[Record]


@dataclass(frozen=True, slots=True)
class Named:
    """A record as others call it.

    :ivar kind: the name of its table
    :ivar title: what it is called, in its languages; empty where it has a plain name
    :ivar name: a plain name, the same in all languages, such as a person's
    :ivar day: the day that it is of, or is due
    :ivar of: the sub-project or gathering that it belongs to
    """

    kind: str
    key: str
    title: Text
    name: str = ""
    day: date | None = None
    of: Optional["Named"] = None


@dataclass(frozen=True)
class Naming:
    """How a kind of record is named.

    :ivar title: the text that it is called by
    :ivar name: the plain column that it is called by
    :ivar day: the column of its day
    :ivar joins: the relations that lead to these columns and to its owner
    :ivar owner: the sub-project or gathering that it belongs to
    :ivar by: the number and the kind of the record by whose name it is sorted and looked up
    """

    title: Any = None
    name: Any = None
    day: Any = None
    joins: tuple[Any, ...] = ()
    owner: Any = None
    by: tuple[Any, Kind] | None = None


NAMINGS: Mapping[Kind, Naming] = {
    Consortium: Naming(Consortium.name, by=(Consortium.id, Consortium)),
    Group: Naming(Group.name, by=(Group.id, Group)),
    Organisation: Naming(Organisation.name, by=(Organisation.id, Organisation)),
    Partner: Naming(Organisation.name, joins=(Partner.organisation,), by=(Partner.organisation_id, Organisation)),
    PartnerRole: Naming(Organisation.name, day=PartnerRole.start, joins=(PartnerRole.partner, Partner.organisation)),
    Person: Naming(name=Person.name, by=(Person.id, Person)),
    Capacity: Naming(name=Person.name, day=Capacity.start, joins=(Capacity.person,), by=(Capacity.person_id, Person)),
    SubProject: Naming(SubProject.title, by=(SubProject.id, SubProject)),
    StatusUpdate: Naming(SubProject.title, day=StatusUpdate.day, joins=(StatusUpdate.sub_project,), owner=SubProject),
    StatusComment: Naming(
        SubProject.title,
        day=StatusComment.day,
        joins=(StatusComment.status_update, StatusUpdate.sub_project),
        owner=SubProject,
    ),
    Milestone: Naming(Milestone.title, day=Milestone.due, joins=(Milestone.sub_project,), owner=SubProject),
    Indicator: Naming(Indicator.name, joins=(Indicator.sub_project,), by=(Indicator.id, Indicator), owner=SubProject),
    IndicatorValue: Naming(
        Indicator.name,
        day=IndicatorValue.day,
        joins=(IndicatorValue.indicator, Indicator.sub_project),
        owner=SubProject,
    ),
    Theme: Naming(Theme.name, by=(Theme.id, Theme)),
    Assessment: Naming(
        Theme.name, day=Assessment.day, joins=(Assessment.theme, Assessment.sub_project), owner=SubProject
    ),
    ReportingPeriod: Naming(name=ReportingPeriod.key, day=ReportingPeriod.start),
    Series: Naming(Series.name, by=(Series.id, Series)),
    Gathering: Naming(Gathering.title, day=Gathering.start, by=(Gathering.id, Gathering)),
    AgendaItem: Naming(AgendaItem.title, joins=(AgendaItem.gathering,), owner=Gathering),
    Attendance: Naming(
        Organisation.name,
        joins=(Attendance.organisation, Attendance.gathering),
        by=(Attendance.organisation_id, Organisation),
        owner=Gathering,
    ),
    Statement: Naming(Organisation.name, joins=(Statement.organisation, Statement.gathering), owner=Gathering),
    TermEntry: Naming(TermEntry.words, by=(TermEntry.id, TermEntry)),
    RegisterEntry: Naming(name=RegisterEntry.name, day=RegisterEntry.start),
    Snapshot: Naming(name=Snapshot.key, day=Snapshot.day),
}

#: what one record of a kind is called
CALLED: Mapping[Kind, Message] = {
    Consortium: _("Consortium"),
    Group: _("Region group"),
    Organisation: _("Organisation"),
    Partner: _("Partner"),
    PartnerRole: _("Role"),
    Person: _("Person"),
    Capacity: _("Capacity"),
    SubProject: _("Sub-project"),
    StatusUpdate: _("Status"),
    StatusComment: _("Comment"),
    Milestone: _("Milestone"),
    Indicator: _("Indicator"),
    IndicatorValue: _("Reading"),
    Theme: _("Theme"),
    Assessment: _("Assessment"),
    ReportingPeriod: _("Reporting period"),
    Series: _("Series"),
    Gathering: _("Gathering"),
    AgendaItem: _("Agenda item"),
    Attendance: _("Attendance"),
    Statement: _("Statement"),
    TermEntry: _("Term"),
    RegisterEntry: _("Code of a register"),
    Snapshot: _("Snapshot"),
}

#: the kinds by the names of their tables
KINDS: Mapping[str, Kind] = {kind.__tablename__: kind for kind in NAMINGS}


def sorting_language(consortium: Consortium, language: str) -> str:
    """Choose the language of the text index in whose order a reader of ``language`` finds what is sorted."""
    own = language.split("-", maxsplit=1)[0]
    near = (language, own, *NEIGHBOURS.get(own, ()))
    return next((tag for tag in near if tag in consortium.tags), consortium.tags[0])


def naming_query(principal: Principal, kind: Kind, *, consortium: Consortium) -> Select[Any]:
    """Choose the names of the records of ``kind`` that may be seen; with others of its like it makes one query."""
    naming = NAMINGS[kind]
    owner = naming.owner
    query = select(
        literal(kind.__tablename__).label("entity"),
        kind.id.label("number"),
        kind.key.label("key"),
        _typed(naming.title, TextColumn()).label("title"),
        _typed(naming.name, String()).label("name"),
        _typed(naming.day, Date()).label("day"),
        literal(owner.__tablename__ if owner else "").label("owner"),
        _typed(owner and owner.key, String()).label("owner_key"),
        _typed(owner and owner.title, TextColumn()).label("owner_title"),
        _typed(Gathering.start if owner is Gathering else None, Date()).label("owner_day"),
    ).select_from(kind)
    for relation in naming.joins:
        query = query.join(relation)
    return query.where(_home(kind) == consortium.id, visible(principal, kind))


def named(row: Row[Any]) -> Named:
    """Make a name of what :func:`naming_query` has found."""
    of = Named(row.owner, row.owner_key, row.owner_title, day=row.owner_day) if row.owner else None
    return Named(row.entity, row.key, row.title or Text(), row.name or "", row.day, of)


def titles(
    session: Session, principal: Principal, *, consortium: Consortium, keys: Mapping[Any, Iterable[str]]
) -> Mapping[tuple[str, str], Named]:
    """Name the records with these keys that ``principal`` may see, by table and key; in one query.

    :param keys: by the kind of record
    """
    queries = [
        naming_query(principal, kind, consortium=consortium).where(kind.key.in_(wanted))
        for kind, own in keys.items()
        if (wanted := sorted(set(own)))
    ]
    return {(each.kind, each.key): each for each in map(named, together(session, queries))}


def together(session: Session, queries: list[Select[Any]]) -> Iterator[Row[Any]]:
    """Walk the rows of several queries of :func:`naming_query`, sent as one."""
    if not queries:
        return iter(())
    if len(queries) == 1:
        return iter(session.execute(queries[0]))
    # each in brackets of its own, because SQLite sorts and limits only what is whole
    first, *others = (select(query.subquery()) for query in queries)
    return iter(session.execute(first.union_all(*others)))


def _typed(column: Any, kind: Any) -> Any:
    return cast(null(), kind) if column is None else column


def _home(kind: Kind) -> Any:
    return kind.id if kind is Consortium else kind.consortium_id  # type: ignore[attr-defined]  # all others have it

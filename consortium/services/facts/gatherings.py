"""The facts about gatherings: the last one that has begun, and the next one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from consortium.facts import AttendanceFacts, GatheringFacts, StatementFacts
from consortium.i18n.sorting import sort_key
from consortium.models import Attendance, Consortium, Gathering, Organisation, Person, Series, Statement
from consortium.services.invitations import attendance_key
from consortium.services.policy import Principal, Verb, may, visible
from consortium.texts.terms import terms


def gatherings_of(
    session: Session, principal: Principal, consortium: Consortium, day: date
) -> Iterator[GatheringFacts]:
    """Gather the last gathering that has begun on ``day``, with who came and what was said, and the next one."""
    found = sorted(session.execute(_last_and_next(principal, consortium, day)), key=lambda row: (row.start, row.key))
    numbers = [row.id for row in found]
    answers = _attendance(session, principal, numbers, consortium)
    said = _statements(session, principal, numbers, consortium.tags[0])
    for row in found:
        yield GatheringFacts(
            key=row.key,
            title=row.title,
            topic=row.topic,
            kind=row.kind,
            series=row.series,
            number=row.number,
            host=row.host,
            place=row.place,
            start=row.start,
            end=row.end,
            attendance=tuple(answers[row.id]),
            statements=tuple(said[row.id]),
        )


def _last_and_next(principal: Principal, consortium: Consortium, day: date) -> Any:
    own = (Gathering.consortium_id == consortium.id, visible(principal, Gathering))
    last = select(func.max(Gathering.start)).where(*own, Gathering.start <= day).scalar_subquery()
    following = select(func.min(Gathering.start)).where(*own, Gathering.start > day).scalar_subquery()
    columns = (Gathering.id, Gathering.key, Gathering.title, Gathering.topic, Gathering.kind, Gathering.number)
    return (
        select(*columns, Gathering.place, Gathering.start, Gathering.end)
        .add_columns(Series.name.label("series"), Organisation.name.label("host"))
        .outerjoin(Gathering.series)
        .outerjoin(Gathering.host)
        .where(*own, or_(Gathering.start == last, Gathering.start == following))
    )


def _attendance(
    session: Session, principal: Principal, numbers: Iterable[int], consortium: Consortium
) -> Mapping[int, list[AttendanceFacts]]:
    """Gather who answered what, by the names of the organisations and people, as far as the principal may know them."""
    language, knows_people = consortium.tags[0], may(principal, Verb.SEE, Person(consortium_id=consortium.id))
    person, replaced, parent = aliased(Person), aliased(Person), aliased(Organisation)
    of_organisation = (Organisation.key.label("organisation"), Organisation.name, Organisation.type)
    query = (
        select(Attendance.gathering_id, Attendance.key, Attendance.state, Attendance.reason, *of_organisation)
        .add_columns(Organisation.country, parent.key.label("parent"), Gathering.key.label("gathering"))
        .add_columns(person.name.label("person"), replaced.name.label("replaced"))
        .join(Attendance.organisation)
        .join(Attendance.gathering)
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .outerjoin(person, and_(person.id == Attendance.person_id, _may_know(principal, person)))
        .outerjoin(replaced, and_(replaced.id == Attendance.substitute_for_id, _may_know(principal, replaced)))
        .where(Attendance.gathering_id.in_(numbers), visible(principal, Attendance))
    )
    found: dict[int, list[AttendanceFacts]] = defaultdict(list)
    for row in session.execute(query):
        found[row.gathering_id].append(
            AttendanceFacts(
                # the key names whoever was invited
                key=row.key if knows_people else attendance_key(row.gathering, row.organisation, ""),
                organisation=row.organisation,
                name=row.name,
                type=row.type,
                country=row.country,
                parent=row.parent,
                state=row.state,
                person=row.person or "",
                substitute_for=row.replaced or "",
                reason=row.reason,
            )
        )
    for answers in found.values():
        answers.sort(key=lambda each: _place(each, language))
    return found


def _place(each: AttendanceFacts, language: str) -> tuple[str, ...]:
    return _named(each.name, language), sort_key(each.person, language), each.key, each.state, each.reason


def _may_know(principal: Principal, person: Any) -> Any:
    """Let nobody learn the name of a person through a gathering who may not see the person."""
    return person.id.in_(select(Person.id).where(visible(principal, Person)))


def _statements(
    session: Session, principal: Principal, numbers: Iterable[int], language: str
) -> Mapping[int, list[StatementFacts]]:
    columns = (Statement.gathering_id, Statement.key, Statement.kind, Statement.words)
    query = (
        select(*columns, Organisation.key.label("organisation"), Organisation.name)
        .join(Statement.organisation)
        .where(Statement.gathering_id.in_(numbers), visible(principal, Statement))
    )
    found: dict[int, list[StatementFacts]] = defaultdict(list)
    for row in session.execute(query):
        found[row.gathering_id].append(StatementFacts(row.key, row.organisation, row.name, row.kind, row.words))
    kinds = terms("statement_kind")
    for told in found.values():
        told.sort(key=lambda each: (_named(each.name, language), kinds.index(each.kind), each.key))
    return found


def _named(name: Any, language: str) -> str:
    reading = name.read(language)
    return sort_key(reading.words if reading else "", language)

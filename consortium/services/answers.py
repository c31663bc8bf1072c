"""Writes down at once what all who were invited to a gathering have answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consortium.errors import ConsortiumError, InvalidValue
from consortium.i18n.message import Message, _
from consortium.models import Attendance, Capacity, Consortium, Gathering, Partner, Person
from consortium.services.attendance import substitute
from consortium.services.codes import known_key
from consortium.services.editing import FormRefused, save_record
from consortium.services.editing.row import at_field
from consortium.services.gatherings import members
from consortium.services.invitations import invite
from consortium.services.policy import Principal, Verb, demand, visible

#: the fields of an answer
FIELDS = ("invited", "instead", "state", "reason")


@dataclass(frozen=True)
class Answer:
    """What is told of one who was invited, by the keys of people and the code of the answer.

    :ivar invited: whom the invitation was to; empty for the organisation as a whole
    :ivar instead: who comes in their place
    """

    invited: str
    instead: str
    state: str
    reason: str


def answer_of(row: Attendance) -> Answer:
    """Tell what is written down of one who was invited."""
    asked = row.substitute_for or row.person
    return Answer(
        invited=asked.key if asked else "",
        instead=row.person.key if row.substitute_for and row.person else "",
        state=row.state,
        reason=row.reason,
    )


def rows_of(session: Session, principal: Principal, *, gathering: Gathering) -> tuple[Attendance, ...]:
    """List all who were invited to a gathering, in the order in which they were."""
    query = select(Attendance).where(Attendance.gathering_id == gathering.id, visible(principal, Attendance))
    loaded = (Attendance.organisation, Attendance.person, Attendance.substitute_for, Attendance.gathering)
    return tuple(session.scalars(query.options(*map(joinedload, loaded)).order_by(Attendance.id)))


def people_for(
    session: Session, principal: Principal, *, gathering: Gathering, rows: Sequence[Attendance]
) -> Mapping[int, tuple[Person, ...]]:
    """List by the number of the organisation who acts for it on the first day of a gathering."""
    query = select(Capacity).where(
        Capacity.organisation_id.in_({row.organisation_id for row in rows}), visible(principal, Capacity)
    )
    found: dict[int, dict[Person, None]] = {}
    for each in session.scalars(query.options(joinedload(Capacity.person)).order_by(Capacity.start)):
        if each.is_held(gathering.start):
            found.setdefault(each.organisation_id, {})[each.person] = None
    return {number: tuple(people) for number, people in found.items()}


def not_invited(
    session: Session, principal: Principal, *, gathering: Gathering, rows: Sequence[Attendance]
) -> tuple[Partner, ...]:
    """List the partners on the first day of a gathering of which nobody is invited."""
    asked = {row.organisation_id for row in rows}
    found = members(session, principal, consortium=gathering.consortium, day=gathering.start)
    return tuple(partner for partner in found if partner.organisation_id not in asked)


def write_answers(
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    gathering: Gathering,
    said: Mapping[int, tuple[Answer, int]],
    invited: Iterable[str] = (),
) -> tuple[int, int]:
    """Write down what those who were invited have answered, invite more, and count both.

    :param said: by the number of the row, what is told of it, and the version of it that whoever tells has seen
    :param invited: keys of partners to be invited too
    :raises NotPermitted: if ``principal`` is not staff
    :raises FormRefused: with every problem at ``number.field``; nothing is to be kept then
    """
    rows = rows_of(session, principal, gathering=gathering)
    problems: list[Message] = []
    changed = 0
    for row in rows:
        answer, version = said.get(row.id, (answer_of(row), row.version))
        before = answer_of(row)
        if answer == before:
            continue
        demand(session, principal, Verb.EDIT, row)
        problems += _problems(session, principal, home, row, answer, before, version)
        changed += 1
    wanted = set(invited)
    partners = [each for each in not_invited(session, principal, gathering=gathering, rows=rows) if each.key in wanted]
    if problems:
        raise FormRefused(problems)
    return changed, len(invite(session, principal, gathering=gathering, partners=partners))


def _problems(  # one answer, and what it is laid over
    session: Session,
    principal: Principal,
    home: Consortium,
    row: Attendance,
    answer: Answer,
    before: Answer,
    version: int,
) -> Iterator[Message]:
    """Write down one answer, and walk what is wrong with it."""
    number = row.id
    if version != row.version:
        told = _(
            "Somebody else has changed this row in the meantime. It says what they wrote; change it again if needed."
        )
        yield at_field(f"{number}.state", told)
        return
    try:
        _write(session, principal, home, row, answer, before)
    except FormRefused as refused:
        for name, problems in refused.at.items():
            field = {"person": "invited"}.get(name, name)
            yield from (at_field(f"{number}.{field if field in FIELDS else 'state'}", each) for each in problems)
    except ConsortiumError as fault:
        field = fault.field if isinstance(fault, InvalidValue) else ""
        yield at_field(f"{number}.{'instead' if field == 'person' else 'state'}", fault.message)


def _write(
    session: Session, principal: Principal, home: Consortium, row: Attendance, answer: Answer, before: Answer
) -> None:
    said: dict[str, str] = {}
    if answer.instead != before.instead:
        _let_come(session, principal, row, answer.instead or answer.invited)
    elif answer.invited != before.invited:
        said["substitute_for" if before.instead else "person"] = answer.invited
    if answer.state != before.state:
        said["state"] = answer.state
    if answer.reason != before.reason:
        said["reason"] = answer.reason
    if said:
        save_record(session, principal, home=home, kind=Attendance, key=row.key, said=said)


def _let_come(session: Session, principal: Principal, row: Attendance, key: str) -> None:
    own: Any = (Person.consortium_id == row.consortium_id, Person.key == known_key(key), visible(principal, Person))
    person = session.scalar(select(Person).where(*own))
    if person is None:
        raise InvalidValue(_("There is no “{key}” to choose here.").fill(key=key[:80]), "person")
    substitute(session, principal, attendance=row, person=person)

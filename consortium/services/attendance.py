"""Keeps who answered what to an invitation, who came, and who came instead of whom."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Attendance, Person
from consortium.services.codes import known_code, known_plain, one_consortium
from consortium.services.policy import Principal, Verb, demand
from consortium.texts.terms import Term

#: what each answer can become; what has happened, and that somebody has cancelled, is only ever corrected
FOLLOWS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "invited": frozenset({"accepted", "declined", "cancelled", "attended", "absent"}),
        "accepted": frozenset({"cancelled", "attended", "absent"}),
        "declined": frozenset({"accepted", "attended"}),
        "cancelled": frozenset({"accepted", "attended"}),
        "attended": frozenset(),
        "absent": frozenset(),
    }
)

#: what can only be told once the gathering has begun
HAPPENED = frozenset({"attended", "absent"})


def answer(
    session: Session, principal: Principal, *, attendance: Attendance, state: str, reason: str = ""
) -> Attendance:
    """Write down the answer to an invitation, or that somebody came or did not, where that can follow on what was.

    The same answer again only changes the reason. What was written down by mistake is put right by
    :func:`correct_answer`.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the answer cannot follow, or tells of a day to come
    """
    demand(session, principal, Verb.EDIT, attendance)
    code = known_code("attendance", state)
    if code not in FOLLOWS[attendance.state] | {attendance.state}:
        told = _("“{after}” cannot come after “{before}”. If “{before}” is a mistake, correct it.")
        raise InvalidValue(told.fill(before=_said(attendance.state), after=_said(code)), "state")
    return _write(session, attendance, code, reason)


def correct_answer(
    session: Session, principal: Principal, *, attendance: Attendance, state: str, reason: str = ""
) -> Attendance:
    """Put right what was written down by mistake: any answer for any other.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the answer is unknown, or tells of a day to come
    """
    demand(session, principal, Verb.EDIT, attendance)
    return _write(session, attendance, known_code("attendance", state), reason)


def _write(session: Session, attendance: Attendance, code: str, reason: str) -> Attendance:
    start = attendance.gathering.start
    if code in HAPPENED and start > clock.today():
        told = _("The gathering begins on {day}. Who came can be written down from then on.")
        raise InvalidValue(told.fill(day=start), "state")
    if reason or code != attendance.state:
        attendance.reason = known_plain(reason)
    attendance.state = code
    session.flush()
    return attendance


def _said(code: str) -> Term:
    return Term(code, context="attendance")


def substitute(session: Session, principal: Principal, *, attendance: Attendance, person: Person) -> Attendance:
    """Let ``person`` come instead of whoever was invited, who stays named; without a name, ``person`` is just named.

    Who had declined or cancelled is then expected again, in the substitute; the reason stays. If the one who was
    invited comes after all, there is no substitute any more.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the person is on the list for the organisation already
    """
    one_consortium(attendance, person)
    demand(session, principal, Verb.EDIT, attendance)
    own = (Attendance.gathering_id == attendance.gathering_id, Attendance.organisation_id == attendance.organisation_id)
    others = select(Attendance.id).where(*own, Attendance.person_id == person.id, Attendance.id != attendance.id)
    if session.scalar(others.limit(1)):
        told = _("{name} is on the list already. Choose somebody else as substitute.")
        raise InvalidValue(told.fill(name=person.name), "person")
    invited = attendance.substitute_for or attendance.person
    attendance.substitute_for = None if invited is person else invited
    attendance.person = person
    if attendance.state in {"declined", "cancelled"}:
        attendance.state = "accepted"
    session.flush()
    return attendance

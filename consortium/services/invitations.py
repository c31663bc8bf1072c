"""Invites to gatherings: partners, their people, and guests from outside."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Attendance, Gathering, Organisation, Partner, Person
from consortium.services.codes import known_made, one_consortium
from consortium.services.gatherings import check_key
from consortium.services.policy import Principal, Verb, demand


class PartnerHasLeft(InvalidValue):
    """A partner was invited to a gathering on a day on which it is no longer in the consortium."""


def invite(
    session: Session,
    principal: Principal,
    *,
    gathering: Gathering,
    partners: Iterable[Partner],
    people: Mapping[str, Iterable[Person]] | None = None,
) -> tuple[Attendance, ...]:
    """Invite partners that are members on the first day, and return what was added; whoever is invited stays so.

    :param people: whom to invite for a partner, by its key; a partner without people is invited by its name alone
    :raises NotPermitted: if ``principal`` is not staff
    :raises PartnerHasLeft: if a partner is no longer a member on that day
    """
    asked = {partner.key: partner for partner in partners}
    for partner in asked.values():
        check_member(partner, gathering)
    present = session.scalars(select(Attendance).where(Attendance.gathering_id == gathering.id)).all()
    rows = []
    for key, partner in asked.items():
        own = [row for row in present if row.organisation_id == partner.organisation_id]
        rows += [
            _row(gathering, partner.organisation, person)
            for person in _missing(own, tuple((people or {}).get(key, ())))
        ]
    return _add(session, principal, *rows)


def _missing(own: Sequence[Attendance], named: Sequence[Person]) -> Sequence[Person | None]:
    """Choose who is yet to be invited for an organisation; ``None`` stands for the organisation itself."""
    known = {row.person_id for row in own} | {row.substitute_for_id for row in own}
    if named:
        return [person for person in dict.fromkeys(named) if person.id not in known]
    return [] if own else [None]


def check_member(partner: Partner, gathering: Gathering) -> None:
    """Insist that a partner is a member on the first day of a gathering.

    :raises PartnerHasLeft: if it has left
    :raises InvalidValue: if it is yet to join
    """
    if partner.is_member(gathering.start):
        return
    name = partner.organisation.name
    words = name.words(name.source or "") or partner.key
    if partner.joined > gathering.start:
        told = _("{name} is not yet a partner on {day}. Invite it as a guest, or leave it out.")
        raise InvalidValue(told.fill(name=words, day=gathering.start))
    told = _("{name} is no longer a partner on {day}. Invite it as a guest, or leave it out.")
    raise PartnerHasLeft(told.fill(name=words, day=gathering.start))


def invite_guest(
    session: Session,
    principal: Principal,
    *,
    gathering: Gathering,
    organisation: Organisation,
    person: Person | None = None,
) -> Attendance:
    """Invite somebody from outside by organisation and, where it is known, name; nobody needs an account or an address.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if they are invited already
    """
    row = _row(gathering, organisation, person)
    demand(session, principal, Verb.ADD, row)
    check_key(session, row, _("“{key}” is invited already."))
    return _add(session, principal, row)[0]


def _row(gathering: Gathering, organisation: Organisation, person: Person | None) -> Attendance:
    one_consortium(gathering, organisation, person)
    return Attendance(
        consortium_id=gathering.consortium_id,
        key=known_made(attendance_key(gathering.key, organisation.key, person.key if person else "")),
        gathering=gathering,
        organisation=organisation,
        person=person,
        state="invited",
    )


def _add(session: Session, principal: Principal, *rows: Attendance) -> tuple[Attendance, ...]:
    for row in rows:
        demand(session, principal, Verb.ADD, row)
    session.add_all(rows)
    session.flush()
    return rows


def attendance_key(gathering: str, organisation: str, person: str) -> str:
    """Make the key of an attendance from the keys of what it is about; it stays when a substitute comes."""
    return ":".join(filter(None, (gathering, organisation, person)))

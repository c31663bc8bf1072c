"""Adds people and their capacities, and tells what they may do by them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import NotPermitted
from consortium.i18n.language import normal_tag
from consortium.i18n.message import _
from consortium.models import Capacity, Consortium, Organisation, Partner, Person, SubProject
from consortium.services.codes import known_code, known_key, known_made, known_plain, known_span, one_consortium
from consortium.services.policy import Principal, Role, Verb, demand


def add_person(  # what we keep of a person, and no more
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    name: str,
    email: str = "",
    language: str = "",
) -> Person:
    """Add a person, who needs no account.

    :raises NotPermitted: if ``principal`` is not staff
    """
    person = Person(
        consortium_id=consortium.id,
        key=known_key(key),
        name=known_plain(name),
        email=known_plain(email),
        language=normal_tag(language or consortium.tags[0]),
    )
    demand(session, principal, Verb.ADD, person)
    session.add(person)
    session.flush()
    return person


def give_capacity(  # who is what, where, from–to
    session: Session,
    principal: Principal,
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    start: date,
    end: date | None = None,
    sub_project: SubProject | None = None,
) -> Capacity:
    """Give a person a capacity at an organisation, from ``start`` until ``end``.

    :raises NotPermitted: if ``principal`` is not staff
    """
    known_span(start, end)
    one_consortium(person, organisation, sub_project)
    code = known_code("capacity", role)
    capacity = Capacity(
        consortium_id=person.consortium_id,
        key=known_made(capacity_key(person.key, code, organisation.key, sub_project.key if sub_project else "", start)),
        person=person,
        organisation=organisation,
        sub_project=sub_project,
        role=code,
        start=start,
        end=end,
    )
    demand(session, principal, Verb.ADD, capacity)
    session.add(capacity)
    session.flush()
    return capacity


def capacity_key(person: str, role: str, organisation: str, sub_project: str, start: date) -> str:
    """Make the key of a capacity from what it says."""
    return ":".join(filter(None, (person, role, sub_project or organisation, str(start))))


#: the capacities in which a person speaks for the organisation; a contact or a one-time speaker does not
SPEAKING = frozenset({"project_manager", "representative", "finance_officer"})


def principal_of(session: Session, person: Person, day: date) -> Principal:
    """Tell what a person is on ``day`` by their capacities: the lead of sub-projects, or a member for their partners.

    :raises NotPermitted: if the person speaks for nobody on that day
    """
    held = [each for each in person.capacities if each.is_held(day) and each.role in SPEAKING]
    leads = frozenset(each.sub_project_id for each in held if each.role == "project_manager" and each.sub_project_id)
    organisations = {each.organisation_id for each in held}
    partners = session.scalars(select(Partner).where(Partner.organisation_id.in_(organisations)))
    speaks_for = frozenset(partner.id for partner in partners if partner.is_member(day))
    if not leads and not speaks_for:
        told = _("{name} has no capacity here on {day}. Ask the staff of the consortium.")
        raise NotPermitted(told.fill(name=person.name, day=day))
    return Principal(person.name, Role.LEAD if leads else Role.MEMBER, person.consortium_id, speaks_for, leads)

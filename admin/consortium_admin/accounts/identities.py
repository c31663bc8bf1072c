"""Who somebody at another service is here: known by its subject, and the first time by an address that it has verified.

No address is believed that the service has not verified, and nobody is let in for an address that only looks like one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue, NotPermitted
from consortium.i18n.message import Message, _
from consortium.models import Consortium, Partner, Person
from consortium.services.addresses import known_address
from consortium.services.people import principal_of
from consortium.services.policy import Role
from consortium_admin.accounts.ledger import NewAccount, add_account, find_account, lock_account
from consortium_admin.accounts.tables import Account, Identity
from consortium_admin.oidc_settings import Oidc

#: fewer figures are the number of something else than an organisation
FEWEST_FIGURES = 9

UNKNOWN = _("{service} says who you are, but you have no account here yet. Ask the staff of the consortium for one.")
UNVERIFIED = _(
    "{service} has not verified your e-mail address, so that nobody can tell which account is yours. "
    "Verify it there, or ask the staff of the consortium."
)
ANOTHER = _(
    "Your account here belongs to somebody else at {service}. If you have a new user there, ask the staff of the consortium."
)
CLOSED = _("Your account here is closed. Ask the staff of the consortium.")


class Unknown(NotPermitted):
    """The service says who somebody is, but they have no account here."""


@dataclass(frozen=True)
class Told:
    """What a service says of somebody.

    :ivar address: verified by the service, as letters go there; empty if it has verified none
    :ivar organisations: the numbers of those that they act for, in figures
    :ivar is_strong: tells that a second factor was used there
    :ivar proven: when they last proved there who they are; ``None`` if the service does not say
    """

    issuer: str
    subject: str
    address: str
    organisations: frozenset[str] = frozenset()
    is_strong: bool = False
    proven: datetime | None = None


def told_by(claims: Mapping[str, Any], settings: Oidc) -> Told:
    """Read what a service has said."""
    amr = claims.get("amr")
    ways = {str(claims.get("acr")), *(str(each) for each in (amr if isinstance(amr, list) else []))}
    since = claims.get("auth_time")
    return Told(
        settings.issuer,
        str(claims["sub"]),
        _address(claims),
        frozenset(_numbers(claims.get(settings.organisation))) if settings.organisation else frozenset(),
        bool(ways & settings.strong),
        datetime.fromtimestamp(since, UTC) if type(since) is int and 0 < since <= clock.now().timestamp() else None,
    )


def meet(session: Session, told: Told, *, home: Consortium, day: date, service: str) -> tuple[Account, bool]:
    """Find the account of somebody, and tell whether it was bound to the service only now.

    :raises Unknown: if they have none, or it is not sure which one
    """
    number = session.scalar(select(Identity.account_id).where(*_same(told)))
    if number is not None:
        return _open(lock_account(session, number), service), False
    if not told.address:
        raise _unknown(UNVERIFIED, service)
    found = find_account(session, told.address) or _invite(session, told, home, day)
    if found is None:
        raise _unknown(UNKNOWN, service)
    account = _open(lock_account(session, found.id), service)
    bound = session.scalars(select(Identity.subject).where(Identity.account_id == account.id, _at(told))).first()
    if bound not in {None, told.subject}:
        raise _unknown(ANOTHER, service)
    if bound is None:
        session.add(Identity(account_id=account.id, issuer=told.issuer, subject=told.subject, made_at=clock.now()))
        session.flush()
    return account, bound is None


def _invite(session: Session, told: Told, home: Consortium, day: date) -> Account | None:
    """Make an account for somebody whom the staff have written down as speaking for just those partners that are told.

    Only a member comes in like this: the lead of a sub-project is invited by the staff.
    """
    same = func.lower(Person.email) == told.address.lower()
    people = session.scalars(select(Person).where(Person.consortium_id == home.id, same)).all()
    if len(people) != 1 or not told.organisations:
        return None
    person = people[0]
    try:
        principal = principal_of(session, person, day)
    except NotPermitted:
        return None
    has_account = session.scalar(select(Account.id).where(Account.person_id == person.id).limit(1)) is not None
    partners = session.scalars(select(Partner).where(Partner.id.in_(principal.partners)))
    are_told = all(told.organisations & _figures(each.organisation.identifiers) for each in partners)
    if has_account or principal.role is not Role.MEMBER or not are_told:
        return None
    return add_account(session, NewAccount(told.address, person=person), consortium=home)


def _open(account: Account, service: str) -> Account:
    if not account.active:
        raise _unknown(CLOSED, service)
    return account


def _same(told: Told) -> tuple[Any, ...]:
    return _at(told), Identity.subject == told.subject


def _at(told: Told) -> Any:
    return Identity.issuer == told.issuer


def _unknown(message: Message, service: str) -> Unknown:
    return Unknown(message.fill(service=service))


def _address(claims: Mapping[str, Any]) -> str:
    """Return the address that is verified; one with signs that only look like others is none."""
    said = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(said, str):
        return ""
    try:
        return known_address(said)
    except InvalidValue:
        return ""


def _numbers(said: Any) -> Iterator[str]:
    """Read the numbers of organisations: one, several, or those in ``authorization_details`` as Ansattporten tells them."""
    if isinstance(said, str | int):
        yield from _figures({"": str(said).rpartition(":")[2]})
    elif isinstance(said, list):
        for each in said:
            yield from _numbers(each)
    elif isinstance(said, dict):
        yield from _numbers(said.get("ID"))
        yield from _numbers(said.get("reportees"))


def _figures(identifiers: Mapping[str, str]) -> frozenset[str]:
    found = ("".join(each for each in value if each not in " -") for value in identifiers.values())
    return frozenset(each for each in found if each.isascii() and each.isdigit() and len(each) >= FEWEST_FIGURES)

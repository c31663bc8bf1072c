"""The ledger of accounts: who has one, and what they are by it."""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import Conflict, InvalidValue, NotFound
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _
from consortium.models import Consortium, Person
from consortium.services.addresses import known_address
from consortium.services.people import principal_of
from consortium.services.policy import Principal, Role
from consortium_admin.accounts.email import fold
from consortium_admin.accounts.passwords import hash_of, refuse_weak
from consortium_admin.accounts.second_factor import give_up
from consortium_admin.accounts.tables import Account

#: the roles that an account can have by itself; leads and members are what their capacities make them
ROLES = (Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR)

#: the roles that need a second factor, where one is required
GUARDED = frozenset({Role.ADMINISTRATOR, Role.STAFF})


@dataclass(frozen=True)
class NewAccount:
    """What is told of an account that is to be made.

    :ivar role: one of ``ROLES``, or none for whoever acts by the capacities of ``person``
    """

    address: str
    name: str = ""
    role: Role | None = None
    person: Person | None = None
    language: str = ""


def add_account(session: Session, new: NewAccount, *, consortium: Consortium) -> Account:
    """Add an account without a password, into which nobody comes before they have chosen one.

    :raises InvalidValue: if the address is none, or nothing says what the account may do
    :raises Conflict: if the address has an account
    """
    address = known_address(new.address)
    if new.role is None and new.person is None:
        raise InvalidValue(_("Say which role the account has, or whose capacities it has."), "role")
    if find_account(session, address):
        raise Conflict(_("{address} has an account already.").fill(address=address))
    language = new.language or (new.person.language if new.person else consortium.tags[0])
    account = Account(
        email=fold(address),
        address=address,
        name=(new.name or (new.person.name if new.person else address.split("@")[0]))[:200],
        fs_uniquifier=secrets.token_hex(32),
        handle=secrets.token_bytes(64),
        language=language if language in INTERFACE_LANGUAGES else "en",
        role=new.role or "",
        consortium_id=None if new.role is Role.ADMINISTRATOR else consortium.id,
        person_id=new.person.id if new.person else None,
        made_at=clock.now(),
    )
    session.add(account)
    session.flush()
    return account


def find_account(session: Session, address: str) -> Account | None:
    """Find the account of an address, however it is written."""
    return session.scalar(select(Account).where(Account.email == fold(address)))


def the_account(session: Session, address: str) -> Account:
    """Find the account of an address.

    :raises NotFound: if it has none
    """
    found = find_account(session, address)
    if found is None:
        raise NotFound(_("{address} has no account. Add one with: consortium account add").fill(address=address))
    return found


def lock_account(session: Session, number: int) -> Account:
    """Find an account that is about to change, and let nobody else change it in the meantime.

    :raises NotFound: if it is not there any more
    """
    found = session.get(Account, number, with_for_update=True)
    if found is None:
        raise NotFound(_("This account is not there any more."))
    return found


def set_password(account: Account, password: str, *, context: tuple[str, ...] = ()) -> None:
    """Give an account another password; whoever is signed in with the old one is so no more.

    :raises InvalidValue: if it is weak
    """
    plain = refuse_weak(password, context=(account.address, account.name, *context))
    account.password = hash_of(plain)
    account.password_set_at = clock.now()
    end_everything(account)


def end_everything(account: Account) -> None:
    """End all sign-ins and links of an account."""
    account.fs_uniquifier = secrets.token_hex(32)


def disable(account: Account) -> None:
    """Close an account; whoever is signed in there is so no more."""
    account.active = False
    end_everything(account)


def enable(account: Account) -> None:
    """Open an account again."""
    account.active = True


def change_role(account: Account, role: Role | None, *, consortium: Consortium) -> None:
    """Give an account another role; whoever is signed in signs in anew.

    :raises InvalidValue: if nothing says what it may do then
    """
    if role is None and account.person_id is None:
        raise InvalidValue(_("Say which role the account has, or whose capacities it has."), "role")
    account.role = role or ""
    account.consortium_id = None if role is Role.ADMINISTRATOR else consortium.id
    end_everything(account)


def reset_factors(session: Session, account: Account) -> None:
    """Forget the app, the passkeys and the codes on paper of an account; its password alone is left, and nobody is in."""
    give_up(account)
    for passkey in list(account.passkeys):
        session.delete(passkey)
    end_everything(account)


def principal_for(
    session: Session, account: Account, person: Person | None, *, consortium: int, day: date
) -> Principal:
    """Tell what the owner of an account is in a consortium on ``day``.

    :raises NotPermitted: if the person speaks for nobody on that day
    :raises NotFound: if the account is of another consortium, or its person has gone
    """
    if account.role == Role.ADMINISTRATOR:
        return Principal(account.name, Role.ADMINISTRATOR, consortium)
    if account.consortium_id == consortium:
        if account.role:
            return Principal(account.name, Role(account.role), consortium)
        if person is not None and person.consortium_id == consortium:
            return principal_of(session, person, day)
    raise NotFound(_("This account is of no use here. Ask the staff of the consortium."))


def needs_second_factor(account: Account) -> bool:
    """Tell whether the account may do so much that a password is not enough, where a second factor is required."""
    return account.role in GUARDED

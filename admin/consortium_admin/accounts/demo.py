"""The accounts of the example: one for each role, with passwords that are made anew each time and printed."""

import secrets
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consortium.cli.setting import Setting
from consortium.errors import NotPermitted
from consortium.i18n.message import Message, _
from consortium.models import Consortium, Person
from consortium.services.people import principal_of
from consortium.services.policy import Role
from consortium.services.tasks import tasks_of
from consortium_admin.accounts.ledger import NewAccount, add_account, find_account, set_password
from consortium_admin.accounts.second_factor import give_up
from consortium_admin.accounts.tables import Account, Passkey
from consortium_admin.settings import UnsafeSettings
from consortium_admin.visit import EXTENSION, Site

#: the addresses of the example end like this, and nobody's real one does (source: RFC 2606)
END = ".example.org"

#: invented people of the secretariat, who are in no list
SECRETARIAT = (
    NewAccount(f"astrid.norddal@konsortiet{END}", "Astrid Norddal", Role.ADMINISTRATOR, language="nb"),
    NewAccount(f"sivert.stabekk@konsortiet{END}", "Sivert Stabekk", Role.STAFF, language="nb"),
    NewAccount(f"rut.granskog@konsortiet{END}", "Rut Granskog", Role.AUDITOR, language="sv"),
)

#: whom to let in besides: somebody in each of these roles who reads this language
PEOPLE = ((Role.LEAD, "nb"), (Role.LEAD, "sv"), (Role.MEMBER, "sv"))

ROLE_NAMES = {
    Role.ADMINISTRATOR: _("administrator"),
    Role.STAFF: _("staff"),
    Role.AUDITOR: _("auditor"),
    Role.LEAD: _("lead of sub-projects"),
    Role.MEMBER: _("member"),
}


def make_accounts(app: Flask, setting: Setting) -> None:
    """Make the accounts, or give them new passwords, and print them.

    :raises UnsafeSettings: if there is an account that is none of the example's
    """
    site: Site = app.extensions[EXTENSION]
    setting.say(_("Accounts of the example, for this machine alone; the passwords are new each time:"))
    with app.app_context(), site.database.write() as session:
        _refuse_real(session)
        home = session.get_one(Consortium, site.consortium)
        for new, role in [*((new, new.role) for new in SECRETARIAT), *_people(session, home, site)]:
            account = find_account(session, new.address) or add_account(session, new, consortium=home)
            password = _password()
            _make_plain(session, account)
            set_password(account, password)
            setting.say(_line(account, role or Role.MEMBER, password))


def _make_plain(session: Session, account: Account) -> None:
    """Let the password alone open the account again, whatever somebody tried the last time."""
    account.active = True
    give_up(account)
    session.execute(delete(Passkey).where(Passkey.account_id == account.id))


def _refuse_real(session: Session) -> None:
    if any(not address.endswith(END) for address in session.scalars(select(Account.email))):
        told = _(
            "There are real accounts in this database. Start it without --demo; the example has its own: make serve"
        )
        raise UnsafeSettings(told)


def _people(session: Session, home: Consortium, site: Site) -> Iterator[tuple[NewAccount, Role]]:
    """Walk a lead of each of two languages who has the most to do, and somebody who only speaks for a partner."""
    from consortium import clock

    day = site.day or clock.today()
    found: dict[tuple[Role, str], tuple[int, Person]] = {}
    for person in session.scalars(select(Person).where(Person.consortium_id == home.id).order_by(Person.id)):
        place = _place(session, person, day)
        if place not in PEOPLE or not person.email.endswith(END):
            continue
        waiting = _waiting(session, home, person, day)
        if place not in found or waiting > found[place][0]:
            found[place] = (waiting, person)
    for place in PEOPLE:
        if place in found:
            person = found[place][1]
            yield NewAccount(person.email, person=person), place[0]


def _place(session: Session, person: Person, day: date) -> tuple[Role, str] | None:
    try:
        return principal_of(session, person, day).role, person.language
    except NotPermitted:
        return None


def _waiting(session: Session, home: Consortium, person: Person, day: date) -> int:
    """Count the kinds of things that ``person`` has to do."""
    own = principal_of(session, person, day)
    agenda = tasks_of(session, own, consortium=home, day=day, language=person.language)
    return len({each.kind for each in agenda.tasks})


def _password() -> str:
    """Make a password of four words, which can be read out and typed, and a number."""
    words = files("consortium_admin.accounts").joinpath("words.txt").read_text(encoding="utf-8").split()
    return "-".join([*(secrets.choice(words) for _ in range(4)), str(100 + secrets.randbelow(900))])


def _line(account: Account, role: Role, password: str) -> Message:
    told = _("  {address}   {password}   {name}, {role}")
    return told.fill(address=account.address, password=password, name=account.name, role=ROLE_NAMES[role])

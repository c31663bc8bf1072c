"""``consortium account``: who may sign in; the first account is made here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.errors import ConsortiumError
from consortium.i18n.message import Message, _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from consortium.models import Consortium, Database
    from consortium_admin.accounts.tables import Account
    from consortium_admin.settings import Settings

_HOME = option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
_LETTER = option("--letter", said=_("Send a letter with a link for choosing a password."), is_flag=True)
_LINK = option("--link", said=_("Print a link for choosing a password, to be handed on."), is_flag=True)
_ROLES = ("administrator", "staff", "auditor")

#: says on the command line that an account has no role, but the capacities of its person
_CAPACITIES = "capacities"

#: what the roles are called
ROLE_NAMES = {
    "administrator": _("administrator"),
    "staff": _("staff"),
    "auditor": _("auditor"),
    "": _("by capacities"),
}


class AdminMissing(ConsortiumError):
    """The packages that the admin needs are not installed."""


@contextmanager
def needing_admin() -> Iterator[None]:
    """Say what to install where the packages of the admin are missing.

    :raises AdminMissing: if they are
    """
    try:
        yield
    except ModuleNotFoundError as fault:
        told = _("The web admin needs {package}. Install it with: pip install consortium[admin]")
        raise AdminMissing(told.fill(package=fault.name)) from fault


def settings_of(setting: Setting, *, host: str = "", demo: bool = False) -> "Settings":
    """Read how the admin is set up.

    :raises UnsafeSettings: if others could reach it with settings that do not protect them
    """
    import os
    from dataclasses import replace
    from pathlib import Path

    from consortium.models.dialect import database_file
    from consortium_admin.settings import UnsafeSettings, settings_from

    file = database_file(setting.database.engine)
    settings = settings_from(os.environ, keep=file.parent if file else Path("var"))
    if host and not settings.is_public:
        told = _("Only this machine reaches the admin. To let others in, set CONSORTIUM_ADDRESS and CONSORTIUM_SECRET.")
        raise UnsafeSettings(told)
    if demo and settings.is_public:
        raise UnsafeSettings(_("The accounts of the example are for this machine alone. Leave --demo out."))
    return replace(settings, is_second_factor_required=False) if demo else settings


@click.group("account", cls=Group, said=_("Accounts: who may sign in to the web admin."))
def account() -> None:
    """Gather the commands on accounts."""


@spoken(
    "add", _("Add an account. Its password is asked for, or chosen by a link; it never stands on the command line.")
)
@click.argument("address")
@option("--name", said=_("Name of the owner. Else the person’s."), default="")
@option(
    "--role", said=_("Role of the account. Without one it has the capacities of its person."), type=click.Choice(_ROLES)
)
@option("--person", said=_("Key of the person whose account it is."), metavar="KEY")
@option("--language", said=_("Language of the owner: nb, nn, sv or en. Else the person’s."), metavar="TAG", default="")
@_LETTER
@_LINK
@_HOME
@pass_setting
def add(  # each option of the command is a parameter
    setting: Setting, /, address: str, name: str, role: str | None, person: str | None, language: str, **others: Any
) -> None:
    """Add an account."""
    with _writing(setting, others["consortium"]) as (session, home, settings):
        from consortium.services.policy import Role
        from consortium_admin.accounts.ledger import NewAccount, add_account

        new = NewAccount(address, name, Role(role) if role else None, _person(session, setting, home, person), language)
        made = add_account(session, new, consortium=home)
        _give_password(setting, session, made, home, settings, **_chosen(others))
    setting.say(_("The account {address} is there: {role}.").fill(address=address, role=_role(role or "")))


@spoken("list", _("List the accounts: whose they are, and what they may do."))
@pass_setting
def list_all(setting: Setting, /) -> None:
    """List the accounts, a line each."""
    with needing_admin():
        from sqlalchemy import select

        from consortium_admin.accounts.tables import Account

        with _prepared(setting) as database, database.read() as session:
            found = session.scalars(select(Account).order_by(Account.email)).all()
            for each in found:
                setting.say(_line(each))
    if not found:
        setting.say(_("There is no account yet. Add one with: consortium account add ADDRESS --role administrator"))


@spoken("disable", _("Close an account; whoever is signed in there is signed out at once."))
@click.argument("address")
@_HOME
@pass_setting
def disable(setting: Setting, /, address: str, consortium: str | None) -> None:
    """Close an account."""
    with _writing(setting, consortium) as (session, _home, _settings):
        from consortium_admin.accounts import ledger

        ledger.disable(ledger.the_account(session, address))
    setting.say(_("The account {address} is closed.").fill(address=address))


@spoken("enable", _("Open a closed account again."))
@click.argument("address")
@_HOME
@pass_setting
def enable(setting: Setting, /, address: str, consortium: str | None) -> None:
    """Open an account again."""
    with _writing(setting, consortium) as (session, _home, _settings):
        from consortium_admin.accounts import ledger

        ledger.enable(ledger.the_account(session, address))
    setting.say(_("The account {address} is open.").fill(address=address))


@spoken("password", _("Give an account another password: asked for here, or chosen by its owner with a link."))
@click.argument("address")
@_LETTER
@_LINK
@_HOME
@pass_setting
def password(setting: Setting, /, address: str, **others: Any) -> None:
    """Give an account another password."""
    with _writing(setting, others["consortium"]) as (session, home, settings):
        from consortium_admin.accounts.ledger import the_account

        _give_password(setting, session, the_account(session, address), home, settings, **_chosen(others))
    setting.say(_("Done. Whoever was signed in to {address} is so no more.").fill(address=address))


@spoken("role", _("Give an account another role; whoever is signed in there signs in anew."))
@click.argument("address")
@click.argument("role", type=click.Choice((*_ROLES, _CAPACITIES)))
@_HOME
@pass_setting
def role(setting: Setting, /, address: str, role: str, consortium: str | None) -> None:
    """Give an account another role."""
    chosen = "" if role == _CAPACITIES else role
    with _writing(setting, consortium) as (session, home, _settings):
        from consortium.services.policy import Role
        from consortium_admin.accounts import ledger

        found = ledger.the_account(session, address)
        ledger.change_role(found, Role(chosen) if chosen else None, consortium=home)
    setting.say(_("The account {address} has another role: {role}.").fill(address=address, role=_role(chosen)))


@spoken(
    "reset-factor",
    _("Remove the second factor, the passkeys and the recovery codes of an account whose owner has lost them."),
)
@click.argument("address")
@_HOME
@pass_setting
def reset_factor(setting: Setting, /, address: str, consortium: str | None) -> None:
    """Remove the second factors of an account, end its sign-ins, and tell its owner by letter."""
    with _writing(setting, consortium) as (session, home, _settings):
        from consortium_admin.accounts import ledger, letters

        found = ledger.the_account(session, address)
        ledger.reset_factors(session, found)
        what = _(
            "Your second factor, your passkeys and your recovery codes were removed. Set up new ones when you sign in."
        )
        letters.send_notice(session, found, home, what=what)
    setting.say(_("Done. {address} signs in with the password, and sets up a new second factor.").fill(address=address))


@contextmanager
def _writing(setting: Setting, consortium: str | None) -> "Iterator[tuple[Session, Consortium, Settings]]":
    """Open a unit of work on accounts, with the engine that hashes passwords and signs links."""
    with needing_admin():
        from consortium.services.consortia import find_consortium
        from consortium_admin.accounts.engine import room

        settings = settings_of(setting)
        with _prepared(setting) as database, room(settings).app_context(), database.write() as session:
            yield session, find_consortium(session, setting.principal, consortium), settings


@contextmanager
def _prepared(setting: Setting) -> "Iterator[Database]":
    from consortium_admin.accounts.migrations import prepare

    try:
        yield prepare(setting.database.require())
    finally:
        setting.database.engine.dispose()


def _chosen(others: dict[str, Any]) -> dict[str, bool]:
    return {"letter": others["letter"], "link": others["link"]}


def _give_password(
    setting: Setting,
    session: "Session",
    account: "Account",
    home: "Consortium",
    settings: "Settings",
    *,
    letter: bool,
    link: bool,
) -> None:
    """Ask for a password, or make a link with which its owner chooses one; the earlier one is worth nothing then."""
    from consortium_admin.accounts import ledger, letters

    if not (letter or link):
        words = click.prompt(_("Password").say(setting.language), hide_input=True, confirmation_prompt=True, err=True)
        ledger.set_password(account, words, context=(home.key,))
        return
    account.password = None
    ledger.end_everything(account)
    if letter:
        letters.send_invitation(session, account, home, address=settings.address)
    else:
        told = _("Hand this link on; it works once, for a week: {link}")
        setting.say(told.fill(link=letters.invitation_link(account, settings.address)))


def _person(session: "Session", setting: Setting, home: "Consortium", key: str | None) -> Any:
    from sqlalchemy import select

    from consortium.errors import NotFound
    from consortium.models import Person

    if key is None:
        return None
    found = session.scalar(select(Person).where(Person.consortium_id == home.id, Person.key == key))
    if found is None:
        raise NotFound(_("There is no person with the key {key}.").fill(key=key))
    return found


def _role(role: str) -> Message:
    return ROLE_NAMES[role]


def _line(account: "Account") -> Message:
    told = _("{address}, {name}: {role}")
    if not account.active:
        told = _("{address}, {name}: {role}, closed")
    elif account.password is None:
        told = _("{address}, {name}: {role}, no password chosen yet")
    return told.fill(address=account.address, name=account.name, role=_role(account.role))


for each in (add, list_all, disable, enable, password, role, reset_factor):
    account.add_command(each)

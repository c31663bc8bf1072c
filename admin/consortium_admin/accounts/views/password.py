"""Passwords: forgotten, chosen anew by a link, changed."""

from threading import Event
from time import monotonic
from typing import Any

import flask
from flask import redirect, request, url_for
from flask_security.utils import check_and_get_token_status
from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import Message, _
from consortium_admin.accounts import letters
from consortium_admin.accounts.email import fold
from consortium_admin.accounts.engine import INVITATION, RESET
from consortium_admin.accounts.entering import admit
from consortium_admin.accounts.ledger import find_account, lock_account, set_password
from consortium_admin.accounts.limits import LETTERS, limits_of_app, place
from consortium_admin.accounts.pages import pages, render, settings, somebody
from consortium_admin.accounts.tables import Account
from consortium_admin.accounts.views.confirm import WRONG, knows_password
from consortium_admin.rules import anyone, signed_in
from consortium_admin.visit import visit

#: the cookie keeps a link under this name, so that no address and no page shows it
LINK = "password_link"

CHANGED = _("Your password was changed.")
OVER = _("This link has been used.")
DIFFERENT = _("The two passwords are not the same.")


@pages.page("/password/forgotten/", may=anyone, post=anyone)
def forgotten_password() -> Any:
    """Ask for the address, or send a letter to it; what is answered and how soon is the same for every address."""
    if request.method == "GET":
        return render("forgotten_password")
    begun, address = monotonic(), request.form.get("address", "")
    limits = limits_of_app()
    limits.take(LETTERS, "letters to", fold(address))
    limits.take(LETTERS, "letters from", place())
    with visit().write() as session:
        account = find_account(session, address)
        if account is not None and account.active and account.password:
            home = visit().home(session)
            letters.send_new_password(session, account, home, address=settings().address)
    letters.wake()
    Event().wait(max(0.0, settings().wait.total_seconds() - (monotonic() - begun)))
    return render("letter_sent")


@pages.page("/password/new/<token>", may=anyone)
def open_reset(token: str) -> Any:
    """Take the link out of the address."""
    return _put_away("reset", token)


@pages.page("/invitation/<token>", may=anyone)
def open_invitation(token: str) -> Any:
    """Take the link out of the address."""
    return _put_away("login", token)


@pages.page("/password/new/", may=anyone, post=anyone)
def new_password() -> Any:
    """Ask for a new password, or take it; whoever has it still signs in, with the second factor if there is one."""
    found = _account_of_link(visit().session)
    if found is None:
        flask.session.pop(LINK, None)
        return render("link_over", code=400)
    if request.method == "GET":
        return render("new_password", address=found.address)
    try:
        chosen = _chosen()
        with visit().write() as session:
            account = _account_of_link(session)
            if account is None:  # somebody was faster with the same link
                raise InvalidValue(OVER)
            _change(session, lock_account(session, account.id), chosen)
    except InvalidValue as fault:
        return render("new_password", code=400, address=found.address, problems=_problems(fault))
    letters.wake()
    flask.session.clear()
    flask.flash(_("Your password is chosen. Sign in with it.").say(visit().language))
    return redirect(url_for("account.sign_in"), code=303)


@pages.page("/account/password/", may=signed_in, post=signed_in)
def change_password() -> Any:
    """Ask for the present password and a new one, or take them; other devices are signed out."""
    if request.method == "GET":
        return render("change_password", address=somebody().account.address)
    found = somebody()
    try:
        if not knows_password(found.account, "present"):
            raise InvalidValue(WRONG, "present")
        chosen = _chosen()
        with visit().write() as session:
            account = lock_account(session, found.account.id)
            _change(session, account, chosen)
            admit(session, account)
    except InvalidValue as fault:
        return render("change_password", code=400, address=found.account.address, problems=_problems(fault))
    letters.wake()
    flask.flash(_("Your password was changed. Everywhere else you are signed out.").say(visit().language))
    return redirect(url_for("account.index"), code=303)


def _put_away(kind: str, token: str) -> Any:
    flask.session[LINK] = [kind, token[:1000]]
    return redirect(url_for("account.new_password"), code=303)


def _account_of_link(session: Session) -> Account | None:
    """Return the account that the kept link is for, while it holds: it is used once, and has its time."""
    kind, token = flask.session.get(LINK, ["", ""])
    within = {"reset": RESET, "login": INVITATION}.get(kind)
    expired, invalid, stamp = check_and_get_token_status(token, kind, within) if within else (True, True, None)
    if expired or invalid or not isinstance(stamp, list) or not stamp:
        return None
    account = session.scalar(select(Account).where(Account.fs_uniquifier == str(stamp[0])))
    is_first = kind == "login"
    if account is None or not account.active or (account.password is None) is not is_first:
        return None
    return account


def _chosen() -> str:
    chosen = request.form.get("password", "")
    if chosen != request.form.get("again", ""):
        raise InvalidValue(DIFFERENT, "again")
    return chosen


def _change(session: Session, account: Account, chosen: str) -> None:
    home = visit().home(session)
    was = account.password
    set_password(account, chosen, context=(home.key, *(each.words for each in home.name.versions.values())))
    if was:
        letters.send_notice(session, account, home, what=CHANGED)


def _problems(fault: InvalidValue) -> list[tuple[str, str]]:
    message: Message = fault.message
    return [(fault.field, message.say(visit().language))]

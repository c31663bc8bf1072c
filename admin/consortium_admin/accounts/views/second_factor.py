"""The second factor: set up, with codes for the paper, and given up."""

from typing import Any

import flask
from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from consortium.i18n.message import Message, _
from consortium_admin.accounts import letters
from consortium_admin.accounts import second_factor as factor
from consortium_admin.accounts.entering import admit
from consortium_admin.accounts.ledger import lock_account, needs_second_factor
from consortium_admin.accounts.limits import CODES, limits_of_app
from consortium_admin.accounts.pages import fresh, here, pages, render, settings, somebody
from consortium_admin.accounts.tables import Account
from consortium_admin.rules import anyone, signed_in
from consortium_admin.visit import visit

#: the cookie keeps the new secret under this name until the first code is right; it is encrypted
NEW = "new_second_factor"

WRONG = _("The code is not right. Wait for the next one and try again.")


@pages.page("/account/second-factor/", may=anyone)
@fresh
def second_factor() -> Any:
    """Tell whether there is a second factor, and begin to set one up; also for those who must have one first."""
    found = somebody()
    is_needed = settings().is_second_factor_required and needs_second_factor(found.account)
    left = len(found.account.recovery_codes)
    return render(
        "second_factor",
        has_app=bool(found.account.tf_totp_secret),
        has_passkeys=here().has_passkeys,
        has_factor=found.has_second_factor,
        is_needed=is_needed,
        left=left,
    )


@pages.page("/account/second-factor/begin/", post=anyone)
@fresh
def begin_second_factor() -> Any:
    """Make a secret for the app, and show it; it is in this answer alone, never in a page that can be asked for."""
    flask.session[NEW] = factor.new_secret()
    return _show_secret()


@pages.page("/account/second-factor/take-up/", post=anyone)
@fresh
def take_up_second_factor() -> Any:
    """Take the app up if it makes the right code, and show the codes for the paper."""
    found, secret = somebody(), flask.session.get(NEW)
    if not isinstance(secret, str):
        return redirect(url_for("account.second_factor"), code=303)
    limits = limits_of_app()
    limits.take(CODES, "set up", str(found.account.id))
    with visit().write() as session:
        account = lock_account(session, found.account.id)
        codes = factor.take_up(account, secret, request.form.get("code", ""))
        if codes:
            _tell(session, account, _("An app that makes codes was added to your account."))
            admit(session, account)
        else:
            session.rollback()
    if not codes:
        return _show_secret(code=400, problems=[("code", WRONG.say(visit().language))])
    limits.forgive(CODES, "set up", str(found.account.id))
    letters.wake()
    return render("recovery_codes", codes=codes)


@pages.page("/account/recovery-codes/", post=signed_in)
@fresh
def new_recovery_codes() -> Any:
    """Make new codes for the paper, and show them in this answer alone."""
    found = somebody()
    with visit().write() as session:
        account = lock_account(session, found.account.id)
        codes = factor.new_codes(account) if account.tf_totp_secret else []
        _tell(session, account, _("New recovery codes were made for your account."))
    letters.wake()
    return render("recovery_codes", codes=codes) if codes else redirect(url_for("account.second_factor"), code=303)


@pages.page("/account/second-factor/remove/", may=signed_in, post=signed_in)
@fresh
def remove_second_factor() -> Any:
    """Ask whether the app shall be given up, or give it up."""
    if request.method == "GET":
        return render("remove_second_factor")
    with visit().write() as session:
        account = lock_account(session, somebody().account.id)
        factor.give_up(account)
        _tell(session, account, _("The app that makes codes was removed from your account."))
        admit(session, account)
    letters.wake()
    flask.flash(_("The app is removed.").say(visit().language))
    return redirect(url_for("account.index"), code=303)


def _show_secret(**values: Any) -> Any:
    picture: dict[str, Any] = {**factor.picture_of(somebody().account, flask.session[NEW])}
    return render("set_up_second_factor", **picture, **values)


def _tell(session: Session, account: Account, what: Message) -> None:
    letters.send_notice(session, account, visit().home(session), what=what)

"""Sign in and out."""

from typing import Any

import flask
from flask import redirect, request, url_for

from consortium import clock
from consortium.errors import NotFound, NotPermitted
from consortium.i18n.message import Message, _
from consortium_admin.accounts import kept, passkeys
from consortium_admin.accounts.entering import admit, has_second_factor, onward
from consortium_admin.accounts.ledger import find_account, lock_account
from consortium_admin.accounts.limits import BY_ACCOUNT, BY_PLACE, limits_of_app, place, whose_tries
from consortium_admin.accounts.pages import forget, here, pages, present, render, wanted
from consortium_admin.accounts.passwords import is_right
from consortium_admin.accounts.sign_ins import end
from consortium_admin.accounts.views.elsewhere import way_elsewhere
from consortium_admin.rules import anyone
from consortium_admin.visit import visit

#: the cookie keeps the last challenge under this name; an answer may take so many seconds
CHALLENGE, PATIENCE = "challenge", 300

#: the same words whatever was wrong, so that nobody learns who has an account
WRONG = _("The e-mail address or the password is not right, or the account is closed.")
NO_PASSKEY = _("The passkey was not recognised. Try again, or sign in with your password.")


@pages.page("/sign-in/", may=anyone, post=anyone)
def sign_in() -> Any:
    """Show the form, or let somebody in who knows the password."""
    if request.method == "GET":
        if visit().visitor is not None:
            return redirect(wanted() or url_for("admin.index"), code=303)
        return render("sign_in", **offer(next=wanted()))
    address, password = request.form.get("address", ""), request.form.get("password", "")
    limits = limits_of_app()
    whose = whose_tries(address)
    limits.demand(BY_PLACE, place())
    limits.take(BY_ACCOUNT, *whose)
    account = find_account(visit().session, address)
    if not is_right(account, password) or account is None:
        limits.take(BY_PLACE, place())
        return refuse(WRONG, address)
    limits.forgive(BY_ACCOUNT, *whose)
    return _enter(account.id, str(account.password), address)


@pages.page("/sign-in/passkey/", post=anyone)
def sign_in_with_passkey() -> Any:
    """Let somebody in whose passkey answers."""
    limits = limits_of_app()
    limits.demand(BY_PLACE, place())
    challenge, admitted = take_challenge(), None
    try:
        with visit().write() as session:
            found = passkeys.prove(session, answer=request.form.get("answer", ""), challenge=challenge, place=here())
            admitted = admit(session, found) if found is not None else None
    except (NotFound, NotPermitted) as fault:
        return refuse(fault.message)
    if admitted is None:
        limits.take(BY_PLACE, place())
        return refuse(NO_PASSKEY)
    return onward(admitted)


@pages.page("/sign-out/", post=anyone)
def sign_out() -> Any:
    """End the sign-in, in the database and in the browser."""
    if found := present():
        with visit().write() as session:
            end(session, found.account.id, number=found.sign_in.id)
    flask.session.clear()
    forget()
    flask.flash(_("You are signed out.").say(visit().language))
    return redirect(url_for("account.sign_in"), code=303)


def offer(**values: str) -> dict[str, Any]:
    """Say what the form needs, with a challenge for passkeys where they work."""
    options = ""
    if here().has_passkeys:
        options, challenge = passkeys.options_to_prove(here())
        keep_challenge(challenge)
    return {"address": "", "options": options, "service": way_elsewhere(), **values}


def refuse(told: Message, address: str = "") -> Any:
    """Show the form again, and say what was wrong."""
    words = kept.of_form()
    said = told.say(visit().language)
    values = offer(address=address[:254], next=wanted(), kept=str(words or ""))
    return render("sign_in", code=400, problems=[("address", said)], **values)


def keep_challenge(challenge: str) -> None:
    """Keep a challenge until it is answered."""
    flask.session[CHALLENGE] = [challenge, int(clock.now().timestamp())]


def take_challenge() -> str:
    """Take the challenge that was kept; it is answered once, and soon."""
    challenge, made = flask.session.pop(CHALLENGE, ["", 0])
    return str(challenge) if clock.now().timestamp() - int(made) < PATIENCE else ""


def _enter(number: int, known: str, address: str) -> Any:
    """Begin a sign-in, unless the account was changed while its password was checked."""
    admitted = None
    try:
        with visit().write() as session:
            account = lock_account(session, number)
            if account.active and account.password == known:
                admitted = admit(session, account, waits=has_second_factor(session, account))
    except (NotFound, NotPermitted) as fault:
        return refuse(fault.message, address)
    if admitted is None:
        return refuse(WRONG, address)
    if not admitted.waits:
        return onward(admitted)
    # what was typed is carried on in a page; nothing of it would fit into an address
    words = kept.of_form()
    return second_step(words) if words else redirect(url_for("account.second_step", next=wanted() or None), code=303)


def second_step(words: kept.Kept) -> Any:
    """Show the second step with what somebody had typed."""
    from consortium_admin.accounts.views.second_step import show

    return show(kept=str(words))

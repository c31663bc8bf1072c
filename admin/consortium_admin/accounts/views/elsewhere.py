"""Sign in through another service: led there, and let in by what it says when one comes back."""

from dataclasses import replace
from typing import Any

import flask
from flask import current_app, redirect, request, url_for
from sqlalchemy.exc import IntegrityError

from consortium.errors import ConsortiumError, NotFound, NotPermitted
from consortium.i18n.message import Message, _
from consortium_admin import receipts
from consortium_admin.accounts import letters
from consortium_admin.accounts.entering import Admitted, admit, has_second_factor, onward
from consortium_admin.accounts.identities import meet, told_by
from consortium_admin.accounts.limits import BY_PLACE, limits_of_app, place
from consortium_admin.accounts.oidc import OVER, Begun, OidcFault, Service, service
from consortium_admin.accounts.pages import TOKEN, pages, render, settings, wanted
from consortium_admin.accounts.sign_ins import note_elsewhere
from consortium_admin.accounts.tables import Account
from consortium_admin.rules import anyone
from consortium_admin.visit import visit

#: the cookie keeps under this name what was begun, signed, until the browser comes back with it once
BEGUN = "elsewhere"

#: a longer way back does not fit into the cookie
LONGEST = 1000


@pages.page("/sign-in/elsewhere/", may=anyone)
def sign_in_elsewhere() -> Any:
    """Lead to the other service."""
    other = _service()
    way = wanted() if len(wanted()) <= LONGEST else ""
    try:
        address, begun = other.begin(
            back=_back(), language=visit().language, wanted=way, again=request.args.get("again") == "1"
        )
    except OidcFault as fault:
        return _refuse(fault, next=way)
    flask.session[BEGUN] = begun.kept()
    return redirect(address, code=303)


@pages.page("/sign-in/elsewhere/back/", may=anyone)
def back_from_elsewhere() -> Any:
    """Let somebody in who comes back, if what the service says can be believed and they have an account."""
    other, limits = _service(), limits_of_app()
    limits.demand(BY_PLACE, place())
    begun = _take_begun()
    way = begun.next if begun else ""
    try:
        if begun is None:
            raise OidcFault(OVER, "nothing begun")
        claims = other.finish(begun, back=_back(), answer=request.args)
        admitted, bound = _enter(other, begun, claims)
    except (OidcFault, NotFound, NotPermitted) as fault:
        limits.take(BY_PLACE, place())
        return _refuse(fault, next=way)
    letters.wake()
    if bound:
        told = _("From now on you can sign in here through {service}.").fill(service=other.settings.name)
        flask.flash(told.say(admitted.language))
    if admitted.waits:
        return redirect(url_for("account.second_step", next=way or None), code=303)
    return onward(admitted, to=way)


def _enter(other: Service, begun: Begun, claims: dict[str, Any]) -> tuple[Admitted, bool]:
    """Begin a sign-in of the account that is meant, and tell whether it was bound to the service only now.

    :raises NotPermitted: if there is none, or it is closed
    :raises OidcFault: if the same answer has let somebody in before
    """
    told, name = told_by(claims, other.settings), other.settings.name
    with visit().write() as session:
        try:
            receipts.keep(session, f"elsewhere {begun.state}", begun.next or "/")
        except IntegrityError as fault:
            raise OidcFault(OVER, "used") from fault
        home = visit().home(session)
        account, bound = meet(session, told, home=home, day=visit().day, service=name)
        if bound:
            letters.send_notice(session, account, home, what=BOUND.fill(service=name))
        waits = not told.is_strong and has_second_factor(session, account)
        admitted = admit(session, account, waits=waits)
        note_elsewhere(session, flask.session[TOKEN], proven=told.proven, is_strong=told.is_strong)
    return replace(admitted, is_bare=admitted.is_bare and not told.is_strong), bound


BOUND: Message = _("{service} was added to your account as a way to sign in.")


def way_elsewhere(account: Account | None = None) -> str:
    """Name the other service, if there is one; for an account, only if it has no password of its own."""
    own = settings().oidc
    return own.name if own and not (account and account.password) else ""


def _service() -> Service:
    found = service()
    if found is None:
        flask.abort(404)
    return found


def _back() -> str:
    """Return our address to which the service leads back, as it was told to those who run it."""
    own = settings().address if settings().is_public else request.host_url.rstrip("/")
    return f"{own}{url_for('account.back_from_elsewhere')}"


def _take_begun() -> Begun | None:
    """Take out of the cookie what this browser has begun; it is there once. What somebody else has begun stays there."""
    kept = flask.session.get(BEGUN)
    if not isinstance(kept, dict) or kept.get("state") != request.args.get("state", ""):
        return None
    del flask.session[BEGUN]
    return Begun(**kept)


def _refuse(fault: ConsortiumError, **values: str) -> Any:
    """Say what was wrong; the logbook gets a word for it, and nothing of what anybody said."""
    kind = fault.kind if isinstance(fault, OidcFault) else type(fault).__name__
    current_app.logger.warning("Nobody came in through the other service: %s", kind)
    is_away = isinstance(fault, OidcFault) and fault.is_away
    code = 503 if is_away else 403 if isinstance(fault, NotPermitted) else 400
    response = flask.make_response(render("elsewhere", code=code, told=fault.say(visit().language), **values))
    response.headers["Referrer-Policy"] = "no-referrer"  # the address of this page has a code in it
    return response

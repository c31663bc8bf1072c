"""Passkeys of one's own: listed, added, removed."""

from typing import Any

import flask
from flask import redirect, request, url_for
from sqlalchemy import delete, select

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium_admin.accounts import letters
from consortium_admin.accounts.entering import admit
from consortium_admin.accounts.ledger import lock_account
from consortium_admin.accounts.pages import fresh, here, pages, render, somebody
from consortium_admin.accounts.passkeys import add_passkey, options_to_add
from consortium_admin.accounts.tables import Account, Passkey
from consortium_admin.accounts.views.sign_in import keep_challenge, take_challenge
from consortium_admin.rules import anyone, signed_in
from consortium_admin.visit import visit


@pages.page("/account/passkeys/", may=anyone, post=anyone)
@fresh
def passkeys() -> Any:
    """List the passkeys and offer to add one, or add it."""
    if request.method == "GET":
        return _show()
    challenge, name = take_challenge(), request.form.get("name", "").strip()
    try:
        if not name:
            raise InvalidValue(_("Give the passkey a name by which you know it again."), "name")
        with visit().write() as session:
            account = lock_account(session, somebody().account.id)
            answer = request.form.get("answer", "")
            add_passkey(session, account, answer=answer, challenge=challenge, place=here(), name=name)
            letters.send_notice(session, account, visit().home(session), what=_("A passkey was added to your account."))
            admit(session, account)
    except InvalidValue as fault:
        return _show(code=400, name=name[:60], problems=[(fault.field, fault.message.say(visit().language))])
    letters.wake()
    flask.flash(_("The passkey is added.").say(visit().language))
    return redirect(url_for("account.passkeys"), code=303)


@pages.page("/account/passkeys/remove/", post=signed_in)
@fresh
def remove_passkey() -> Any:
    """Remove a passkey of one's own; those of others are none."""
    said = request.form.get("passkey", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004  # no more are kept
    with visit().write() as session:
        account = lock_account(session, somebody().account.id)
        mine = (Passkey.account_id == account.id, Passkey.id == number)
        if session.scalar(select(Passkey.id).where(*mine)) is None:
            flask.abort(404)
        session.execute(delete(Passkey).where(*mine))
        told = _("A passkey was removed from your account.")
        letters.send_notice(session, account, visit().home(session), what=told)
        admit(session, account)
    letters.wake()
    flask.flash(_("The passkey is removed.").say(visit().language))
    return redirect(url_for("account.passkeys"), code=303)


def _show(**values: Any) -> Any:
    session = visit().session
    account = session.get(Account, somebody().account.id)
    if account is None:
        flask.abort(404)
    options = ""
    if here().has_passkeys:
        options, challenge = options_to_add(account, here())
        keep_challenge(challenge)
    return render("passkeys", **{"name": "", "options": options, "keys": list(account.passkeys), **values})

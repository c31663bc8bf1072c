"""One's own account, with a way to everything that can be changed in it, and the language."""

from typing import Any

import flask
from flask import redirect, request, url_for
from sqlalchemy import func, select

from consortium.i18n.language import INTERFACE_LANGUAGES, language_name
from consortium.i18n.message import _
from consortium_admin.accounts.ledger import lock_account
from consortium_admin.accounts.pages import pages, render, settings, somebody
from consortium_admin.accounts.sign_ins import live
from consortium_admin.accounts.tables import Passkey
from consortium_admin.rules import signed_in
from consortium_admin.speaking import remember
from consortium_admin.visit import visit


@pages.page("/account/", may=signed_in)
def index() -> Any:
    """Show the account."""
    found = somebody()
    session = visit().session
    count = session.scalar(select(func.count()).where(Passkey.account_id == found.account.id))
    return render(
        "account",
        mine=found.account,
        count_of_passkeys=count,
        count_of_sign_ins=len(live(session, found.account.id, settings())),
    )


@pages.page("/account/language/", may=signed_in, post=signed_in)
def own_language() -> Any:
    """Ask for the language in which one is spoken to and written to, or take it."""
    found = somebody()
    if request.method == "GET":
        names = [(tag, language_name(tag, tag)) for tag in INTERFACE_LANGUAGES]
        return render("own_language", names=names, chosen=found.account.language)
    chosen = request.form.get("language", "")
    if chosen not in INTERFACE_LANGUAGES:
        flask.abort(400)
    with visit().write() as session:
        lock_account(session, found.account.id).language = chosen
    flask.flash(_("From now on you are spoken to and written to in this language.").say(chosen))
    return remember(redirect(url_for("account.index"), code=303), chosen)

"""Prove again who one is, before something is changed by which one signs in."""

from typing import Any

from flask import redirect, request, url_for

from consortium.i18n.message import _
from consortium_admin.accounts.limits import BY_ACCOUNT, limits_of_app
from consortium_admin.accounts.pages import pages, render, somebody, wanted
from consortium_admin.accounts.passwords import is_right
from consortium_admin.accounts.sign_ins import confirm as write_down
from consortium_admin.accounts.tables import Account
from consortium_admin.accounts.views.elsewhere import way_elsewhere
from consortium_admin.rules import anyone
from consortium_admin.visit import visit

WRONG = _("The password is not right.")


@pages.page("/account/confirm/", may=anyone, post=anyone)
def confirm() -> Any:
    """Ask for the password, or take it."""
    found = somebody()
    address = found.account.address
    if request.method == "GET":
        return render("confirm", next=wanted(), address=address, service=way_elsewhere(found.account))
    if not knows_password(found.account):
        said = WRONG.say(visit().language)
        return render("confirm", code=400, next=wanted(), address=address, service="", problems=[("password", said)])
    with visit().write() as session:
        write_down(session, found.sign_in.id)
    return redirect(wanted() or url_for("account.index"), code=303)


def knows_password(account: Account, field: str = "password") -> bool:
    """Tell whether the form holds the password of the account; tries are counted."""
    limits = limits_of_app()
    whose = ("confirm", str(account.id))
    limits.take(BY_ACCOUNT, *whose)
    if not is_right(account, request.form.get(field, "")):
        return False
    limits.forgive(BY_ACCOUNT, *whose)
    return True

"""The second step of signing in: a code of the app, a passkey, or a code from the paper."""

from typing import Any

from flask import redirect, request, url_for

from consortium.i18n.message import Message, _
from consortium_admin.accounts import kept, letters, passkeys
from consortium_admin.accounts.entering import admit, onward
from consortium_admin.accounts.ledger import lock_account
from consortium_admin.accounts.limits import CODES, limits_of_app
from consortium_admin.accounts.pages import here, pages, present, render, wanted
from consortium_admin.accounts.second_factor import take_code, take_recovery_code
from consortium_admin.accounts.sign_ins import Present
from consortium_admin.accounts.views.sign_in import keep_challenge, take_challenge
from consortium_admin.rules import anyone
from consortium_admin.visit import visit

WRONG = _("The code is not right, or has been used. Wait for the next one and try again.")
WRONG_ON_PAPER = _("The recovery code is not right, or has been used.")
NO_PASSKEY = _("The passkey was not recognised. Try again.")


@pages.page("/sign-in/second-step/", may=anyone, post=anyone)
def second_step() -> Any:
    """Ask for a code of the app, or take it."""
    found = waiting()
    if found is None:
        return _back()
    if request.method == "GET":
        return show(next=wanted())
    return _take(found, lambda _session, account: take_code(account, request.form.get("code", "")), WRONG)


@pages.page("/sign-in/second-step/passkey/", post=anyone)
def second_step_with_passkey() -> Any:
    """Take the answer of a passkey; it must be of the account whose password was right."""
    found, challenge, answer = waiting(), take_challenge(), request.form.get("answer", "")
    if found is None:
        return _back()

    def is_own(session: Any, account: Any) -> bool:
        proven = passkeys.prove(session, answer=answer, challenge=challenge, place=here())
        return proven is not None and proven.id == account.id

    return _take(found, is_own, NO_PASSKEY)


@pages.page("/sign-in/recovery-code/", may=anyone, post=anyone)
def recovery_code() -> Any:
    """Ask for a code from the paper, or take it; the owner is told by letter."""
    found = waiting()
    if found is None:
        return _back()
    if request.method == "GET":
        return render("recovery_code", next=wanted())

    def is_on_paper(session: Any, account: Any) -> bool:
        if not take_recovery_code(account, request.form.get("code", "")):
            return False
        told = _("Somebody has signed in with one of your recovery codes.")
        letters.send_notice(session, account, visit().home(session), what=told)
        return True

    return _take(found, is_on_paper, WRONG_ON_PAPER, template="recovery_code")


def waiting() -> Present | None:
    """Return the sign-in that waits for its second factor."""
    found = present()
    return found if found and found.sign_in.waits else None


def show(*, code: int = 200, template: str = "second_step", **values: Any) -> Any:
    """Show the page that asks for the second factor."""
    options = ""
    found = present()
    if found and here().has_passkeys and template == "second_step":
        options, challenge = passkeys.options_to_prove(here())
        keep_challenge(challenge)
    has_app = bool(found and found.account.tf_totp_secret)
    return render(template, code=code, options=options, has_app=has_app, **values)


def _take(found: Present, is_right: Any, told: Message, *, template: str = "second_step") -> Any:
    """Let somebody in whose second factor is right; count the tries of those whose is not."""
    limits = limits_of_app()
    whose = ("code", str(found.account.id))
    limits.take(CODES, *whose)
    admitted = None
    with visit().write() as session:
        account = lock_account(session, found.account.id)
        if is_right(session, account):
            admitted = admit(session, account)
    if admitted:
        limits.forgive(CODES, *whose)
        letters.wake()
        return onward(admitted)
    problems = [("code", told.say(visit().language))]
    return show(code=400, template=template, problems=problems, next=wanted(), kept=str(kept.of_form() or ""))


def _back() -> Any:
    return redirect(url_for("account.sign_in", next=wanted() or None), code=303)

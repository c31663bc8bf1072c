"""Letting somebody in: a new token each time, the language of the account, and back to what they wanted."""

from dataclasses import dataclass
from typing import Any

import flask
from flask import redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.models import Person
from consortium_admin.accounts import kept
from consortium_admin.accounts.ledger import needs_second_factor, principal_for
from consortium_admin.accounts.limits import know
from consortium_admin.accounts.pages import TOKEN, forget, render, settings, wanted
from consortium_admin.accounts.sign_ins import begin, end_token
from consortium_admin.accounts.tables import Account, Passkey
from consortium_admin.speaking import remember
from consortium_admin.visit import visit


@dataclass(frozen=True)
class Admitted:
    """Somebody who has come in.

    :ivar waits: tells that the second factor is still to come
    :ivar is_bare: tells that they must set one up first
    """

    address: str
    language: str
    waits: bool
    is_bare: bool


def admit(session: Session, account: Account, *, waits: bool = False) -> Admitted:
    """Begin a sign-in in place of the one that this browser had.

    :raises NotPermitted: if the person speaks for nobody today
    :raises NotFound: if the account is of no use here
    """
    person = session.get(Person, account.person_id) if account.person_id else None
    principal_for(session, account, person, consortium=visit().site.consortium, day=visit().day)
    end_token(session, str(flask.session.get(TOKEN, "")))
    token = begin(session, account, agent=request.headers.get("User-Agent", ""), waits=waits)
    flask.session.clear()
    flask.session[TOKEN] = token
    forget()
    is_needed = settings().is_second_factor_required and needs_second_factor(account)
    return Admitted(account.address, account.language, waits, is_needed and not has_second_factor(session, account))


def onward(admitted: Admitted, *, to: str = "") -> Any:
    """Lead somebody who has come in to what they wanted: to what they had typed, to a page, or to the first one.

    :param to: what they wanted, where the request does not say it
    """
    sent = kept.of_form()
    if admitted.is_bare:
        response = redirect(url_for("account.second_factor"), code=303)
    elif sent:
        response = flask.make_response(render("send_again", sent=sent, is_back=True))
    else:
        response = redirect(to or wanted() or url_for("admin.index"), code=303)
    return know(remember(response, admitted.language), admitted.address)


def has_second_factor(session: Session, account: Account) -> bool:
    """Tell whether the account has an app that makes codes, or a passkey."""
    passkey = select(Passkey.id).where(Passkey.account_id == account.id).limit(1)
    return bool(account.tf_totp_secret) or session.scalar(passkey) is not None

"""The pages of accounts: what all of them have in common."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import quote

import flask
from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consortium.clock import CIVIL
from consortium_admin.accounts.passkeys import Place
from consortium_admin.accounts.sign_ins import Present, find
from consortium_admin.addresses import own_address
from consortium_admin.rules import Door, Rule
from consortium_admin.settings import Settings
from consortium_admin.visit import visit

Function = TypeVar("Function", bound=Callable[..., Any])

#: under this name the app keeps the settings, the cookie the token, and the request whoever is present
SETTINGS, TOKEN, PRESENT = "consortium-settings", "sign_in", "account_present"  # names, not secrets


class Pages(Blueprint):
    """Pages, each with the rule of who is let in."""

    def __init__(self, name: str) -> None:
        super().__init__(name, __name__)
        self.doors: dict[Door, Rule] = {}

    def page(
        self, address: str, *, may: Rule | None = None, post: Rule | None = None
    ) -> Callable[[Function], Function]:
        """Put a function at ``address``: ``may`` says who may read there, ``post`` who may send something."""
        rules = {method: rule for method, rule in (("GET", may), ("POST", post)) if rule}

        def open_door(function: Function) -> Function:
            name = function.__name__
            self.add_url_rule(address, name, function, methods=list(rules))
            self.doors.update({(f"{self.name}.{name}", method): rule for method, rule in rules.items()})
            return function

        return open_door


pages = Pages("account")


def settings() -> Settings:
    """Return how the admin is set up."""
    found: Settings = current_app.extensions[SETTINGS]
    return found


def present() -> Present | None:
    """Return the live sign-in of whoever asks, also one that still waits for its second factor."""
    if PRESENT not in g:
        token = flask.session.get(TOKEN)
        found = find(visit().session, token, settings()) if isinstance(token, str) else None
        setattr(g, PRESENT, found)
    return cast(Present | None, getattr(g, PRESENT))


def forget() -> None:
    """Look anew who asks: it has just changed."""
    g.pop(PRESENT, None)
    visit().__dict__.pop("visitor", None)


def somebody() -> Present:
    """Return whoever has signed in, if only to set up the second factor that they must have; others sign in first."""
    found = present()
    if found is None or found.sign_in.waits:
        flask.abort(cast(Response, visit().site.keeper.lead_in()))
    return found


def fresh(function: Function) -> Function:
    """Let in only whoever has proved lately who they are; others do so first."""

    @wraps(function)
    def checked(*values: Any, **named: Any) -> Any:
        if somebody().is_fresh:
            return function(*values, **named)
        back = request.path if request.method == "GET" else url_for("account.index")
        return redirect(f"{url_for('account.confirm')}?next={quote(back)}", code=303)

    return cast(Function, checked)


def render(template: str, *, code: int = 200, **values: Any) -> tuple[str, int]:
    """Render a page of accounts."""
    values = {"problems": (), "kept": "", "next": "", "day_of": _day_of, **values}
    return render_template(f"admin/accounts/{template}.html", **{"owner": visit().owner, **values}), code


def _day_of(moment: datetime) -> date:
    return moment.astimezone(CIVIL).date()


def wanted() -> str:
    """Return the address that somebody wants after signing in, if it is a page of ours."""
    return own_address(request.form.get("next", "") or request.args.get("next", ""))


def here() -> Place:
    """Tell where the admin is, as devices with passkeys know it."""
    return Place(settings().address if settings().is_public else request.host_url.rstrip("/"))

"""Where one is signed in: seen, and ended one by one or all others at once."""

from datetime import datetime
from typing import Any

import flask
from flask import redirect, request, url_for

from consortium.clock import CIVIL
from consortium.i18n.message import Message, _
from consortium_admin.accounts import sign_ins as kept
from consortium_admin.accounts.pages import pages, render, settings, somebody
from consortium_admin.rules import signed_in
from consortium_admin.visit import visit

#: what browsers and systems call themselves, the more special first
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@pages.page("/account/sign-ins/", may=signed_in)
def sign_ins() -> Any:
    """List where one is signed in."""
    found = somebody()
    rows = kept.live(visit().session, found.account.id, settings())
    return render("sign_ins", rows=rows, own=found.sign_in.id, device_of=_device_of, time_of=_time_of)


@pages.page("/account/sign-ins/end/", post=signed_in)
def end_sign_in() -> Any:
    """End one of one's own sign-ins, or all but the present one; those of others are none."""
    found, said = somebody(), request.form.get("sign_in", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004  # no more are kept
    with visit().write() as session:
        if said == "others":
            kept.end_others(session, found.account.id, number=found.sign_in.id)
        elif not kept.end(session, found.account.id, number=number):
            flask.abort(404)
    told = _("You are signed out on the other devices.") if said == "others" else _("You are signed out there.")
    flask.flash(told.say(visit().language))
    return redirect(url_for("account.sign_ins"), code=303)


def _time_of(moment: datetime) -> str:
    return f"{moment.astimezone(CIVIL):%H:%M}"


def _device_of(agent: str) -> str:
    """Name a device by what its browser says."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    told: Message = _("A device that does not say what it is")
    if browser and system:
        told = _("{browser} on {system}").fill(browser=browser, system=system)
    return told.say(visit().language) if not browser or system else browser

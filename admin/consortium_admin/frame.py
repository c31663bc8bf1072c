"""What templates build pages with, beside words: doors that are open, and signs."""

from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from consortium.writers.signs import SIGNS


def door(endpoint: str, **values: object) -> str:
    """Return the address of an endpoint, or nothing where this admin does not have it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""  # type: ignore[arg-type]  # as url_for


def sign(name: str) -> Markup:
    """Draw a sign, such as ``state.on_track``; nothing where there is none of that name."""
    found = SIGNS.get(name)
    return Markup(found.svg()) if found else Markup()  # noqa: S704  # drawn by us


#: what every template can call
FRAME: dict[str, Any] = {"door": door, "sign": sign}

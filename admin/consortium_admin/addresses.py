"""Addresses to go back to: only those of ours, so that no link of ours leads away."""

from flask import abort, request, url_for

from consortium.errors import InvalidValue
from consortium.services.codes import LONGEST_MADE, known_key

#: a longer address is nothing of ours
LONGEST = 2000

#: so many addresses are remembered as they were written once
WRITTEN = 4096


def own_address(address: str) -> str:
    """Return ``address`` if it is a path of ours, else nothing."""
    is_path = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if is_path and len(address) <= LONGEST and address.isprintable() else ""


def way_back() -> str:
    """Return the address that a form names under ``next``, else the first page."""
    return own_address(request.form.get("next", "") or request.args.get("next", "")) or url_for("admin.index")


def asked_key() -> str:
    """Return the key that the address names; what cannot be a key is of no record.

    :raises NotFound: if it cannot be one
    """
    try:
        return known_key(request.args.get("id", ""), longest=LONGEST_MADE)
    except InvalidValue:
        abort(404)

"""Receipts: a form that is sent twice is kept once, and both are led to the same place."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium_admin.accounts.tables import Receipt

#: nobody sends a form again that is older
KEPT = timedelta(days=7)


def new() -> str:
    """Make the token of a form that nobody has sent yet."""
    return secrets.token_urlsafe(16)


def keep(session: Session, token: str, address: str) -> None:
    """Keep in this unit of work that the form with ``token`` led to ``address``; a unit that keeps it too is not kept.

    :raises IntegrityError: if another unit has kept it; one that is about to is waited for
    """
    if not token:
        return
    row: dict[str, Any] = {"digest": _digest(token), "made_at": clock.now(), "address": address}
    if row["digest"][0] == "0":  # now and then, for it need not be each time
        session.connection().execute(delete(Receipt).where(Receipt.made_at < clock.now() - KEPT))
    session.connection().execute(insert(Receipt), row)


def address_of(session: Session, token: str) -> str:
    """Return the address to which the form with ``token`` led; nothing where none was kept."""
    return session.scalar(select(Receipt.address).where(Receipt.digest == _digest(token))) or ""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

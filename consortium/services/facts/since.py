"""What a report compares with: a day, the last gathering, the last snapshot, or a snapshot by its key."""

from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue, NotFound
from consortium.facts import Since
from consortium.i18n.dates import parse_date
from consortium.i18n.message import _
from consortium.models import Consortium, Gathering, Snapshot
from consortium.services.policy import Principal, visible

#: what the last ones are called on the command line and in links
LAST_GATHERING, LAST_SNAPSHOT = "last-gathering", "last-snapshot"

#: and what it is called to compare each sub-project with its own update before
UPDATE_BEFORE = "update-before"


def since_of(session: Session, principal: Principal, *, consortium: Consortium, words: str, day: date) -> Since | None:
    """Find what a report on ``day`` compares with: ``last-gathering``, ``last-snapshot``, a day, or a snapshot's key.

    Without words it is the last gathering, if there has been one; ``update-before`` is none of these, and gives nothing.

    :raises NotFound: if there is no such gathering or snapshot
    :raises InvalidValue: if the day is not before that of the report, or the snapshot is of a later one
    """
    if words == UPDATE_BEFORE:
        return None
    if words in {"", LAST_GATHERING}:
        found = _last_gathering(session, principal, consortium, day)
        if found is None and words:
            told = _("No gathering has ended before {day}. Compare with a day instead, such as 2026-01-31.")
            raise NotFound(told.fill(day=day))
        return found
    if words == LAST_SNAPSHOT:
        return _snapshot(session, principal, consortium, day, None)
    with suppress(NotFound):  # first, because a snapshot is called after its day unless told otherwise
        return _snapshot(session, principal, consortium, day, words)
    try:
        asked = parse_date(words)
    except InvalidValue as fault:
        told = _("“{words}” is neither a day nor a snapshot. “consortium snapshot list” says which there are.")
        raise NotFound(told.fill(words=words)) from fault
    return Since("day", _earlier(asked, day))


def _earlier(asked: date, day: date) -> date:
    if asked >= day:
        told = _("{asked} is not before {day}, the day of the report. Compare with an earlier day.")
        raise InvalidValue(told.fill(asked=asked, day=day), "since")
    return asked


def _last_gathering(session: Session, principal: Principal, consortium: Consortium, day: date) -> Since | None:
    query = (
        select(Gathering.key, Gathering.title, Gathering.end)
        .where(Gathering.consortium_id == consortium.id, Gathering.end < day, visible(principal, Gathering))
        .order_by(Gathering.end.desc(), Gathering.key)
        .limit(1)
    )
    row = session.execute(query).first()
    return Since("gathering", row.end, row.key, row.title) if row else None


def _snapshot(session: Session, principal: Principal, consortium: Consortium, day: date, key: str | None) -> Since:
    own = (Snapshot.consortium_id == consortium.id, visible(principal, Snapshot))
    query: Any = select(Snapshot.key, Snapshot.day).where(*own).order_by(Snapshot.day.desc(), Snapshot.id.desc())
    row = session.execute(query.where(Snapshot.key == key if key else Snapshot.day <= day).limit(1)).first()
    if row is None:
        raise NotFound(_("There is no snapshot yet. Take one with: consortium snapshot take"))
    if row.day > day:
        told = _("The snapshot “{key}” is of {asked}, after {day}, the day of the report. Compare with an earlier one.")
        raise InvalidValue(told.fill(key=row.key, asked=row.day, day=day), "since")
    return Since("snapshot", row.day, row.key)

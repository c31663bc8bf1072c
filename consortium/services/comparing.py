"""What a report compares with, as people name it: also a gathering by its key."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue, NotFound
from consortium.facts import Since
from consortium.i18n.message import _
from consortium.models import Consortium, Gathering
from consortium.services.facts import since_of
from consortium.services.facts.since import LAST_GATHERING, LAST_SNAPSHOT
from consortium.services.policy import Principal, visible


def compared_with(
    session: Session, principal: Principal, *, consortium: Consortium, words: str, day: date
) -> Since | None:
    """Find what a report on ``day`` compares with, see :func:`since_of`; the key of a gathering will do too.

    :raises NotFound: if there is nothing of the sort
    :raises InvalidValue: if it is not before ``day``
    """
    try:
        return since_of(session, principal, consortium=consortium, words=words, day=day)
    except NotFound as fault:
        if words in {"", LAST_GATHERING, LAST_SNAPSHOT}:
            raise
        if found := _gathering(session, principal, consortium, words, day):
            return found
        told = _(
            "“{words}” is neither a day nor a snapshot nor a gathering. See “consortium snapshot list” and “consortium gathering list”."
        )
        raise NotFound(told.fill(words=words)) from fault


def _gathering(session: Session, principal: Principal, consortium: Consortium, key: str, day: date) -> Since | None:
    own = (Gathering.consortium_id == consortium.id, Gathering.key == key, visible(principal, Gathering))
    row = session.execute(select(Gathering.key, Gathering.title, Gathering.end).where(*own)).first()
    if row is None:
        return None
    if row.end >= day:
        told = _(
            "The gathering “{key}” ended on {end}, not before {day}, the day of the report. Compare with an earlier one."
        )
        raise InvalidValue(told.fill(key=row.key, end=row.end, day=day), "since")
    return Since("gathering", row.end, row.key, row.title)

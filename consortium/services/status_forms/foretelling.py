"""Tells what a report would say if the form were sent now; nothing of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consortium.facts import Facts
from consortium.models import Consortium
from consortium.services.facts import gather_facts, since_of
from consortium.services.policy import Principal
from consortium.services.status_forms.saving import Kept, save_status


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a report would say, and what the checks say of what was typed."""

    facts: Facts
    kept: Kept


def foretell(  # of what, what was typed, by whom
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    key: str,
    said: Mapping[str, str],
    day: date,
    person: int | None = None,
) -> Foretold:
    """Gather the facts about the sub-project ``key`` as they would be if the form were sent on ``day``.

    The form is kept as it would be then, read by the way of every report, and taken back.

    :raises FormRefused: with every problem at its field
    :raises Clash: if somebody else has changed the draft since it was opened
    """
    point = session.begin_nested()
    try:
        kept = save_status(session, principal, home=home, key=key, said=said, day=day, person=person, is_sent=True)
        then = max(day, kept.day)
        since = since_of(session, principal, consortium=home, words="", day=then)
        return Foretold(gather_facts(session, principal, consortium=home, day=then, since=since, only=(key,)), kept)
    finally:
        point.rollback()

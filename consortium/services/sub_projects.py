"""Adds sub-projects."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.i18n.numbers import Money
from consortium.models import Participation, Partner, SubProject
from consortium.services.codes import known_budget, known_key, known_span
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text


def add_sub_project(  # noqa: PLR0913  # what a sub-project is
    session: Session,
    principal: Principal,
    *,
    key: str,
    title: Written,
    partners: Sequence[Partner],
    purpose: Written | None = None,
    start: date | None = None,
    end: date | None = None,
    budget: Money | None = None,
) -> SubProject:
    """Add a sub-project of one or several partners, on both sides of the border; the first one leads it.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if it has no partner, or partners of two consortia
    """
    check_partners(partners)
    known_span(start, end)
    money = known_budget(budget) if budget else None
    sub_project = SubProject(
        consortium_id=partners[0].consortium_id,
        key=known_key(key),
        title=new_text(principal, title),
        purpose=new_text(principal, purpose),
        participations=[Participation(partner=partner, place=place) for place, partner in enumerate(partners)],
        start=start,
        end=end,
        amount=money.amount if money else None,
        currency=money.currency if money else None,
    )
    demand(session, principal, Verb.ADD, sub_project)
    session.add(sub_project)
    session.flush()
    return sub_project


def check_partners(partners: Sequence[Partner]) -> None:
    """Insist on at least one partner, all of one consortium, none of them twice.

    :raises InvalidValue: if that is not so
    """
    if not partners:
        raise InvalidValue(_("A sub-project needs at least one partner. Name the one that leads it first."))
    if len({partner.consortium_id for partner in partners}) > 1:
        raise InvalidValue(_("The partners of a sub-project must be in the same consortium."))
    if len(set(map(id, partners))) < len(partners):
        raise InvalidValue(_("A partner can take part in a sub-project only once. Remove the repetition."))

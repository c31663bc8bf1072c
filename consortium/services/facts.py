"""Gathers the facts about a consortium: what the principal may see, on one day, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, exists, select
from sqlalchemy.orm import Session, aliased

from consortium.errors import NotPermitted
from consortium.facts import (
    ConsortiumFacts,
    Facts,
    IdentifierFacts,
    PartnerFacts,
    State,
    StatusFacts,
    Stream,
    SubProjectFacts,
)
from consortium.i18n.message import _
from consortium.i18n.numbers import Money
from consortium.models import (
    Consortium,
    Group,
    Organisation,
    Participation,
    Partner,
    PartnerRole,
    StatusUpdate,
    SubProject,
    TextIndex,
)
from consortium.models.organisation import group_member
from consortium.services.policy import Principal, Verb, may, visible
from consortium.texts import Text

#: rows fetched at a time; enough to be fast, few enough to stay small
PAGE = 200

_LEADING = aliased(Participation)


def gather_facts(session: Session, principal: Principal, *, consortium: Consortium, day: date) -> Facts:
    """Gather what ``principal`` may know of ``consortium`` on ``day``; the session must stay open while it is read.

    :raises NotPermitted: if the consortium itself is not for the principal's eyes
    """
    if not may(principal, Verb.SEE, consortium):
        raise NotPermitted(_("{name} may not see this consortium. Ask its staff.").fill(name=principal.name))
    return Facts(
        consortium=ConsortiumFacts(
            consortium.key, consortium.name, consortium.programme, consortium.tags, consortium.start, consortium.end
        ),
        day=day,
        partners=tuple(_partners(session, principal, consortium, day)),
        sub_projects=Stream(lambda: _sub_projects(session, principal, consortium, day)),
    )


def _partners(session: Session, principal: Principal, consortium: Consortium, day: date) -> Iterator[PartnerFacts]:
    parent = aliased(Organisation)
    columns = (
        Partner.id,
        Partner.key,
        Partner.joined,
        Partner.left,
        Organisation.id.label("organisation"),
        Organisation.name,
        Organisation.type,
    )
    query = (
        select(*columns, Organisation.country, Organisation.identifiers, parent.key.label("parent"))
        .join(Partner.organisation)
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .outerjoin(TextIndex, _name_of(consortium))
        .where(Partner.consortium_id == consortium.id, visible(principal, Partner))
        .order_by(Organisation.country, TextIndex.sort_key, Partner.id)
    )
    roles, groups = _roles(session, principal, consortium, day), _groups(session, principal, consortium)
    for row in session.execute(query):
        yield PartnerFacts(
            key=row.key,
            name=row.name,
            type=row.type,
            country=row.country,
            joined=row.joined,
            left=row.left,
            roles=tuple(roles[row.id]),
            parent=row.parent,
            groups=tuple(groups[row.organisation]),
            identifiers=tuple(IdentifierFacts(kind, value) for kind, value in sorted(row.identifiers.items())),
        )


def _roles(session: Session, principal: Principal, consortium: Consortium, day: date) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    query = (
        select(PartnerRole)
        .where(PartnerRole.consortium_id == consortium.id, visible(principal, PartnerRole))
        .order_by(PartnerRole.start, PartnerRole.id)
    )
    for role in session.scalars(query):
        if role.is_held(day):
            held[role.partner_id].append(role.role)
    return held


def _groups(session: Session, principal: Principal, consortium: Consortium) -> dict[int, list[Text]]:
    names: dict[int, list[Text]] = defaultdict(list)
    query = select(group_member.c.organisation_id, Group.name).join(Group, Group.id == group_member.c.group_id)
    own = (Group.consortium_id == consortium.id, visible(principal, Group))
    for organisation, name in session.execute(query.where(*own).order_by(Group.key)):
        names[organisation].append(name)
    return names


def _name_of(consortium: Consortium) -> Any:
    """Find the line of the text index by which the organisation's name sorts for the consortium's first language."""
    return and_(
        TextIndex.entity == Organisation.__tablename__,
        TextIndex.entity_id == Organisation.id,
        TextIndex.field == Organisation.sorted_by,
        TextIndex.language == consortium.tags[0],
    )


def _in_order(query: Any, principal: Principal, consortium: Consortium) -> Select[*tuple[Any, ...]]:
    """Put a query on sub-projects in the order of the report: by country and name of the leading partner, then by key."""
    ordered: Select[*tuple[Any, ...]] = (
        query.join(_LEADING, and_(_LEADING.sub_project_id == SubProject.id, _LEADING.place == 0))
        .join(Partner, Partner.id == _LEADING.partner_id)
        .join(Organisation, Organisation.id == Partner.organisation_id)
        .outerjoin(TextIndex, _name_of(consortium))
        .where(SubProject.consortium_id == consortium.id, visible(principal, SubProject))
        .order_by(Organisation.country, TextIndex.sort_key, Partner.id, SubProject.key_order, SubProject.id)
        .execution_options(yield_per=PAGE)
    )
    return ordered


def _sub_projects(
    session: Session, principal: Principal, consortium: Consortium, day: date
) -> Iterator[SubProjectFacts]:
    """Walk two queries in the same order side by side: the sub-projects with their partners, and the latest updates."""
    # closed also where the walk is broken off, because PostgreSQL keeps a cursor for each
    with (
        closing(session.execute(_latest_updates(principal, consortium, day))) as statuses,
        closing(session.execute(_shares(principal, consortium))) as shares,
    ):
        updates = groupby(statuses, key=lambda row: row.sub_project_id)
        owner, latest = next(updates, (None, iter(())))
        for number, rows in groupby(shares, key=lambda row: row.id):
            first, *others = rows
            told: list[StatusFacts] = []
            if owner == number:
                told = [_status(row) for row in latest]
                owner, latest = next(updates, (None, iter(())))
            yield _sub_project(first, (first.partner, *(each.partner for each in others)), told)


def _shares(principal: Principal, consortium: Consortium) -> Select[*tuple[Any, ...]]:
    partner = aliased(Partner)
    columns = (SubProject.id, SubProject.key, SubProject.title, SubProject.purpose, SubProject.start, SubProject.end)
    query = (
        select(*columns, SubProject.amount, SubProject.currency, partner.key.label("partner"))
        .join(Participation, Participation.sub_project_id == SubProject.id)
        .join(partner, partner.id == Participation.partner_id)
    )
    return _in_order(query, principal, consortium).order_by(Participation.place)


def _latest_updates(principal: Principal, consortium: Consortium, day: date) -> Select[*tuple[Any, ...]]:
    """Choose the two latest updates of each sub-project that count on ``day``: those that no later one corrects."""
    candidate, correction = aliased(StatusUpdate), aliased(StatusUpdate)
    is_corrected = exists().where(correction.corrects_id == candidate.id, correction.day <= day)
    latest = (
        select(candidate.id)
        .where(candidate.sub_project_id == SubProject.id, candidate.day <= day, ~is_corrected)
        .order_by(candidate.day.desc(), candidate.id.desc())
        .limit(2)
        .correlate(SubProject)
    )
    columns = (
        StatusUpdate.sub_project_id,
        StatusUpdate.key,
        StatusUpdate.day,
        StatusUpdate.state,
        StatusUpdate.summary,
    )
    query = select(*columns, StatusUpdate.achieved, StatusUpdate.next_steps, StatusUpdate.support_needs).select_from(
        SubProject
    )
    query = query.join(StatusUpdate, and_(StatusUpdate.sub_project_id == SubProject.id, StatusUpdate.id.in_(latest)))
    query = query.where(visible(principal, StatusUpdate))
    return _in_order(query, principal, consortium).order_by(StatusUpdate.day.desc(), StatusUpdate.id.desc())


def _status(row: Row[Any]) -> StatusFacts:
    return StatusFacts(row.key, row.day, State(row.state), row.summary, row.achieved, row.next_steps, row.support_needs)


def _sub_project(row: Row[Any], partners: tuple[str, ...], latest: list[StatusFacts]) -> SubProjectFacts:
    return SubProjectFacts(
        key=row.key,
        title=row.title,
        purpose=row.purpose,
        partners=partners,
        start=row.start,
        end=row.end,
        budget=Money(row.amount, row.currency) if row.amount is not None and row.currency else None,
        current=latest[0] if latest else None,
        previous=latest[1] if len(latest) > 1 else None,
    )

"""The facts about partners: organisations, roles, region groups."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Dialect, and_, select
from sqlalchemy.orm import Session, aliased

from consortium.facts import IdentifierFacts, PartnerFacts
from consortium.models import (
    Consortium,
    Group,
    Organisation,
    Participation,
    Partner,
    PartnerRole,
    SubProject,
    TextIndex,
)
from consortium.models.organisation import group_member
from consortium.models.prepared import Prepared
from consortium.services.facts.order import Query, is_named, named
from consortium.services.policy import Principal, visible
from consortium.services.ranks import is_name


def partners_of(
    session: Session, principal: Principal, consortium: Consortium, day: date, *, only: Collection[str] = ()
) -> Iterator[PartnerFacts]:
    """Gather the partners, by country and name as a reader of the first language sorts them.

    :param only: keys of sub-projects, whose partners alone are wanted
    """
    of_whom = principal.unnamed, consortium.id, consortium.tags[0]
    if only:
        found: Iterable[Any] = _of_few(session.get_bind().dialect, *of_whom, len(only)).ask(session, **named(only))
    else:
        found = session.execute(_question(*of_whom))
    for _number, rows in groupby(found, key=lambda row: row.id):
        first, *others = rows  # one for each role in each group
        held = {row.role_id: row.role for row in (first, *others) if row.role and _is_held(row, day)}
        groups = {row.group: row.group_name for row in (first, *others) if row.group}
        yield PartnerFacts(
            key=first.key,
            name=first.name,
            type=first.type,
            country=first.country,
            joined=first.joined,
            left=first.left,
            roles=tuple(held.values()),
            parent=first.parent,
            groups=tuple(groups[key] for key in sorted(groups)),
            identifiers=tuple(IdentifierFacts(kind, value) for kind, value in sorted(first.identifiers.items())),
        )


def _is_held(row: Any, day: date) -> bool:
    return bool(row.start <= day and (row.end is None or day <= row.end))


def _question(principal: Principal, home: int, tag: str) -> Query:
    """Choose the partners, each with every role in every group, by country and name as ``tag`` sorts them."""
    parent = aliased(Organisation)
    of_organisation = (
        Organisation.name,
        Organisation.type,
        Organisation.country,
        Organisation.identifiers,
    )
    of_role = (PartnerRole.id.label("role_id"), PartnerRole.role, PartnerRole.start, PartnerRole.end)
    of_group = (Group.id == group_member.c.group_id, Group.consortium_id == home)
    query: Query = (
        select(Partner.id, Partner.key, Partner.joined, Partner.left, *of_organisation, *of_role)
        .add_columns(parent.key.label("parent"), Group.key.label("group"), Group.name.label("group_name"))
        .join(Partner.organisation)
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .outerjoin(PartnerRole, and_(PartnerRole.partner_id == Partner.id, visible(principal, PartnerRole)))
        .outerjoin(group_member, group_member.c.organisation_id == Organisation.id)
        .outerjoin(Group, and_(*of_group, visible(principal, Group)))
        .outerjoin(TextIndex, is_name(home, tag))
        .where(Partner.consortium_id == home, visible(principal, Partner))
        .order_by(Organisation.country, TextIndex.sort_key, Partner.id, PartnerRole.start, PartnerRole.id)
    )
    return query


@lru_cache(maxsize=128)
def _of_few(dialect: Dialect, principal: Principal, home: int, tag: str, few: int) -> Prepared:
    """Write the question for the partners of a few sub-projects."""
    shared = select(Participation.partner_id).join(SubProject, SubProject.id == Participation.sub_project_id)
    own = (SubProject.consortium_id == home, is_named(few))
    return Prepared(_question(principal, home, tag).where(Partner.id.in_(shared.where(*own))), dialect)

"""The facts about partners: organisations, roles, region groups."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import and_, select
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
from consortium.services.policy import Principal, visible


def partners_of(
    session: Session, principal: Principal, consortium: Consortium, day: date, *, only: Collection[str] = ()
) -> Iterator[PartnerFacts]:
    """Gather the partners, by country and name as a reader of the first language sorts them.

    :param only: keys of sub-projects, whose partners alone are wanted
    """
    parent = aliased(Organisation)
    of_organisation = (
        Organisation.name,
        Organisation.type,
        Organisation.country,
        Organisation.identifiers,
    )
    of_role = (PartnerRole.id.label("role_id"), PartnerRole.role, PartnerRole.start, PartnerRole.end)
    of_group = (Group.id == group_member.c.group_id, Group.consortium_id == consortium.id)
    query = (
        select(Partner.id, Partner.key, Partner.joined, Partner.left, *of_organisation, *of_role)
        .add_columns(parent.key.label("parent"), Group.key.label("group"), Group.name.label("group_name"))
        .join(Partner.organisation)
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .outerjoin(PartnerRole, and_(PartnerRole.partner_id == Partner.id, visible(principal, PartnerRole)))
        .outerjoin(group_member, group_member.c.organisation_id == Organisation.id)
        .outerjoin(Group, and_(*of_group, visible(principal, Group)))
        .outerjoin(TextIndex, name_of(consortium))
        .where(Partner.consortium_id == consortium.id, visible(principal, Partner))
        .order_by(Organisation.country, TextIndex.sort_key, Partner.id, PartnerRole.start, PartnerRole.id)
    )
    if only:
        own = (SubProject.consortium_id == consortium.id, SubProject.key.in_(only))
        shared = select(Participation.partner_id).join(SubProject, SubProject.id == Participation.sub_project_id)
        query = query.where(Partner.id.in_(shared.where(*own)))
    for _number, rows in groupby(session.execute(query), key=lambda row: row.id):
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


def name_of(consortium: Consortium) -> Any:
    """Find the line of the text index by which the organisation's name sorts for the consortium's first language."""
    return and_(
        TextIndex.entity == Organisation.__tablename__,
        TextIndex.entity_id == Organisation.id,
        TextIndex.field == Organisation.sorted_by,
        TextIndex.language == consortium.tags[0],
    )

"""The partners in the order of lists: of thousands of them, a page needs only the sub-projects of the next few."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from consortium.models import Consortium, Organisation, Partner, TextIndex
from consortium.services.remembered import MEMORY, can_remember

#: so many partners lead more sub-projects than a page has, as a rule
NEAR = 64

#: what partners are sorted by: country, name and number
Rank = tuple[str, str, int]


def near_partners(
    session: Session, consortium: Consortium, tag: str, *, place: Sequence[Any], is_back: bool
) -> tuple[int, ...]:
    """Return the numbers of the partners with which a page after, or before, ``place`` begins; none if they are unknown.

    :param place: the rank of the partner of the row beside the page; empty for the first page
    """
    if not can_remember(session):  # for one page it is not worth while
        return ()
    ranks: tuple[Rank, ...] = MEMORY.recall(
        session,
        ("ranks", consortium.id, tag),
        lambda: _ranks(session, consortium, tag),
        of=(Partner, Organisation, Consortium),
    )
    if not place:
        return tuple(number for _country, _name, number in ranks[:NEAR])
    here = tuple(place)
    if is_back:
        end = bisect_right(ranks, here)
        return tuple(number for _country, _name, number in ranks[max(0, end - NEAR) : end])
    start = bisect_left(ranks, here)
    return tuple(number for _country, _name, number in ranks[start : start + NEAR])


def is_name(consortium: Consortium, tag: str) -> ColumnElement[bool]:
    """Return the criterion for the line of the text index with the name of an organisation in a language."""
    return and_(
        TextIndex.consortium_id == consortium.id,
        TextIndex.entity == Organisation.__tablename__,
        TextIndex.entity_id == Organisation.id,
        TextIndex.field == Organisation.sorted_by,
        TextIndex.language == tag,
    )


def _ranks(session: Session, consortium: Consortium, tag: str) -> tuple[Rank, ...]:
    query = select(Organisation.country, TextIndex.sort_key, Partner.id).join(Partner.organisation)
    query = query.join(TextIndex, is_name(consortium, tag)).where(Partner.consortium_id == consortium.id)
    return tuple(sorted((row.country, row.sort_key, row.id) for row in session.execute(query)))

"""The partners in the order of lists: of thousands of them, a page needs only the sub-projects of the next few."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from consortium.models import Consortium, Organisation, Partner, TextIndex
from consortium.services.remembered import MEMORY, can_remember

#: the most partners that are looked through for a page
NEAR = 64

#: what partners are sorted by: country, name and number
Rank = tuple[str, str, int]


def near_partners(
    session: Session, consortium: Consortium, tag: str, *, place: Sequence[Any], is_back: bool, wanted: int, count: int
) -> tuple[tuple[int, ...], bool]:
    """Return the numbers of the partners with which a page after, or before, ``place`` begins; none if they are unknown.

    Beside them stands whether they are all that there are on that side.

    :param place: the rank of the partner of the row beside the page; empty for the first page
    :param wanted: how many sub-projects a page wants, of ``count``
    """
    if not can_remember(session):  # for one page it is not worth while
        return (), False
    ranks: tuple[Rank, ...] = MEMORY.recall(
        session,
        ("ranks", consortium.id, tag),
        lambda: _ranks(session, consortium, tag),
        of=(Partner, Organisation, Consortium),
    )
    most = _enough(len(ranks), wanted, count)
    here = tuple(place)
    if is_back:
        end = bisect_right(ranks, here)
        start = max(0, end - most)
        is_all = start == 0
    else:
        start = bisect_left(ranks, here) if here else 0
        end = start + most
        is_all = end >= len(ranks)
    return tuple(number for _country, _name, number in ranks[start:end]), is_all


def _enough(partners: int, wanted: int, count: int) -> int:
    """Tell how many partners lead the sub-projects of a page, as a rule: twice as many as where all lead as many."""
    if partners <= NEAR:
        return NEAR
    return min(NEAR, 2 + 2 * wanted * partners // max(1, count))


def is_name(home: int, tag: str) -> ColumnElement[bool]:
    """Return the criterion for the line of the text index with the name of an organisation of ``home`` in a language."""
    return and_(
        TextIndex.consortium_id == home,
        TextIndex.entity == Organisation.__tablename__,
        TextIndex.entity_id == Organisation.id,
        TextIndex.field == Organisation.sorted_by,
        TextIndex.language == tag,
    )


def _ranks(session: Session, consortium: Consortium, tag: str) -> tuple[Rank, ...]:
    query = select(Organisation.country, TextIndex.sort_key, Partner.id).join(Partner.organisation)
    query = query.join(TextIndex, is_name(consortium.id, tag)).where(Partner.consortium_id == consortium.id)
    return tuple(sorted((row.country, row.sort_key, row.id) for row in session.execute(query)))

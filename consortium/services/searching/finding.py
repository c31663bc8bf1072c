"""Finds records by what is said in them: in three queries, however many there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from consortium.errors import NotFound
from consortium.i18n.message import _
from consortium.models import Consortium, TextIndex
from consortium.models.dialect import bytewise, found_lines
from consortium.models.indexing import TITLE
from consortium.services.naming import KINDS, Named, named, naming_query, sorting_language, together
from consortium.services.paging import SIZE, Order, Page, known_size
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.searching.excerpts import Piece, excerpt
from consortium.services.searching.others import also_sought
from consortium.services.searching.sought import Unit, units_of
from consortium.services.terms import glossary_of

#: as many lines of the text index are looked into; who finds more adds a word
MOST_LINES = 2000

#: the rank of what only says the words and is not called so
SAID = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    :ivar field: the field in which it was found
    :ivar language: of the words; empty for a name, which is the same in all of them
    :ivar excerpt: the words around what was found
    """

    named: Named
    field: str
    language: str
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class Finds:
    """What a search has found.

    :ivar page: the hits of one page, the nearest first
    :ivar counts: how many records of each kind were found, by the names of their tables
    :ivar is_cut: whether there were too many to look into all of them
    :ivar also: what was sought as well, because the glossary calls it so: languages and words
    """

    page: Page[Hit] = field(default_factory=lambda: Page(()))
    counts: Mapping[str, int] = field(default_factory=dict)
    is_cut: bool = False
    also: tuple[tuple[str, str], ...] = ()


def search(  # noqa: PLR0913  # what, in which order, which page
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    words: str,
    language: str,
    kind: str = "",
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Finds:
    """Find the records of ``consortium`` in whose texts or names all ``words`` stand, in any language.

    A word is found by its stem, at the beginning of a compound too, and by what the glossary calls it elsewhere. Records
    that are called so come before those that only say it.

    :param language: the reader's
    :param kind: limits the hits to the records of one table; the counts are of all
    :raises NotPermitted: if the consortium itself is not for the principal's eyes
    :raises InvalidValue: if the words are too many, or ``after`` or ``before`` is no place in the finds
    :raises NotFound: if there is no such kind
    """
    demand(session, principal, Verb.SEE, consortium)
    if kind and kind not in KINDS:
        raise NotFound(_("There is no kind of record “{kind}”. Search in all of them.").fill(kind=kind[:80]))
    glossary = glossary_of(session, principal, consortium=consortium)
    units = units_of(words, glossary)
    if not units:
        return Finds()
    own = sorting_language(consortium, language)
    matched = _matched(principal, consortium, units)
    best = _best(matched, own, kind)
    titled = _titled(best, own)
    order = _order(titled)
    query = select(titled.c.id.label("line"), *order.places)
    if not (after or before):
        query = query.where(_is_near(best, titled.c.rank, size))
    query = order.limit(query, after=after, before=before, size=size)
    rows, counts = _asked(session, query, _counts(matched), is_back=bool(before))
    page = order.page(rows, after=after, before=before, size=size)
    hits = page.turned(lambda rows: _hits(session, principal, consortium, rows, units))
    found = {row.entity: row.entity_id for row in sorted(counts, key=lambda row: tuple(KINDS).index(row.entity))}
    is_cut = max(sum(row.place_0 for row in counts), sum(row.place_3 for row in counts)) > MOST_LINES
    return Finds(hits, found, is_cut=is_cut, also=also_sought(units, glossary))


def _matched(principal: Principal, consortium: Consortium, units: Sequence[Unit]) -> CTE:
    """Choose the lines of the index with all that is sought: so many titles, and so many that only say it."""
    titles = _lines(principal, consortium, units, TITLE, 0)
    others = _lines(principal, consortium, units, "", SAID)
    parts = (select(each.limit(MOST_LINES + 1).subquery()) for each in (titles, others))
    # looked into once, though the page and the counts both need it
    return union_all(*parts).cte("matched").prefix_with("MATERIALIZED")


def _lines(
    principal: Principal, consortium: Consortium, units: Sequence[Unit], mark: str, nearest: int
) -> CompoundSelect[Any]:
    """Choose lines that may be seen, with their rank: ``nearest`` if they have the very words, else the next one.

    Compounds come last.
    """
    has_words = and_(*(or_(*(_stand_in_line(way, mark) for way in unit.own)) for unit in units))
    rank = case((has_words, nearest), else_=nearest + 1)
    own = (TextIndex.consortium_id == consortium.id, TextIndex.entity.in_(KINDS), visible(principal, TextIndex))
    columns = (TextIndex.id, TextIndex.entity, TextIndex.entity_id, TextIndex.language)
    query = select(*columns, rank.label("rank")).where(*own)
    tables = found_lines([unit.ways for unit in units], mark)
    return union_all(*(query.join(found, found.c.number == TextIndex.id) for found in tables))


def _stand_in_line(way: Sequence[str], mark: str) -> ColumnElement[bool]:
    return and_(*(TextIndex.stems.contains(f" {mark}{stem} ", autoescape=True) for stem in way))


def _best(matched: CTE, language: str, kind: str) -> CTE:
    """Choose of each record the line that says best why it was found: a title, if possible in the reader's language."""
    own = (matched.c.entity, matched.c.entity_id)
    is_said, is_foreign = case((matched.c.rank < SAID, 0), else_=1), case((matched.c.language == language, 0), else_=1)
    place = func.row_number().over(partition_by=own, order_by=(is_said, is_foreign, matched.c.rank, matched.c.id))
    nearest = func.min(matched.c.rank).over(partition_by=own)
    columns = (matched.c.id, matched.c.entity, matched.c.entity_id, nearest.label("rank"))
    lines = select(*columns, place.label("place")).subquery("lines")
    chosen = select(*(lines.c[column] for column in ("id", "entity", "entity_id", "rank"))).where(lines.c.place == 1)
    chosen = chosen.where(lines.c.entity == kind) if kind else chosen
    return chosen.cte("best").prefix_with("MATERIALIZED")


def _titled(best: CTE, language: str) -> Subquery:
    """Tell with each record how its name sorts in a language; it is looked for only where a kind has such a name."""
    line = aliased(TextIndex)
    is_name = (
        line.entity == best.c.entity,
        line.entity_id == best.c.entity_id,
        line.language == language,
        line.sort_key != "",
    )
    name = select(line.sort_key).where(*is_name).limit(1).scalar_subquery()
    has_name = best.c.entity.in_([kind.__tablename__ for kind in KINDS.values() if kind.sorted_by])
    return select(best, case((has_name, name)).label("sort_key")).subquery("titled")


def _order(titled: Subquery) -> Order:
    """Order the nearest first, then by title, then the newest."""
    by_title = bytewise(func.coalesce(titled.c.sort_key, "~"))
    return Order("nearest", (titled.c.rank, by_title, bytewise(titled.c.entity), -titled.c.entity_id))


def _is_near(best: CTE, rank: ColumnElement[int], size: int) -> ColumnElement[bool]:
    """Leave out what is farther away than all that a first page has room for, so that its names need not be looked for."""
    last = select(best.c.rank).order_by(best.c.rank).offset(known_size(size)).limit(1).scalar_subquery()
    return rank <= func.coalesce(last, rank)


def _asked(
    session: Session, query: Select[Any], counts: Select[Any], *, is_back: bool
) -> tuple[list[Row[Any]], list[Row[Any]]]:
    """Read the page with the words of its lines, in its order, and the counts; in one query, which finds lines once."""
    page = query.subquery("page")
    columns = (TextIndex.entity, TextIndex.entity_id, TextIndex.field, TextIndex.language, TextIndex.words)
    with_words = select(page, *columns).join(TextIndex, TextIndex.id == page.c.line)
    found = session.execute(union_all(with_words, counts)).all()
    rows = sorted((row for row in found if row.line is not None), key=_place, reverse=is_back)
    return rows, [row for row in found if row.line is None]


def _place(row: Row[Any]) -> tuple[Any, ...]:
    return row.place_0, row.place_1, row.place_2, row.place_3


def _counts(matched: CTE) -> Select[Any]:
    """Count the records of each kind, as rows of the page without a line: titles and others stand where places do."""
    titles, others = (
        func.sum(case((is_one, 1), else_=0)) for is_one in (matched.c.rank < SAID, matched.c.rank >= SAID)
    )
    places = (null().label("line"), titles.label("place_0"), literal("").label("place_1"), matched.c.entity, others)
    empty = (literal("").label(name) for name in ("field", "language", "words"))
    records = func.count(matched.c.entity_id.distinct()).label("entity_id")
    return select(*places, matched.c.entity.label("entity"), records, *empty).group_by(matched.c.entity)


def _hits(
    session: Session, principal: Principal, consortium: Consortium, rows: Sequence[Row[Any]], units: Sequence[Unit]
) -> list[Hit]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.entity].append(row.entity_id)
    queries = [
        naming_query(principal, KINDS[entity], consortium=consortium).where(KINDS[entity].id.in_(own))
        for entity, own in numbers.items()
    ]
    known = {(row.entity, row.number): named(row) for row in together(session, queries)}
    return [_hit(row, known[row.entity, row.entity_id], units) for row in rows if (row.entity, row.entity_id) in known]


def _hit(row: Row[Any], name: Named, units: Sequence[Unit]) -> Hit:
    is_name = row.field in KINDS[row.entity].names
    language = "" if is_name else row.language
    return Hit(name, row.field, language, excerpt(row.words, language, units))

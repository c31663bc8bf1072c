"""Takes snapshots of the facts, finds them, compares them, and makes reports of them again."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, aliased

from consortium import __version__, clock
from consortium.errors import InvalidValue, NotFound
from consortium.facts import Facts, GoneFacts, Since, Stream, SubProjectFacts
from consortium.facts.canonical import head_of, line_of, pack, read_facts, read_sub_project, unpack
from consortium.i18n.message import _
from consortium.models import Consortium, Gathering, Snapshot, SnapshotLine
from consortium.plugins import front_desk
from consortium.services.codes import known_key
from consortium.services.facts import gather_facts, since_of
from consortium.services.facts.kept import whole_lines
from consortium.services.facts.since import LAST_GATHERING, LAST_SNAPSHOT, UPDATE_BEFORE
from consortium.services.policy import Principal, Verb, demand, visible

#: lines written or read at a time
PAGE = 200


def take_snapshot(  # of what, of when, under which name
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    day: date | None = None,
    key: str = "",
    gathering: Gathering | None = None,
    facts: Facts | None = None,
) -> Snapshot:
    """Keep the facts of ``day`` (today unless told) as they are known now; they are never changed again.

    :param facts: those of the day, gathered in a unit that reads one state of the database, which a unit that writes does
        not on every database; gathered here without
    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if there is already a snapshot of that key
    """
    day = facts.day if facts else day or clock.today()
    snapshot = Snapshot(consortium_id=consortium.id, day=day, versions=present_versions(), gathering=gathering)
    demand(session, principal, Verb.ADD, snapshot)
    facts = facts or facts_to_keep(session, principal, consortium=consortium, day=day)
    snapshot.key = _free_key(session, consortium, key, day)
    snapshot.fingerprint = facts.fingerprint
    session.add(snapshot)
    session.flush()
    _keep(session, snapshot, facts)
    return snapshot


def facts_to_keep(session: Session, principal: Principal, *, consortium: Consortium, day: date | None = None) -> Facts:
    """Gather the facts that a snapshot keeps: those of ``day``, compared with the last gathering if there has been one."""
    day = day or clock.today()
    since = since_of(session, principal, consortium=consortium, words="", day=day)
    return gather_facts(session, principal, consortium=consortium, day=day, since=since)


def _free_key(session: Session, consortium: Consortium, key: str, day: date) -> str:
    query = select(Snapshot.key).where(Snapshot.consortium_id == consortium.id)
    taken = set(session.scalars(query))
    if key:
        if key in {LAST_GATHERING, LAST_SNAPSHOT, UPDATE_BEFORE}:
            raise InvalidValue(_("“{key}” means something else. Choose another name.").fill(key=key), "key")
        if known_key(key) in taken:
            raise InvalidValue(_("There is already a snapshot “{key}”. Choose another name.").fill(key=key), "key")
        return known_key(key)
    return _next_key(taken, day)


def free_key(session: Session, consortium: Consortium, day: date) -> str:
    """Propose a key for a snapshot of ``day`` that no other one has: the day itself, with a number if need be."""
    return _free_key(session, consortium, "", day)


def _next_key(taken: set[str], day: date) -> str:
    number = 1
    while (made := f"{day}" if number == 1 else f"{day}-{number}") in taken:
        number += 1
    return made


def _keep(session: Session, snapshot: Snapshot, facts: Facts) -> None:
    head = [{"snapshot_id": snapshot.id, "place": 0, "key": "", "content": pack(head_of(facts))}]
    lines = (
        {"snapshot_id": snapshot.id, "place": place, "key": each.key, "content": pack(line_of(each))}
        for place, each in enumerate(facts.sub_projects, start=1)
    )
    rows = chain(head, lines)
    while some := list(islice(rows, PAGE)):
        session.connection().execute(insert(SnapshotLine), some)


def present_versions() -> dict[str, str]:
    """Return the versions of all that has a part in a report: of the program, and of its guests."""
    guests = {plugin.name: plugin.version for plugin in front_desk().plugins if plugin.version}
    return {"consortium": __version__, **guests}


def list_snapshots(session: Session, principal: Principal, *, consortium: Consortium) -> list[Snapshot]:
    """List the snapshots, the latest first."""
    query = select(Snapshot).where(Snapshot.consortium_id == consortium.id, visible(principal, Snapshot))
    return list(session.scalars(query.order_by(Snapshot.day.desc(), Snapshot.id.desc())))


def find_snapshot(session: Session, principal: Principal, *, consortium: Consortium, key: str) -> Snapshot:
    """Find a snapshot by its key.

    :raises NotFound: if there is none
    """
    known = list_snapshots(session, principal, consortium=consortium)
    for each in known:
        if each.key == key:
            return each
    told = _("There is no snapshot “{key}”. There are: {known}.")
    raise NotFound(told.fill(key=key, known=tuple(each.key for each in known) or "–"))


def facts_of(session: Session, snapshot: Snapshot) -> Facts:
    """Read the facts of a snapshot as they were kept; the session must stay open while they are walked.

    :raises SnapshotAltered: if they are not what was kept
    """
    with closing(_lines(session, snapshot)) as packed:
        whole = whole_lines(packed, key=snapshot.key, fingerprint=snapshot.fingerprint)
        head, *_others = islice(whole, 1)
        for _line in whole:
            pass
    return read_facts(
        head, lambda: map(unpack, islice(_lines(session, snapshot), 1, None)), fingerprint=snapshot.fingerprint
    )


def _lines(session: Session, snapshot: Snapshot) -> Generator[bytes, None, None]:
    """Walk the packed lines; closed where the walk is broken off, because PostgreSQL keeps a cursor for it."""
    query = (
        select(SnapshotLine.content)
        .where(SnapshotLine.snapshot_id == snapshot.id)
        .order_by(SnapshotLine.place)
        .execution_options(yield_per=PAGE)
    )
    with closing(session.scalars(query)) as rows:
        yield from rows


def compare(session: Session, before: Snapshot, after: Snapshot) -> Facts:
    """Return the facts of one snapshot beside those of an earlier one, to be told as what has changed.

    :raises InvalidValue: if the first is not the earlier one
    """
    if (before.day, before.id) >= (after.day, after.id):
        told = _("“{before}” is not older than “{after}”. Name the older snapshot first.")
        raise InvalidValue(told.fill(before=before.key, after=after.key))
    earlier, facts = facts_of(session, before), facts_of(session, after)
    known = {each.key for each in facts.sub_projects}
    gone = (each for each in earlier.sub_projects if each.key not in known)
    return replace(
        facts,
        since=Since("snapshot", before.day, before.key),
        gone=tuple(GoneFacts(each.key, each.title, each.partners) for each in gone),
        sub_projects=Stream(lambda: _side_by_side(session, before, after)),
    )


def _side_by_side(session: Session, before: Snapshot, after: Snapshot) -> Iterator[SubProjectFacts]:
    now, then = aliased(SnapshotLine), aliased(SnapshotLine)
    query = (
        select(now.content, then.content.label("earlier"))
        .outerjoin(then, (then.key == now.key) & (then.snapshot_id == before.id) & (then.place > 0))
        .where(now.snapshot_id == after.id, now.place > 0)
        .order_by(now.place)
        .execution_options(yield_per=PAGE)
    )
    with closing(session.execute(query)) as rows:
        for row in rows:
            earlier = read_sub_project(unpack(row.earlier)) if row.earlier else None
            yield read_sub_project(unpack(row.content)).beside(earlier)


def strange_versions(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """Walk what was of another version when the snapshot was taken: its name, the version then, and now."""
    present = present_versions()
    for name in sorted({*snapshot.versions, *present}):
        then, now = snapshot.versions.get(name, "–"), present.get(name, "–")
        if then != now:
            yield name, then, now

"""Verifies that history, records and snapshots are what was recorded, and says where somebody wrote past us."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from consortium.errors import InvalidValue, SnapshotAltered
from consortium.facts.canonical import read_sub_project, unpack
from consortium.i18n.message import Message, _, _n
from consortium.models import Consortium, Snapshot, SnapshotLine
from consortium.models.chain import Erasing, find_link, walk
from consortium.services.facts.kept import whole_lines
from consortium.services.policy import Principal, Verb, demand
from consortium.services.recorded import differing

#: snapshot lines that are read at a time
PAGE = 200

#: what a link looks like: the number of its change, and a SHA-256 in hexadecimal figures
_FIGURES = frozenset("0123456789abcdef")
_LENGTH = 64


@dataclass(frozen=True)
class Verified:
    """What was found.

    :ivar changes: how many the history has
    :ivar link: of the last one, as it is kept elsewhere
    :ivar erasings: when, by whom and of which changes somebody's name was taken out
    :ivar findings: where something is not what was recorded; nothing if all is
    """

    changes: int
    link: str
    erasings: tuple[Erasing, ...]
    findings: tuple[Message, ...]


def verify_history(session: Session, principal: Principal, *, link: str = "") -> Verified:
    """Verify the history from its start, then what each record and each snapshot says.

    :param link: one that was kept elsewhere; without it nobody can see that the end is missing or all was rewritten
    :raises NotPermitted: if ``principal`` does not work on the machine itself; one chain runs through all consortia
    :raises InvalidValue: if ``link`` cannot be one
    """
    demand(session, principal, Verb.ADD, Consortium())
    kept = read_link(link) if link else None
    walked = walk(session)
    findings = [_MISFIT.fill(number=number) for number in walked.misfits]
    if kept:
        findings += _against(session, *kept, last=walked.last[0])
    findings += differing(session)
    findings += _of_snapshots(session)
    number, last = walked.last
    return Verified(walked.count, f"{number}:{last}" if last else "", walked.erasings, tuple(findings))


_MISFIT = _("Change {number} of the history is not what was recorded, or changes before it are missing.")


def read_link(words: str) -> tuple[int, str]:
    """Read a link as it was printed: the number of its change, and what stands there.

    :raises InvalidValue: if it is none
    """
    number, _mark, link = words.strip().rpartition(":")
    if len(link) != _LENGTH or not set(link) <= _FIGURES or not (number or "0").isdecimal():
        told = _("“{link}” is no link of a history. Write it as “consortium history verify” printed it.")
        raise InvalidValue(told.fill(link=words[:80]), "link")
    return int(number or 0), link


def _against(session: Session, number: int, link: str, *, last: int) -> Iterator[Message]:
    """Compare with a link that was kept elsewhere."""
    found = find_link(session, link)
    if found is not None and number in {0, found}:
        return
    if found is not None:
        yield _("The link that was kept is of change {kept}, but stands at change {number} of the history.").fill(
            kept=number, number=found
        )
    elif number > last:
        yield _(
            "The history ends at change {last}, before change {kept}, whose link was kept: its end is missing."
        ).fill(last=last, kept=number)
    else:
        yield _("The link that was kept is nowhere in the history: it was written anew, or is another database’s.")


def _of_snapshots(session: Session) -> Iterator[Message]:
    """Walk the snapshots whose lines are not those that were kept."""
    for snapshot in session.scalars(select(Snapshot).order_by(Snapshot.consortium_id, Snapshot.id)):
        try:
            with closing(_packed(session, snapshot)) as packed:
                for _line in whole_lines(packed, key=snapshot.key, fingerprint=snapshot.fingerprint):
                    pass
            yield from _misnamed(session, snapshot)
        except SnapshotAltered as fault:
            yield fault.message
    lost = select(func.count()).where(SnapshotLine.snapshot_id.not_in(select(Snapshot.id)))
    if count := session.scalar(lost):
        yield _n("{count} line belongs to no snapshot.", "{count} lines belong to no snapshot.", count).fill(
            count=count
        )


def _packed(session: Session, snapshot: Snapshot) -> Generator[bytes, None, None]:
    """Walk the packed lines; closed where the walk is broken off, because PostgreSQL keeps a cursor for it."""
    with closing(_lines(session, snapshot, SnapshotLine.content)) as rows:
        for row in rows:
            yield row.content


def _misnamed(session: Session, snapshot: Snapshot) -> Iterator[Message]:
    """Walk the lines that stand under another key than that of their sub-project, or in a place that nobody gave."""
    lines = _lines(session, snapshot, SnapshotLine.content, SnapshotLine.key, SnapshotLine.place)
    for place, row in enumerate(lines):
        key = read_sub_project(unpack(row.content)).key if place else ""
        if (row.place, row.key) != (place, key):
            told = _("Line {place} of the snapshot “{snapshot}” stands under another name or in another place.")
            yield told.fill(place=row.place, snapshot=snapshot.key)


def _lines(session: Session, snapshot: Snapshot, *columns: Any) -> Any:
    raw = [type_coerce(column, NullType()).label(column.key) for column in columns]
    own = select(*raw).where(SnapshotLine.snapshot_id == snapshot.id).order_by(SnapshotLine.place)
    return session.execute(own.execution_options(yield_per=PAGE))

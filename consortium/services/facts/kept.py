"""The lines of a snapshot: read as they were kept, or not at all."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain, tee
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from consortium.errors import SnapshotAltered
from consortium.facts import GoneFacts, Scope, Since, SubProjectFacts
from consortium.facts.canonical import read_sub_project, unpack
from consortium.i18n.message import _
from consortium.models import Consortium, Snapshot, SnapshotLine, SubProject
from consortium.services.facts.order import PAGE
from consortium.services.policy import Principal, visible


def whole_lines(packed: Iterable[bytes], *, key: str, fingerprint: str) -> Iterator[bytes]:
    """Unpack all lines of a snapshot, its head first, and insist that they are those that were kept.

    :raises SnapshotAltered: if they are not, at the latest after the last one
    """
    whole = hashlib.sha256()
    told = _("The snapshot “{key}” is not what was kept: its fingerprint is another. Restore it from a backup.")
    try:
        for each in packed:
            line = unpack(each)
            whole.update(line)
            yield line
    except (zlib.error, TypeError) as fault:  # SQLite keeps words also where bytes belong
        raise SnapshotAltered(told.fill(key=key)) from fault
    if whole.hexdigest() != fingerprint:
        raise SnapshotAltered(told.fill(key=key))


def gone_since(
    session: Session, principal: Principal, *, consortium: Consortium, since: Since | None, scope: Scope | None
) -> Iterator[GoneFacts]:
    """Find the sub-projects that a snapshot knew and that are no more.

    :raises SnapshotAltered: if the snapshot is not what was kept
    """
    if since is None or since.kind != "snapshot":
        return
    is_there = and_(SubProject.consortium_id == Snapshot.consortium_id, SubProject.key == SnapshotLine.key)
    query = (
        select(SnapshotLine.content, Snapshot.fingerprint, SubProject.id)
        .join(Snapshot, Snapshot.id == SnapshotLine.snapshot_id)
        .outerjoin(SubProject, is_there)
        .where(Snapshot.consortium_id == consortium.id, Snapshot.key == since.key, visible(principal, Snapshot))
        .order_by(SnapshotLine.place)
        .execution_options(yield_per=PAGE)
    )
    with closing(session.execute(query)) as rows:
        unknown = _unknown(rows, since.key)
    if not unknown:
        return
    head, *missing = unknown
    countries = {partner["key"]: partner["country"] for partner in json.loads(head)["partners"]}
    for each in map(read_sub_project, missing):
        if scope is None or is_within(each, scope, countries):
            yield GoneFacts(each.key, each.title, each.partners)


def _unknown(rows: Iterable[Any], key: str) -> list[bytes]:
    """List the lines of what is no more, after the head; all lines pass, so that they are checked."""
    walk = iter(rows)
    first = next(walk, None)
    if first is None:
        return []
    one, two = tee(chain((first,), walk))
    lines = whole_lines((row.content for row in one), key=key, fingerprint=first.fingerprint)
    return [line for line, row in zip(lines, two, strict=True) if row.id is None]


def is_within(each: SubProjectFacts, scope: Scope, countries: Mapping[str, str]) -> bool:
    """Tell whether a sub-project is in the part of the consortium that a report is limited to.

    :param countries: of the partners, by their key
    """
    if scope.kind == "partner":
        return scope.key in each.partners
    if scope.kind == "country":
        return any(countries.get(partner) == scope.key for partner in each.partners)
    return any(assessment.theme == scope.key for assessment in each.assessments)

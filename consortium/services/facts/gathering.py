"""Gathers all facts in one pass over the database, after which they need it no more."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import NotFound, NotPermitted
from consortium.facts import (
    PARTS,
    ConsortiumFacts,
    Facts,
    PeriodFacts,
    Scope,
    Since,
    Stream,
    SubProjectFacts,
    ThemeFacts,
)
from consortium.facts.canonical import fingerprint, head_of, line_of, read_sub_project
from consortium.i18n.message import _
from consortium.i18n.sorting import sort_key
from consortium.models import Consortium, ReportingPeriod, Theme
from consortium.services.facts.gatherings import gatherings_of
from consortium.services.facts.kept import gone_since
from consortium.services.facts.partners import partners_of
from consortium.services.facts.spool import Spool
from consortium.services.facts.sub_projects import SubProjects
from consortium.services.policy import Principal, Verb, may, visible
from consortium.texts.terms import terms


def gather_facts(  # of whom, of when, against what, how much of it
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    day: date,
    since: Since | None = None,
    scope: Scope | None = None,
    only: Collection[str] = (),
    parts: Collection[str] = PARTS,
) -> Facts:
    """Gather what ``principal`` may know of ``consortium`` on ``day``; the facts need no session afterwards.

    :param since: what a report compares with; without it, each sub-project with its update before
    :param scope: the part of the consortium to gather; all of it without
    :param only: keys of the few sub-projects to gather, and their partners; gatherings, and the others in a snapshot, are
        then not looked for
    :param parts: which parts are wanted, see :data:`consortium.facts.PARTS`; the others are empty, and not looked for
    :raises NotPermitted: if the consortium itself is not for the principal's eyes
    :raises NotFound: if there is no such partner, country or theme
    :raises SnapshotAltered: if the snapshot it compares with is not what was kept
    """
    if not may(principal, Verb.SEE, consortium):
        raise NotPermitted(_("{name} may not see this consortium. Ask its staff.").fill(name=principal.name))
    sub_projects = SubProjects(session, principal, consortium, day, since, scope, only, parts)
    spool = Spool()
    facts = Facts(
        consortium=ConsortiumFacts(
            consortium.key, consortium.name, consortium.programme, consortium.tags, consortium.start, consortium.end
        ),
        day=day,
        since=since,
        scope=scope,
        partners=tuple(partners_of(session, principal, consortium, day, only=only)),
        themes=tuple(_themes(session, principal, consortium)),
        periods=() if "periods" not in parts else tuple(_periods(session, principal, consortium)),
        gatherings=()
        if only or "gatherings" not in parts
        else tuple(gatherings_of(session, principal, consortium, day)),
        gone=() if only else tuple(gone_since(session, principal, consortium=consortium, since=since, scope=scope)),
        sub_projects=Stream(_Lines(spool).walk, lambda: spool),
    )
    if scope:
        _check_scope(scope, facts)
    leaders = {partner.key: place for place, partner in enumerate(facts.partners)}
    spool.fill(((leaders[leader], *own), line_of(each)) for (leader, *own), each in sub_projects.walk())
    return replace(facts, fingerprint=fingerprint(chain((head_of(facts),), spool)))


@dataclass
class _Lines:
    """The lines of the sub-projects, and what was read from them if they are few."""

    spool: Spool
    known: list[SubProjectFacts] = field(default_factory=list)

    def walk(self) -> Iterable[SubProjectFacts]:
        """Walk the sub-projects; few are read once, many each time, so that memory does not grow with them."""
        if not self.spool.is_small:
            return map(read_sub_project, self.spool)
        if not self.known:
            self.known.extend(map(read_sub_project, self.spool))
        return iter(self.known)


def _check_scope(scope: Scope, facts: Facts) -> None:
    known = {
        "partner": [partner.key for partner in facts.partners],
        "country": list(terms("country")),
        "theme": [theme.key for theme in facts.themes],
    }[scope.kind]
    if scope.key not in known:
        told = _("There is no “{key}” to limit the report to. There are: {known}.")
        raise NotFound(told.fill(key=scope.key, known=tuple(known)))


def _themes(session: Session, principal: Principal, consortium: Consortium) -> Iterator[ThemeFacts]:
    query = select(Theme.key, Theme.name, Theme.question).where(Theme.consortium_id == consortium.id)
    found = session.execute(query.where(visible(principal, Theme))).all()
    for row in sorted(found, key=lambda row: (sort_key(row.key, "en"), row.key)):
        yield ThemeFacts(row.key, row.name, row.question)


def _periods(session: Session, principal: Principal, consortium: Consortium) -> Iterator[PeriodFacts]:
    query = select(ReportingPeriod).where(ReportingPeriod.consortium_id == consortium.id)
    ordered = query.where(visible(principal, ReportingPeriod)).order_by(ReportingPeriod.start, ReportingPeriod.key)
    for each in session.scalars(ordered):
        yield PeriodFacts(each.key, each.start, each.end, each.due, each.locked)

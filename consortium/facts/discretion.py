"""Leaves out the names of people whom a report does not declare to show."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from consortium.facts.canonical import read_sub_project
from consortium.facts.gatherings import GatheringFacts
from consortium.facts.stream import Stream
from consortium.facts.sub_projects import StatusFacts, SubProjectFacts
from consortium.facts.values import Facts

#: what a report may declare: who reported a status; who came to a gathering, for whom, and why not
PERSONAL_DATA = frozenset({"reporters", "attendees"})

#: who reported, in a canonical line: within words a quotation mark has a backslash before it, so that this is no words
_REPORTER = re.compile(rb'"reported_by":"(?:[^"\\]|\\.)*"')
_NOBODY = b'"reported_by":""'


def discreet(facts: Facts, declared: Collection[str]) -> Facts:
    """Return ``facts`` without the personal data that is not ``declared``."""
    if {*declared} >= PERSONAL_DATA:
        return facts
    gatherings, walk = facts.gatherings, facts.sub_projects
    if "attendees" not in declared:
        gatherings = tuple(map(_without_attendees, gatherings))
    if "reporters" not in declared:
        walk = _without_names(facts.sub_projects)
    return replace(facts, gatherings=gatherings, sub_projects=walk)


def _without_names(sub_projects: Stream[SubProjectFacts]) -> Stream[SubProjectFacts]:
    """Leave out who reported; where lines are kept, in the lines, for they are many and most are only handed on."""
    kept = sub_projects.lines
    if kept is None:
        return Stream(lambda: map(_without_reporters, sub_projects))

    def lines() -> Iterator[bytes]:
        return (_REPORTER.sub(_NOBODY, line) for line in kept())

    return Stream(lambda: map(read_sub_project, lines()), lines)


def _without_attendees(gathering: GatheringFacts) -> GatheringFacts:
    rows = tuple(replace(row, person="", substitute_for="", reason="") for row in gathering.attendance)
    return replace(gathering, attendance=rows)


def _without_reporters(each: SubProjectFacts) -> SubProjectFacts:
    before = _without_reporters(each.before) if each.before else None
    return replace(each, current=_unsigned(each.current), previous=_unsigned(each.previous), before=before)


def _unsigned(status: StatusFacts | None) -> StatusFacts | None:
    return replace(status, reported_by="") if status and status.reported_by else status

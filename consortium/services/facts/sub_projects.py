"""The facts about sub-projects: the answers about each kind of record, all in one order, walked side by side."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Result, Row
from sqlalchemy.orm import Session

from consortium.facts import (
    PARTS,
    AssessmentFacts,
    IndicatorFacts,
    MilestoneFacts,
    Scope,
    Since,
    State,
    StatusFacts,
    SubProjectFacts,
    ValueFacts,
)
from consortium.facts.canonical import read_sub_project, unpack
from consortium.i18n.numbers import Money
from consortium.i18n.sorting import sort_key
from consortium.models import Consortium
from consortium.services.facts.order import PAGE, Beside, named
from consortium.services.facts.questions import Question, Questions, written
from consortium.services.policy import Principal
from consortium.texts.terms import terms

#: where a sub-project belongs in a report: under its leading partner's key, by its own, and its number
Order = tuple[str, str, int]


@dataclass(frozen=True)
class SubProjects:
    """Walks the sub-projects of a consortium as they stood on a day."""

    session: Session
    principal: Principal
    consortium: Consortium
    day: date
    since: Since | None
    scope: Scope | None
    only: Collection[str] = ()
    parts: Collection[str] = PARTS

    def walk(self) -> Iterator[tuple[Order, SubProjectFacts]]:
        """Walk the answers side by side, and put together what each says of a sub-project and where it belongs."""
        with ExitStack() as stack:  # closed also where the walk is broken off: PostgreSQL keeps a cursor for each

            def rows(question: Question) -> Iterable[Any]:
                return self._told(question) if self.only else stack.enter_context(closing(self._streamed(question)))

            shares = rows(Questions.shares)
            updates = Beside(rows(Questions.updates))
            milestones, indicators, assessments = (
                Beside(rows(question) if part in self.parts else ())
                for part, question in (
                    ("milestones", Questions.milestones),
                    ("indicators", Questions.indicators),
                    ("assessments", Questions.assessments),
                )
            )
            kept = Beside(rows(Questions.kept) if self.since and self.since.kind == "snapshot" else ())
            for number, own in groupby(shares, key=lambda row: row.id):
                first, *others = own
                current, previous = _statuses(updates.of(number), self.since)
                told = SubProjectFacts(
                    key=first.key,
                    title=first.title,
                    purpose=first.purpose,
                    partners=(first.partner, *(each.partner for each in others)),
                    start=first.start,
                    end=first.end,
                    budget=_budget(first),
                    current=current,
                    previous=previous,
                    milestones=tuple(sorted(_milestones_of(milestones.of(number), self.day), key=_by_due)),
                    indicators=tuple(_indicators_of(indicators.of(number), self.since)),
                    assessments=tuple(_latest_assessments(assessments.of(number))),
                    reported=tuple(sorted(map(date.fromisoformat, filter(None, (first.reported or "").split(","))))),
                )
                place = (first.partner, first.key_order, number)
                yield place, _beside_snapshot(told, kept.of(number), self.since)

    def _told(self, question: Question) -> list[Any]:
        """Ask about the few that are wanted."""
        asked = written(self.session.get_bind().dialect, self._questions, question)
        return asked.ask(self.session, **named(self.only))

    def _streamed(self, question: Question) -> Result[Any]:
        """Ask about all, a page of rows at a time."""
        return self.session.execute(question(self._questions).execution_options(yield_per=PAGE))

    @property
    def _questions(self) -> Questions:
        since = replace(self.since, title=None) if self.since else None
        has_periods = "periods" in self.parts
        few = len(self.only)
        return Questions(self.principal.unnamed, self.consortium.id, self.day, since, self.scope, few, has_periods)


def _budget(row: Row[Any]) -> Money | None:
    return Money(row.amount, row.currency) if row.amount is not None and row.currency else None


def _statuses(rows: list[Row[Any]], since: Since | None) -> tuple[StatusFacts | None, StatusFacts | None]:
    """Take the latest update as the current one, and as the previous one the latest that there was then, else the one before."""
    latest = sorted(rows, key=lambda row: (row.counted, row.day), reverse=True)
    before = latest[1:] if since is None else [row for row in latest if row.day <= since.day]
    return _status(latest[0]) if latest else None, _status(before[0]) if before else None


def _status(row: Row[Any]) -> StatusFacts:
    return StatusFacts(
        key=row.key,
        day=row.day,
        state=State(row.state),
        summary=row.summary,
        achieved=row.achieved,
        next_steps=row.next_steps,
        support_needs=row.support_needs,
        reported_by=row.reporter or "",
        corrects=row.corrected or "",
    )


def _milestones_of(rows: list[Row[Any]], day: date) -> Iterator[MilestoneFacts]:
    for row in rows:
        yield MilestoneFacts(row.key, row.title, row.due, row.done if row.done and row.done <= day else None)


def _by_due(milestone: MilestoneFacts) -> tuple[date, str]:
    return milestone.due, milestone.key


def _indicators_of(rows: list[Row[Any]], since: Since | None) -> Iterator[IndicatorFacts]:
    told = [_indicator(list(own), since) for _key, own in groupby(rows, key=lambda row: row.key)]
    levels = terms("indicator_level")
    return iter(sorted(told, key=lambda each: (levels.index(each.level), sort_key(each.key, "en"))))


def _indicator(rows: list[Row[Any]], since: Since | None) -> IndicatorFacts:
    first = rows[0]
    values = {
        kind: [ValueFacts(row.value_key, row.day, row.value, row.words) for row in rows if row.kind == kind]
        for kind in ("reading", "target")
    }
    for own in values.values():
        own.sort(key=lambda each: (each.day, each.key))  # keys compare here, because databases differ in how they do
    readings = values["reading"]
    before = readings[:-1] if since is None else [each for each in readings if each.day <= since.day]
    return IndicatorFacts(
        key=first.key,
        name=first.name,
        unit=first.unit,
        level=first.level,
        baseline=first.baseline,
        first_target=first.target,
        former_target=_former_target(first.target, values["target"]),
        new_target=values["target"][-1] if values["target"] else None,
        previous=before[-1] if before else None,
        current=readings[-1] if readings else None,
    )


def _former_target(first: Decimal | None, changes: list[ValueFacts]) -> Decimal | None:
    """Tell which target the latest change took the place of."""
    return changes[-2].value if len(changes) > 1 else first if changes else None


def _latest_assessments(rows: list[Row[Any]]) -> Iterator[AssessmentFacts]:
    ordered = sorted(rows, key=lambda row: (sort_key(row.theme, "en"), row.theme, row.day, row.key))
    for _theme, own in groupby(ordered, key=lambda row: row.theme):
        *_earlier, last = own
        yield AssessmentFacts(last.key, last.theme, last.day, last.degree, last.words)


def _beside_snapshot(told: SubProjectFacts, kept: list[Row[Any]], since: Since | None) -> SubProjectFacts:
    """Compare with what a snapshot knew, also where that has been corrected since."""
    if since is None or since.kind != "snapshot":
        return told
    return told.beside(read_sub_project(unpack(kept[0].content)) if kept else None)

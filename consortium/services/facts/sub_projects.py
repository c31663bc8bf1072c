"""The facts about sub-projects: one query a kind of record, all in one order and walked side by side."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, null, select
from sqlalchemy.orm import Session, aliased

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
from consortium.models import (
    Assessment,
    Consortium,
    Indicator,
    IndicatorValue,
    Milestone,
    Participation,
    Partner,
    Snapshot,
    SnapshotLine,
    StatusUpdate,
    SubProject,
    Theme,
)
from consortium.services.facts.order import Beside, Query, in_order
from consortium.services.facts.updates import days_reported, latest_updates
from consortium.services.policy import Principal, visible
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
        """Walk the queries side by side, and put together what each says of a sub-project and where it belongs."""
        with ExitStack() as stack:  # closed also where the walk is broken off: PostgreSQL keeps a cursor for each

            def rows(query: Query) -> Iterable[Row[Any]]:
                return stack.enter_context(closing(self.session.execute(query)))

            shares = rows(self._shares())
            updates = Beside(rows(self._updates()))
            milestones, indicators, assessments = (
                Beside(rows(query()) if part in self.parts else ())
                for part, query in (
                    ("milestones", self._milestones),
                    ("indicators", self._indicators),
                    ("assessments", self._assessments),
                )
            )
            kept = Beside(rows(self._kept())) if self.since and self.since.kind == "snapshot" else Beside(())
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

    def _in_order(self, query: Any) -> Query:
        part = self.scope, self.only
        return in_order(query, self.principal, consortium=self.consortium, day=self.day, part=part)

    def _shares(self) -> Query:
        partner = aliased(Partner)
        columns = (SubProject.id, SubProject.key, SubProject.key_order, SubProject.title, SubProject.purpose)
        query = (
            select(
                *columns,
                SubProject.start,
                SubProject.end,
                SubProject.amount,
                SubProject.currency,
                partner.key.label("partner"),
            )
            .add_columns((days_reported(self.day) if "periods" in self.parts else null()).label("reported"))
            .join(Participation, Participation.sub_project_id == SubProject.id)
            .join(partner, partner.id == Participation.partner_id)
        )
        return self._in_order(query).order_by(Participation.place)

    def _updates(self) -> Query:
        query = latest_updates(self.principal, self.day, self.since)
        return self._in_order(query).order_by(StatusUpdate.day.desc(), StatusUpdate.id.desc())

    def _milestones(self) -> Query:
        columns = (Milestone.sub_project_id, Milestone.key, Milestone.title, Milestone.due, Milestone.done)
        query = select(*columns).join(Milestone.sub_project).where(visible(self.principal, Milestone))
        return self._in_order(query).order_by(Milestone.due)

    def _indicators(self) -> Query:
        """Choose the indicators, each with its readings and new targets up to the day."""
        of_value = (IndicatorValue.kind, IndicatorValue.day, IndicatorValue.value, IndicatorValue.words)
        columns = (Indicator.sub_project_id, Indicator.key, Indicator.name, Indicator.unit, Indicator.level)
        is_known = and_(IndicatorValue.indicator_id == Indicator.id, IndicatorValue.day <= self.day)
        query = (
            select(*columns, Indicator.baseline, Indicator.target, IndicatorValue.key.label("value_key"), *of_value)
            .join(Indicator.sub_project)
            .outerjoin(IndicatorValue, and_(is_known, visible(self.principal, IndicatorValue)))
            .where(visible(self.principal, Indicator))
        )
        return self._in_order(query).order_by(Indicator.id, IndicatorValue.day)

    def _assessments(self) -> Query:
        columns = (Assessment.sub_project_id, Assessment.key, Assessment.day, Assessment.degree, Assessment.words)
        query = (
            select(*columns, Theme.key.label("theme"))
            .join(Assessment.sub_project)
            .join(Assessment.theme)
            .where(Assessment.day <= self.day, visible(self.principal, Assessment))
        )
        return self._in_order(query).order_by(Assessment.day)

    def _kept(self) -> Query:
        """Choose the lines that a snapshot has of sub-projects that are still there."""
        own = (Snapshot.consortium_id == self.consortium.id, visible(self.principal, Snapshot))
        snapshot = select(Snapshot.id).where(*own, Snapshot.key == (self.since.key if self.since else ""))
        query = select(SubProject.id.label("sub_project_id"), SnapshotLine.content).join(
            SnapshotLine, and_(SnapshotLine.key == SubProject.key, SnapshotLine.snapshot_id.in_(snapshot))
        )
        return self._in_order(query.where(SnapshotLine.place > 0))


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

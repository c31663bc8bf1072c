"""What is asked of the database about sub-projects: one question a kind of record, all in one order.

To write them takes longer than to answer them for a few sub-projects, so for these they are written once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, and_, null, select
from sqlalchemy.orm import aliased

from consortium.facts import Scope, Since
from consortium.models import (
    Assessment,
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
from consortium.models.prepared import Prepared
from consortium.services.facts.order import Query, in_order
from consortium.services.facts.updates import days_reported, latest_updates
from consortium.services.policy import Principal, visible


@dataclass(frozen=True)
class Questions:
    """The questions about sub-projects; those that are equal are written alike.

    :ivar principal: who asks, without a name
    :ivar home: the number of the consortium
    :ivar scope: the part of the consortium that is asked about; all of it without
    :ivar few: how many sub-projects are asked about by their keys; 0 where all are
    :ivar has_periods: whether the days of all reports are told
    """

    principal: Principal
    home: int
    day: date
    since: Since | None
    scope: Scope | None
    few: int
    has_periods: bool

    def _in_order(self, query: Any) -> Query:
        return in_order(query, self.principal, home=self.home, day=self.day, scope=self.scope, few=self.few)

    def shares(self) -> Query:
        """Choose the sub-projects, each with its partners."""
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
            .add_columns((days_reported(self.day) if self.has_periods else null()).label("reported"))
            .join(Participation, Participation.sub_project_id == SubProject.id)
            .join(partner, partner.id == Participation.partner_id)
        )
        return self._in_order(query).order_by(Participation.place)

    def updates(self) -> Query:
        """Choose the status updates that count, and those before them."""
        query = latest_updates(self.principal, self.day, self.since)
        return self._in_order(query).order_by(StatusUpdate.day.desc(), StatusUpdate.id.desc())

    def milestones(self) -> Query:
        """Choose the milestones."""
        columns = (Milestone.sub_project_id, Milestone.key, Milestone.title, Milestone.due, Milestone.done)
        query = select(*columns).join(Milestone.sub_project).where(visible(self.principal, Milestone))
        return self._in_order(query).order_by(Milestone.due)

    def indicators(self) -> Query:
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

    def assessments(self) -> Query:
        """Choose the answers under the themes up to the day."""
        columns = (Assessment.sub_project_id, Assessment.key, Assessment.day, Assessment.degree, Assessment.words)
        query = (
            select(*columns, Theme.key.label("theme"))
            .join(Assessment.sub_project)
            .join(Assessment.theme)
            .where(Assessment.day <= self.day, visible(self.principal, Assessment))
        )
        return self._in_order(query).order_by(Assessment.day)

    def kept(self) -> Query:
        """Choose the lines that a snapshot has of sub-projects that are still there."""
        own = (Snapshot.consortium_id == self.home, visible(self.principal, Snapshot))
        snapshot = select(Snapshot.id).where(*own, Snapshot.key == (self.since.key if self.since else ""))
        query = select(SubProject.id.label("sub_project_id"), SnapshotLine.content).join(
            SnapshotLine, and_(SnapshotLine.key == SubProject.key, SnapshotLine.snapshot_id.in_(snapshot))
        )
        return self._in_order(query.where(SnapshotLine.place > 0))


#: one of the questions
Question = Callable[[Questions], Query]


@lru_cache(maxsize=512)  # five for each lead who looks; one takes 14 kB
def written(dialect: Dialect, questions: Questions, question: Question) -> Prepared:
    """Write one of the questions in the words of a database."""
    return Prepared(question(questions), dialect)

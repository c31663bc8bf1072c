"""What is known of a sub-project: its status, milestones, indicators, and what it promotes."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Optional

from consortium.facts.states import MilestoneState, State, Trend, trend
from consortium.i18n.numbers import Money
from consortium.texts import Text


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """One status update, as it was submitted.

    :ivar reported_by: name of the person who did, where the reader may know it
    :ivar corrects: key of the earlier update that it corrects
    """

    key: str
    day: date
    state: State
    summary: Text
    achieved: Text
    next_steps: Text
    support_needs: Text
    reported_by: str = ""
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """What shall be reached by ``due``; ``done`` is the day on which it was."""

    key: str
    title: Text
    due: date
    done: date | None

    def state(self, day: date) -> MilestoneState:
        """Tell how the milestone stands on ``day``."""
        if self.done and self.done <= day:
            return MilestoneState.ACHIEVED
        return MilestoneState.OVERDUE if self.due < day else MilestoneState.DUE


@dataclass(frozen=True, slots=True)
class ValueFacts:
    """A dated figure of an indicator; ``words`` are a remark on a reading, or the reason for a new target."""

    key: str
    day: date
    value: Decimal
    words: Text


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """A figure by which a sub-project is followed.

    :ivar level: ``output``, ``result`` or ``effect``
    :ivar unit: what is counted, or in what is measured
    :ivar baseline: where it began
    :ivar first_target: where it should have gone at first
    :ivar former_target: where it should have gone before ``new_target``
    :ivar new_target: the latest change of the target, with its reason
    :ivar previous: the reading that the report compares with
    :ivar current: the latest reading
    """

    key: str
    name: Text
    unit: Text
    level: str
    baseline: Decimal | None
    first_target: Decimal | None
    former_target: Decimal | None
    new_target: ValueFacts | None
    previous: ValueFacts | None
    current: ValueFacts | None

    @property
    def target(self) -> Decimal | None:
        """Where it shall go."""
        return self.new_target.value if self.new_target else self.first_target


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """To what degree the sub-project promotes a theme, and how; ``theme`` is its key."""

    key: str
    theme: str
    day: date
    degree: str
    words: Text


@dataclass(frozen=True, slots=True)
class SubProjectFacts:
    """A sub-project with its latest status and the one that the report compares with.

    :ivar partners: keys of its partners; the first one leads it
    :ivar reported: the days of its reports, earliest first; a correction is no report of its own
    :ivar before: what a snapshot knew of it, where the report compares with one
    """

    key: str
    title: Text
    purpose: Text
    partners: tuple[str, ...]
    start: date | None
    end: date | None
    budget: Money | None
    current: StatusFacts | None
    previous: StatusFacts | None
    milestones: tuple[MilestoneFacts, ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()
    assessments: tuple[AssessmentFacts, ...] = ()
    reported: tuple[date, ...] = ()
    before: Optional["SubProjectFacts"] = None

    @property
    def trend(self) -> Trend | None:
        """Where it is heading; ``None`` while nothing has been reported."""
        return trend(self.previous.state if self.previous else None, self.current.state) if self.current else None

    @property
    def has_moved(self) -> bool:
        """Tell whether the current status is another one than the previous; a new translation of it is no news."""
        return _identity(self.current) != _identity(self.previous)

    def beside(self, before: Optional["SubProjectFacts"]) -> "SubProjectFacts":
        """Return the sub-project compared with what a snapshot knew of it, also where that has been corrected since."""
        known = {each.key: each.current for each in before.indicators} if before else {}
        return replace(
            self,
            before=replace(before, before=None) if before else None,
            previous=before.current if before else None,
            indicators=tuple(replace(each, previous=known.get(each.key)) for each in self.indicators),
        )


def _identity(status: StatusFacts | None) -> tuple[str, date, State] | None:
    return (status.key, status.day, status.state) if status else None

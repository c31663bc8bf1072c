"""Makes for tests what tells how work goes: statuses, periods, milestones, indicators, themes."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from consortium.models import (
    Assessment,
    Consortium,
    Indicator,
    IndicatorValue,
    Milestone,
    ReportingPeriod,
    StatusUpdate,
    SubProject,
    Theme,
)
from consortium.services import indicators, milestones, periods, themes
from consortium.services.policy import Principal
from consortium.services.statuses import report_status


class MakeWork:
    """Makes records of how the work goes, each in one call that names only what matters."""

    session: Session
    operator: Principal
    _numbers: Iterator[int]

    if TYPE_CHECKING:  # whoever makes the rest has these

        @cached_property
        def home(self) -> Consortium:
            """The consortium that everything is in."""

        def sub_project(self, title: str = "", **others: Any) -> SubProject:
            """Make a sub-project."""

    def status(self, sub_project: SubProject | None = None, **others: Any) -> StatusUpdate:
        """Make a status update: submitted, on track, today."""
        others = {"state": "on_track", "summary": {"nb": "Arbeidet går som planlagt."}, **others}
        return report_status(self.session, self.operator, sub_project=sub_project or self.sub_project(), **others)

    def period(self, *, locked: date | None = None, **others: Any) -> ReportingPeriod:
        """Make the second half of 2025 a reporting period, which is open unless told otherwise."""
        given = {"key": "2025-2", "start": date(2025, 7, 1), "end": date(2025, 12, 31), **others}
        home = given.pop("consortium", None) or self.home
        made = periods.add_period(self.session, self.operator, consortium=home, **given)
        return periods.lock_period(self.session, self.operator, period=made, day=locked) if locked else made

    def milestone(self, sub_project: SubProject | None = None, *, done: date | None = None, **others: Any) -> Milestone:
        """Make a milestone that was due a fortnight ago."""
        number = next(self._numbers)
        others = {"key": f"m{number}", "title": {"nb": f"Milepæl {number}"}, "due": date(2026, 6, 1), **others}
        own = sub_project or self.sub_project()
        made = milestones.add_milestone(self.session, self.operator, sub_project=own, **others)
        return milestones.reach_milestone(self.session, self.operator, milestone=made, day=done) if done else made

    def indicator(self, sub_project: SubProject | None = None, **others: Any) -> Indicator:
        """Make an indicator of an output: from 0 to 100 participants."""
        others = {"key": f"i{next(self._numbers)}", "name": {"nb": "Deltakere"}, "level": "output", **others}
        others = {"unit": {"nb": "personer"}, "baseline": Decimal(0), "target": Decimal(100), **others}
        own = sub_project or self.sub_project()
        return indicators.add_indicator(self.session, self.operator, sub_project=own, **others)

    def reading(self, indicator: Indicator | None = None, **others: Any) -> IndicatorValue:
        """Make a reading of 42, today."""
        others = {"value": Decimal(42), **others}
        return indicators.read_indicator(self.session, self.operator, indicator=indicator or self.indicator(), **others)

    def target(self, indicator: Indicator | None = None, **others: Any) -> IndicatorValue:
        """Make a new target of 80 with a reason, today."""
        others = {"value": Decimal(80), "reason": {"nb": "Færre steder er med."}, **others}
        return indicators.change_target(self.session, self.operator, indicator=indicator or self.indicator(), **others)

    def theme(self, **others: Any) -> Theme:
        """Make the theme of recovery."""
        others = {"key": f"t{next(self._numbers)}", "name": {"nb": "Recovery"}, **others}
        home = others.pop("consortium", None) or self.home
        return themes.add_theme(self.session, self.operator, consortium=home, **others)

    def assessment(
        self, theme: Theme | None = None, sub_project: SubProject | None = None, **others: Any
    ) -> Assessment:
        """Make an assessment, today: to a high degree."""
        others = {"degree": "high", "words": {"nb": "Deltakerne bestemmer selv."}, **others}
        which, own = theme or self.theme(), sub_project or self.sub_project()
        return themes.assess(self.session, self.operator, theme=which, sub_project=own, **others)

"""What a report reads: plain values, frozen, filtered by permission, free of any session."""

from consortium.facts.gatherings import AttendanceFacts, GatheringFacts, StatementFacts
from consortium.facts.identifier import IdentifierKind
from consortium.facts.states import MilestoneState, State, Trend, trend
from consortium.facts.stream import Stream
from consortium.facts.sub_projects import (
    AssessmentFacts,
    IndicatorFacts,
    MilestoneFacts,
    StatusFacts,
    SubProjectFacts,
    ValueFacts,
)
from consortium.facts.values import (
    PARTS,
    ConsortiumFacts,
    Facts,
    GoneFacts,
    IdentifierFacts,
    PartnerFacts,
    PeriodFacts,
    Scope,
    Since,
    ThemeFacts,
)

__all__ = [
    "PARTS",
    "AssessmentFacts",
    "AttendanceFacts",
    "ConsortiumFacts",
    "Facts",
    "GatheringFacts",
    "GoneFacts",
    "IdentifierFacts",
    "IdentifierKind",
    "IndicatorFacts",
    "MilestoneFacts",
    "MilestoneState",
    "PartnerFacts",
    "PeriodFacts",
    "Scope",
    "Since",
    "State",
    "StatementFacts",
    "StatusFacts",
    "Stream",
    "SubProjectFacts",
    "ThemeFacts",
    "Trend",
    "ValueFacts",
    "trend",
]

"""What a report reads: plain values, frozen, filtered by permission, free of any session."""

from consortium.facts.canonical import fingerprint
from consortium.facts.identifier import IdentifierKind
from consortium.facts.stream import Stream
from consortium.facts.values import (
    ConsortiumFacts,
    Facts,
    IdentifierFacts,
    PartnerFacts,
    State,
    StatusFacts,
    SubProjectFacts,
    Trend,
    trend,
)

__all__ = [
    "ConsortiumFacts",
    "Facts",
    "IdentifierFacts",
    "IdentifierKind",
    "PartnerFacts",
    "State",
    "StatusFacts",
    "Stream",
    "SubProjectFacts",
    "Trend",
    "fingerprint",
    "trend",
]

"""What a plugin is held to, claim by claim, on facts made without a database; it knows no pytest."""

from consortium.proving.claims import CLAIMS, Claim
from consortium.proving.facts import empty_facts, huge_facts, whole_facts
from consortium.proving.telling import alone
from consortium.proving.trial import Trial

__all__ = ["CLAIMS", "Claim", "Trial", "alone", "empty_facts", "huge_facts", "whole_facts"]

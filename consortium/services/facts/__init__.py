"""Gathers the facts about a consortium: what the principal may see, on one day, in a constant number of queries."""

from consortium.services.facts.gathering import gather_facts
from consortium.services.facts.since import since_of

__all__ = ["gather_facts", "since_of"]

"""The facts about a consortium on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from consortium.facts.stream import Stream
from consortium.i18n.numbers import Money
from consortium.texts import Text


class State(StrEnum):
    """How a sub-project stands; the words are in the term base."""

    PLANNED = "planned"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    DELAYED = "delayed"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Trend(StrEnum):
    """Where a sub-project is heading, compared with the update before."""

    BETTER = "better"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    NEW = "new"
    CHANGED = "changed"


#: the states that can be called better or worse than each other, best first
RANKED = (State.COMPLETED, State.ON_TRACK, State.AT_RISK, State.DELAYED)


def trend(previous: State | None, current: State) -> Trend:
    """Compare two states; a change from or to an unranked one is just a change."""
    if previous is None:
        return Trend.NEW
    if previous == current:
        return Trend.UNCHANGED
    if previous not in RANKED or current not in RANKED:
        return Trend.CHANGED
    return Trend.BETTER if RANKED.index(current) < RANKED.index(previous) else Trend.WORSE


@dataclass(frozen=True, slots=True)
class ConsortiumFacts:
    """The consortium itself.

    :ivar languages: its languages, the first of which comes first in every document
    """

    key: str
    name: Text
    programme: str
    languages: tuple[str, ...]
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class IdentifierFacts:
    """A number or code by which others know an organisation."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """An organisation that takes part, as it stood on the day of the facts.

    :ivar roles: codes of the roles it held that day (``lead_partner``, …)
    :ivar parent: key of the organisation that it belongs to, a district to its municipality
    :ivar groups: names of the region groups it is in
    """

    key: str
    name: Text
    type: str
    country: str
    joined: date
    left: date | None
    roles: tuple[str, ...] = ()
    parent: str | None = None
    groups: tuple[Text, ...] = ()
    identifiers: tuple[IdentifierFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """One status update, as it was submitted."""

    key: str
    day: date
    state: State
    summary: Text
    achieved: Text
    next_steps: Text
    support_needs: Text


@dataclass(frozen=True, slots=True)
class SubProjectFacts:
    """A sub-project with its latest status and the one before.

    :ivar partners: keys of its partners; the first one leads it
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

    @property
    def trend(self) -> Trend | None:
        """Where it is heading; ``None`` while nothing has been reported."""
        return trend(self.previous.state if self.previous else None, self.current.state) if self.current else None


@dataclass(frozen=True)
class Facts:
    """All that a report may know: what the principal may see, on one day.

    :ivar partners: by country and name, as a reader of the first language sorts them
    :ivar sub_projects: under their leading partner in that order, then by key; walk it as often as needed
    :ivar day: the day of which the facts speak
    """

    consortium: ConsortiumFacts
    day: date
    partners: tuple[PartnerFacts, ...]
    sub_projects: Stream[SubProjectFacts]

    @cached_property
    def partner(self) -> Mapping[str, PartnerFacts]:
        """The partners by their key."""
        return {partner.key: partner for partner in self.partners}

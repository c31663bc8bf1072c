"""The facts about a consortium on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from consortium.facts.gatherings import GatheringFacts
from consortium.facts.stream import Stream
from consortium.facts.sub_projects import SubProjectFacts
from consortium.texts import Text


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

    def is_member(self, day: date) -> bool:
        """Tell whether the partner takes part on ``day``."""
        return self.joined <= day and (self.left is None or day < self.left)


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme that all sub-projects are asked about, and the question."""

    key: str
    name: Text
    question: Text


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """A time that is reported on, until when, and since when it is locked."""

    key: str
    start: date
    end: date
    due: date
    locked: date | None


@dataclass(frozen=True, slots=True)
class Since:
    """What the report compares with: a day, a gathering, or a snapshot.

    :ivar key: of the gathering or snapshot
    :ivar title: of the gathering
    """

    kind: Literal["day", "gathering", "snapshot"]
    day: date
    key: str = ""
    title: Text | None = None


#: what can be told of sub-projects besides who they are and how they stand, and of the consortium besides who takes part
PARTS = frozenset({"milestones", "indicators", "assessments", "periods", "gatherings"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the consortium that the facts are limited to: a partner, a country, or a theme, by its key."""

    kind: Literal["partner", "country", "theme"]
    key: str


@dataclass(frozen=True, slots=True)
class GoneFacts:
    """A sub-project that a snapshot knew and that is no more; ``partners`` are the keys of those it had."""

    key: str
    title: Text
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that a report may know: what the principal may see, on one day.

    :ivar day: the day of which the facts speak
    :ivar since: what the report compares with; without it, each sub-project with its update before
    :ivar partners: by country and name, as a reader of the first language sorts them
    :ivar gatherings: the last one that has begun, and the next one, if there are such
    :ivar sub_projects: under their leading partner in that order, then by key; walk it as often as needed
    :ivar fingerprint: SHA-256 of the canonical lines of all this, in hex
    """

    consortium: ConsortiumFacts
    day: date
    partners: tuple[PartnerFacts, ...]
    sub_projects: Stream[SubProjectFacts]
    since: Since | None = None
    scope: Scope | None = None
    themes: tuple[ThemeFacts, ...] = ()
    periods: tuple[PeriodFacts, ...] = ()
    gatherings: tuple[GatheringFacts, ...] = ()
    gone: tuple[GoneFacts, ...] = ()
    fingerprint: str = ""

    @cached_property
    def partner(self) -> Mapping[str, PartnerFacts]:
        """The partners by their key."""
        return {partner.key: partner for partner in self.partners}

    @property
    def last_gathering(self) -> GatheringFacts | None:
        """The last gathering that has begun."""
        return next((each for each in self.gatherings if each.start <= self.day), None)

    @property
    def next_gathering(self) -> GatheringFacts | None:
        """The gathering that comes next."""
        return next((each for each in self.gatherings if each.start > self.day), None)

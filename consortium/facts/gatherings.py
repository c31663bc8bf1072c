"""What is known of a gathering: when and where, who came, what was said."""

from dataclasses import dataclass
from datetime import date

from consortium.texts import Text

#: what is written down of somebody once a gathering has been held
RECORDED = frozenset({"attended", "absent"})


@dataclass(frozen=True, slots=True)
class AttendanceFacts:
    """How an organisation, or a person for it, answered and came.

    :ivar organisation: key of the organisation, which is also its partner's
    :ivar person: name of the person, where the reader may know it; so is ``substitute_for``
    """

    key: str
    organisation: str
    name: Text
    type: str
    country: str
    parent: str | None
    state: str
    person: str = ""
    substitute_for: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What an organisation said or wrote at a gathering."""

    key: str
    organisation: str
    name: Text
    kind: str
    words: Text


@dataclass(frozen=True, slots=True)
class GatheringFacts:
    """A gathering, with who came and what was said there; ``number`` counts it within its series."""

    key: str
    title: Text
    topic: Text
    kind: str
    series: Text | None
    number: int | None
    host: Text | None
    place: str
    start: date
    end: date
    attendance: tuple[AttendanceFacts, ...] = ()
    statements: tuple[StatementFacts, ...] = ()

    @property
    def is_recorded(self) -> bool:
        """Tell whether somebody has written down who came and who did not."""
        return any(row.state in RECORDED for row in self.attendance)

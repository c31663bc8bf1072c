"""Facts made by hand, in which only what matters is named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from consortium.facts import (
    ConsortiumFacts,
    Facts,
    IndicatorFacts,
    MilestoneFacts,
    PartnerFacts,
    Since,
    State,
    StatusFacts,
    Stream,
    SubProjectFacts,
    ValueFacts,
)
from consortium.texts import Text

DAY = date(2026, 6, 15)
THEN = date(2026, 3, 1)
SNAPSHOT = Since("snapshot", THEN, "mars")


def text(**words: str) -> Text:
    """Make a text; the first language is its source, the others translate it."""
    made = Text()
    for tag, said in words.items():
        made = made.translate(tag, said) if made else made.write(tag, said)
    return made


def status(state: str = "on_track", day: date = DAY, **others: Any) -> StatusFacts:
    """Make a status of today."""
    given = {"key": f"S:{day}", "summary": text(nb="Godt."), **others}
    for field in ("achieved", "next_steps", "support_needs"):
        given.setdefault(field, Text())
    return StatusFacts(day=day, state=State(state), **given)


def milestone(**others: Any) -> MilestoneFacts:
    """Make a milestone that was due on the first of June and has not been reached."""
    return MilestoneFacts(**{"key": "M1", "title": text(nb="Avtale"), "due": date(2026, 6, 1), "done": None, **others})


def value(number: object, day: date = DAY, **others: Any) -> ValueFacts:
    """Make a figure of today."""
    return ValueFacts(**{"key": f"V:{day}", "words": Text(), **others, "day": day, "value": Decimal(str(number))})


def indicator(**others: Any) -> IndicatorFacts:
    """Make an indicator without readings: from 0 to 100 participants."""
    given: dict[str, Any] = {"key": "I1", "name": text(nb="Deltakere"), "unit": text(nb="personer"), "level": "output"}
    given |= {"baseline": Decimal(0), "first_target": Decimal(100), "former_target": None, "new_target": None}
    return IndicatorFacts(**{**given, "previous": None, "current": None, **others})


def sub_project(**others: Any) -> SubProjectFacts:
    """Make a sub-project of the partner ``a`` that has reported nothing."""
    given: dict[str, Any] = {"key": "DP-1", "title": text(nb="Veilederen"), "purpose": Text(), "partners": ("a",)}
    given |= {"start": None, "end": None, "budget": None, "current": None, "previous": None}
    return SubProjectFacts(**{**given, **others})


def partner(key: str = "a", **others: Any) -> PartnerFacts:
    """Make a Norwegian municipality that takes part."""
    given: dict[str, Any] = {"name": text(nb=f"Kommune {key}"), "type": "municipality", "country": "NO"}
    return PartnerFacts(key=key, **{**given, "joined": date(2025, 1, 1), "left": None, **others})


def facts(*sub_projects: SubProjectFacts, **others: Any) -> Facts:
    """Make the facts of a consortium in nb and sv, today; its partners are those of the sub-projects."""
    home = ConsortiumFacts("c", text(nb="Fjell"), "", ("nb", "sv"), date(2025, 1, 1), date(2027, 12, 31))
    keys = dict.fromkeys(key for each in sub_projects for key in each.partners)
    given: dict[str, Any] = {"consortium": home, "day": DAY, "partners": tuple(map(partner, keys))}
    return Facts(**{**given, "sub_projects": Stream(lambda: sub_projects), **others})


def compared(now: SubProjectFacts, **then: Any) -> SubProjectFacts:
    """Compare a sub-project with what a snapshot knew: the same but for ``then``."""
    return now.beside(replace(now, **then))

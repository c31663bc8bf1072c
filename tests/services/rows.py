"""Rows to import: a small consortium, and one with a row in every sheet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from consortium.errors import ImportRefused
from consortium.models import Database
from consortium.services.importing import ImportResult, import_file, write_workbook
from consortium.services.policy import operator

ME = operator("Olga Operatør")

Rows = Mapping[str, list[dict[str, str]]]

#: a small consortium: two partners, two sub-projects, one status
BASE: Rows = {
    "consortium": [{"key": "c1", "name.nb": "Fjell", "languages": "nb, sv"}],
    "organisations": [
        {"key": "a", "name.nb": "A", "type": "municipality", "country": "NO"},
        {"key": "b", "name.nb": "B", "type": "municipality", "country": "SE"},
    ],
    "partners": [{"organisation": "a", "joined": "2025-01-01"}, {"organisation": "b", "joined": "2025-01-01"}],
    "sub_projects": [
        {"key": "DP-1", "title.nb": "En", "partners": "a; b"},
        {"key": "DP-2", "title.nb": "To", "partners": "b"},
    ],
    "status_updates": [
        {"key": "S1", "sub_project": "DP-1", "day": "2026-01-15", "state": "on_track", "summary.nb": "Godt."}
    ],
}

#: the small consortium with all that is told of its work and its gatherings
WORLD: Rows = {
    **BASE,
    "groups": [{"key": "vest", "name.nb": "Vest"}],
    "roles": [{"partner": "a", "role": "lead_partner", "start": "2025-01-01"}],
    "people": [{"key": "liv", "name": "Liv Lind", "language": "nb"}, {"key": "kari", "name": "Kari", "language": "nb"}],
    "capacities": [{"person": "liv", "organisation": "a", "role": "representative", "start": "2025-01-01"}],
    "themes": [{"key": "recovery", "name.nb": "Recovery", "question.nb": "I hvilken grad?"}],
    "periods": [
        {"key": "2025-2", "start": "2025-07-01", "end": "2025-12-31", "due": "2026-01-15", "locked": "2026-02-01"},
        {"key": "2026-1", "start": "2026-01-01", "end": "2026-06-30", "due": "2026-07-15"},
    ],
    "milestones": [
        {"key": "M1", "sub_project": "DP-1", "title.nb": "Avtale", "due": "2026-03-01", "done": "2026-02-20"}
    ],
    "indicators": [
        {
            "key": "I1",
            "sub_project": "DP-1",
            "level": "output",
            "name.nb": "Deltakere",
            "unit.nb": "personer",
            "baseline": "0",
            "target": "40",
        }
    ],
    "indicator_values": [
        {"indicator": "I1", "kind": "reading", "day": "2026-05-01", "value": "12.5"},
        {"indicator": "I1", "kind": "target", "day": "2026-05-01", "value": "30", "words.nb": "Færre vil."},
    ],
    "status_updates": [
        *BASE["status_updates"],
        {"sub_project": "DP-2", "day": "2025-12-01", "state": "delayed", "workflow": "approved", "summary.nb": "Sent."},
        {"sub_project": "DP-2", "day": "2026-05-01", "state": "at_risk", "workflow": "returned", "summary.nb": "Nå."},
        {"sub_project": "DP-1", "day": "2026-06-01", "state": "on_track", "workflow": "draft"},
    ],
    "comments": [
        {"status_update": "DP-2:2026-05-01", "field": "achieved", "day": "2026-05-04", "words.nb": "Hvor mange?"}
    ],
    "assessments": [
        {"theme": "recovery", "sub_project": "DP-1", "day": "2026-05-01", "degree": "high", "words.nb": "Mye."}
    ],
    "series": [{"key": "samling", "name.nb": "Samlinger", "kind": "project_gathering"}],
    "gatherings": [
        {
            "key": "G1",
            "series": "samling",
            "number": "1",
            "kind": "project_gathering",
            "title.nb": "Samling 1",
            "topic.nb": "Tillit",
            "host": "a",
            "place": "Fjellby",
            "start": "2026-05-04",
            "end": "2026-05-05",
        }
    ],
    "agenda": [{"gathering": "G1", "place": "1", "minutes": "30", "title.nb": "Åpning", "contributor": "Liv"}],
    "attendance": [
        {"gathering": "G1", "organisation": "a", "person": "kari", "state": "attended", "substitute_for": "liv"},
        {"gathering": "G1", "organisation": "b", "state": "cancelled", "reason": "Snø"},
    ],
    "statements": [{"gathering": "G1", "organisation": "a", "kind": "success", "words.nb": "Det gikk."}],
    "registers": [
        {"kind": "no-orgnr", "code": "974760673", "name": "Brønnøysund", "end": "2025-12-31", "successors": "1; 2"}
    ],
    "terms": [{"key": "nav", "kind": "name", "words.nb": "NAV", "avoid.sv": "FK"}],
}


def bring(database: Database, tmp_path: Path, content: Rows, **others: Any) -> ImportResult:
    """Import rows that a workbook holds."""
    path = write_workbook(tmp_path / "rows.xlsx", language="en", tags=("nb", "sv", "en"), content=content)
    with database.write() as session:
        return import_file(session, ME, path=path, **others)


def refused(database: Database, tmp_path: Path, content: Rows, **others: Any) -> str:
    """Import rows that must be refused, and tell why."""
    with pytest.raises(ImportRefused) as caught:
        bring(database, tmp_path, content, **others)
    return "\n".join(str(problem) for problem in caught.value.problems)


def row(sheet: str, which: int = 0, /, **cells: str) -> Rows:
    """Take one row of the whole world with other cells in it; ``__`` stands for the point in a column's name."""
    return {sheet: [{**WORLD[sheet][which], **{name.replace("__", "."): value for name, value in cells.items()}}]}

"""What stands beside the statuses: milestones, indicators with readings, assessments, periods, a gathering."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks.rows import kept, many, text
from consortium.models import (
    Assessment,
    Attendance,
    Gathering,
    Indicator,
    IndicatorValue,
    Milestone,
    ReportingPeriod,
    Statement,
    Theme,
)

#: of each sub-project
MILESTONES, INDICATORS, READINGS = 3, 2, 4

DEGREES = ("none", "low", "some", "high")


def fill_figures(connection: Connection, *, sub_projects: int, partners: int) -> None:
    """Add the figures of every sub-project, and a gathering with its round table."""
    numbers = range(1, sub_projects + 1)
    theme = {"id": 1, "key": "recovery", "name": text("Recovery", "Återhämtning"), "question": text("Grad?", "Grad?")}
    many(connection, insert(Theme), [theme | _own()])
    many(connection, insert(ReportingPeriod), list(_periods()))
    many(connection, insert(Milestone), (row for n in numbers for row in _milestones(n)))
    many(connection, insert(Indicator), (row for n in numbers for row in _indicators(n)))
    many(connection, insert(IndicatorValue), (row for n in numbers for row in _values(n)))
    many(connection, insert(Assessment), (_assessment(n) for n in numbers))
    gathering = {"id": 1, "key": "vår", "title": text("Samling", "Träff"), "topic": text("Tema", "Tema")}
    days = {"kind": "project_gathering", "start": date(2026, 3, 24), "end": date(2026, 3, 25)}
    many(connection, insert(Gathering), [gathering | days | _own()])
    many(connection, insert(Attendance), (_attendance(n) for n in range(1, partners + 1)))
    many(connection, insert(Statement), (_statement(n) for n in range(1, partners + 1)))


def _own() -> dict[str, Any]:
    return {"consortium_id": 1, **kept()}


def _periods() -> Iterator[dict[str, Any]]:
    for number, start in enumerate((date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)), start=1):
        end = start + timedelta(days=180)
        yield {"id": number, "key": f"{start}", "start": start, "end": end, "due": end + timedelta(days=30)} | _own()


def _milestones(n: int) -> Iterator[dict[str, Any]]:
    for turn in range(MILESTONES):
        due = date(2025, 6, 1) + timedelta(days=200 * turn + n % 90)
        done = due if (n + turn) % 2 else None
        key = f"DP-{n}-M{turn}"
        title = text(f"Milepæl {turn} er nådd", f"Milstolpe {turn} är nådd")
        yield {"key": key, "sub_project_id": n, "title": title, "due": due, "done": done} | _own()


def _indicators(n: int) -> Iterator[dict[str, Any]]:
    for turn in range(INDICATORS):
        number = (n - 1) * INDICATORS + turn + 1
        named = {"name": text(f"Deltakere {turn}", f"Deltagare {turn}"), "unit": text("personer", "personer")}
        level = ("output", "result")[turn % 2]
        row = {"id": number, "key": f"DP-{n}-I{turn}", "sub_project_id": n, "level": level, "baseline": 0, "target": 90}
        yield row | named | _own()


def _values(n: int) -> Iterator[dict[str, Any]]:
    for turn in range(INDICATORS):
        for reading in range(READINGS):
            day = date(2025, 3, 1) + timedelta(days=110 * reading)
            row = {
                "indicator_id": (n - 1) * INDICATORS + turn + 1,
                "kind": "reading",
                "day": day,
                "value": 10 * reading,
            }
            yield row | {"key": f"DP-{n}-I{turn}:{day}", "words": text("Talt opp", "Räknat")} | _own()


def _assessment(n: int) -> dict[str, Any]:
    said = {"degree": DEGREES[n % 4], "words": text("Slik gjør vi det", "Så gör vi")}
    return {"key": f"recovery:DP-{n}", "theme_id": 1, "sub_project_id": n, "day": date(2026, 5, 1)} | said | _own()


def _attendance(n: int) -> dict[str, Any]:
    state = "attended" if n % 5 else "cancelled"
    return {"key": f"vår:o{n}", "gathering_id": 1, "organisation_id": n, "state": state, "reason": ""} | _own()


def _statement(n: int) -> dict[str, Any]:
    words = text(f"Vi fikk det til {n}", f"Vi lyckades {n}")
    return {
        "key": f"vår:o{n}:success",
        "gathering_id": 1,
        "organisation_id": n,
        "kind": "success",
        "words": words,
    } | _own()

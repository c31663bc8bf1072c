"""Rows by the thousand: a consortium of any size, in the proportions in which people fill in workbooks."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.services.rows import BASE, Rows

STATES = ("planned", "on_track", "at_risk", "delayed")


def rows(count: int) -> Rows:
    """Make a workbook of about ``count`` rows: of twenty, nine are statuses, and the rest what they are about."""
    projects = [f"SP-{number}" for number in range(count // 20)]
    return {
        **{name: BASE[name] for name in ("consortium", "organisations", "partners")},
        "people": [
            {"key": f"p{number}", "name": f"Liv Lind {number}", "language": "nb"} for number in range(count // 20)
        ],
        "sub_projects": [
            {"key": key, "title.nb": f"Åpen dør {key}", "title.sv": f"Öppen dörr {key}", "partners": "a; b"}
            for key in projects
        ],
        "milestones": [
            {"key": f"{key}-M{place}", "sub_project": key, "title.nb": f"Avtale {place}", "due": "2026-09-01"}
            for key in projects
            for place in range(4)
        ],
        "indicators": [
            {"key": f"{key}-I", "sub_project": key, "level": "output", "name.nb": "Deltakere", "target": "40"}
            for key in projects
        ],
        "indicator_values": [
            {"indicator": f"{key}-I", "kind": "reading", "day": f"2026-0{month}-01", "value": f"{month}.5"}
            for key in projects
            for month in (1, 2, 3, 4)
        ],
        "status_updates": [row for key in projects for row in _statuses(key)],
    }


def _statuses(key: str) -> Iterator[dict[str, str]]:
    for place in range(9):
        yield {
            "sub_project": key,
            "day": str(date(2025, 1, 1) + timedelta(days=30 * place)),
            "state": STATES[place % 4],
            "summary.nb": f"Møteplassen i {key} har åpnet, og {place} har kommet.",
            "summary.sv": f"Mötesplatsen i {key} har öppnat, och {place} har kommit.",
        }

"""pandas: two queries into frames, a merge, and a template over records."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment
from sqlalchemy import create_engine, text

from benchmarks.report.page import DAY, PAGE, words
from benchmarks.report.raw import PROJECTS

_UPDATES = "SELECT * FROM status_update WHERE day <= :day ORDER BY sub_project_id, day DESC, id DESC"
_TEXTS = ("summary", "achieved", "next_steps", "support_needs")


def write(url: str, target: Path) -> None:
    """Write the page."""
    with create_engine(url).connect() as connection:
        projects = pd.read_sql(text(PROJECTS), connection)
        updates = pd.read_sql(text(_UPDATES), connection, params={"day": DAY})
    latest = updates.groupby("sub_project_id", sort=False).head(2).copy()
    for name in _TEXTS:
        latest[f"{name}_words"] = latest[name].map(_words)
    for name, source in (("title", "title"), ("purpose", "purpose"), ("owner", "name")):
        projects[f"{name}_words"] = projects[source].map(_words)
    own: dict[int, list[dict[str, Any]]] = {}
    for row in latest.to_dict("records"):
        own.setdefault(row["sub_project_id"], []).append(row)
    rows = projects.to_dict("records")
    for row in rows:
        row["current"], row["previous"] = (*own[row["id"]], None)[:2]
    with target.open("wb") as file:
        Environment(autoescape=True).from_string(PAGE).stream(projects=rows).dump(file, encoding="utf-8")


def _words(raw: str | dict[str, Any]) -> str:
    return words(json.loads(raw) if isinstance(raw, str) else raw)

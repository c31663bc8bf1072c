"""The practical limit: bare driver, one query each for sub-projects and updates, string formatting – and no house."""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.admin.worker import newest_sqlite

PROJECTS = """
SELECT sp.id, sp.title, sp.purpose, o.name FROM sub_project sp
JOIN participation pa ON pa.sub_project_id = sp.id AND pa.place = 0
JOIN partner p ON p.id = pa.partner_id JOIN organisation o ON o.id = p.organisation_id
LEFT JOIN text_index t ON t.entity = 'organisation' AND t.entity_id = o.id AND t.field = 'name' AND t.language = 'nb'
ORDER BY o.country, t.sort_key, p.id, sp.key_order, sp.id
"""
_UPDATES = """
SELECT day, state, summary, achieved, next_steps, support_needs FROM status_update
WHERE sub_project_id = ? AND day <= '2026-06-15' ORDER BY day DESC, id DESC LIMIT 2
"""


class Limit:
    """A bare connection to either database."""

    def __init__(self, url: str) -> None:
        self.is_server = not url.startswith("sqlite")
        if self.is_server:
            import psycopg

            connection: Any = psycopg.connect(url.replace("+psycopg", ""))
        else:
            connection = newest_sqlite().connect(url.removeprefix("sqlite:///"))
        self.connection = connection

    def projects(self) -> Iterator[tuple[Any, ...]]:
        """Walk number, title, purpose and owner of all sub-projects."""
        found: Iterator[tuple[Any, ...]] = self.connection.execute(PROJECTS)
        return found

    def updates(self, number: int) -> list[tuple[Any, ...]]:
        """Return the latest update of a sub-project, and the one before it."""
        query = _UPDATES.replace("?", "%s") if self.is_server else _UPDATES
        found: list[tuple[Any, ...]] = self.connection.execute(query, (number,)).fetchall()
        return found


def write(url: str, target: Path) -> None:
    """Write what the short summary says, in both languages, as plain HTML."""
    limit = Limit(url)
    with target.open("w", encoding="utf-8") as file:
        file.writelines(_pieces(limit))
    limit.connection.close()


def _pieces(limit: Limit) -> Iterator[str]:
    yield "<!DOCTYPE html><title>raw</title><table>"
    for number, title, _purpose, owner in limit.projects():
        latest, *_before = limit.updates(number) or [("", "")]
        yield f"<tr><td>{both(title)}<td>{both(owner)}<td>{latest[1]}<td>{latest[0]}"
    yield "</table>"
    for number, title, purpose, owner in limit.projects():
        yield f"<h2>{both(title)}</h2><p>{both(owner)}<p>{both(purpose)}"
        current, *previous = limit.updates(number)
        for row in previous:
            yield f"<h3>{row[0]} {row[1]}</h3><p>{both(row[2])}"
        yield f"<h3>{current[0]} {current[1]}</h3>" + "".join(f"<p>{both(words)}" for words in current[2:])


def both(raw: str | dict[str, Any]) -> str:
    """Set the words of all languages after each other."""
    kept = json.loads(raw) if isinstance(raw, str) else raw
    return " | ".join(escape(version["words"]) for version in kept["versions"].values())

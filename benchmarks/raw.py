"""The practical limit: bare driver, one query each for sub-projects and updates, string formatting – and no house."""

import json
import sqlite3
from collections.abc import Iterator
from html import escape
from pathlib import Path

_PROJECTS = """
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


def write_raw(database: Path, target: Path) -> None:
    """Write the same words as the status summary, in both languages, as plain HTML."""
    connection = sqlite3.connect(database)
    with target.open("w", encoding="utf-8") as file:
        file.writelines(_pieces(connection))
    connection.close()


def _pieces(connection: sqlite3.Connection) -> Iterator[str]:
    yield "<!DOCTYPE html><title>raw</title><table>"
    for number, title, _purpose, owner in connection.execute(_PROJECTS):
        latest = connection.execute(_UPDATES, (number,)).fetchone()
        day, state = (latest[0], latest[1]) if latest else ("", "")
        yield f"<tr><td>{_both(title)}<td>{_both(owner)}<td>{state}<td>{day}"
    yield "</table>"
    for number, title, purpose, owner in connection.execute(_PROJECTS):
        yield f"<h2>{_both(title)}</h2><p>{_both(owner)}<p>{_both(purpose)}"
        current, *previous = connection.execute(_UPDATES, (number,)).fetchall()
        for row in previous:
            yield f"<h3>{row[0]} {row[1]}</h3><p>{_both(row[2])}"
        yield f"<h3>{current[0]} {current[1]}</h3>" + "".join(f"<p>{_both(words)}" for words in current[2:])


def _both(raw: str) -> str:
    return " | ".join(escape(version["words"]) for version in json.loads(raw)["versions"].values())

"""What is asked for at a size: the middle pages, a filter that fits some, and drafts to write in."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from sqlalchemy import Connection, text

from benchmarks.admin.words import COMMON, RARE, TWO
from consortium.models import Database
from consortium.texts.terms import term, terms

#: rows of a page
ROWS = 50

_SORTED = """
FROM sub_project JOIN participation ON participation.sub_project_id = sub_project.id AND place = 0
JOIN partner ON partner.id = partner_id JOIN organisation ON organisation.id = organisation_id
JOIN text_index ON entity = 'organisation' AND entity_id = organisation.id AND field = 'name' AND language = 'nb'
ORDER BY country {binary}, sort_key, partner.id, key_order, sub_project.id
"""
_MIDDLE = "SELECT country, sort_key, partner.id, key_order, sub_project.id" + _SORTED + "LIMIT 1 OFFSET :before"
_READINGS = "SELECT day, id FROM indicator_value ORDER BY day DESC, id DESC LIMIT 1 OFFSET :before"
_DRAFTS = """
SELECT status_update.id, status_update.key, sub_project.key AS sub_project, summary, (
    SELECT state FROM status_update told WHERE told.sub_project_id = sub_project.id AND told.workflow <> 'draft'
    ORDER BY told.day DESC, told.id DESC LIMIT 1
) AS state FROM status_update JOIN sub_project ON sub_project.id = sub_project_id
WHERE workflow = 'draft' ORDER BY status_update.id
"""
_COUNT = "SELECT (SELECT count(*) FROM sub_project) AS sub_projects, (SELECT count(*) FROM indicator_value) AS readings"


def case_of(url: str) -> dict[str, Any]:
    """Choose what is asked for in a database."""
    database = Database(url)
    with database.engine.connect() as connection:
        found = _case(connection)
    database.engine.dispose()
    return found


def _case(connection: Connection) -> dict[str, Any]:
    is_server = connection.dialect.name == "postgresql"
    many = connection.execute(text(_COUNT)).one()
    before = many.sub_projects // 2 // ROWS * ROWS
    middle = text(_MIDDLE.format(binary='COLLATE "C"' if is_server else ""))
    place = connection.execute(middle, {"before": max(0, before - 1)}).one()
    reading = connection.execute(text(_READINGS), {"before": many.readings // 2}).one()
    drafts = [dict(row) for row in connection.execute(text(_DRAFTS)).mappings()]
    for draft in drafts:
        kept = draft["summary"] if is_server else json.loads(draft["summary"])
        draft["summary"] = kept["versions"]["nb"]["words"].split(".")[0] + "."
    return {
        "rare": RARE.removesuffix("en"),
        "common": COMMON,
        "two": TWO,
        "before": before,
        "middle": _place("partner-nb", *place),
        "readings_middle": _place("indicator_value", str(reading.day), reading.id),
        "state": "delayed",
        "partner": "o7",
        "drafts": drafts,
        "labels": {code: term("state", code, "nb", "neuter") for code in terms("state")},
    }


def _place(*values: Any) -> str:
    """Write a place in a list as our pages name it."""
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

"""Seeded data of any size: partners, sub-projects and status updates with words of our own."""

import random
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.figures import fill_figures
from benchmarks.rows import AT, kept, many, text
from consortium.i18n.sorting import sort_key
from consortium.models import (
    Consortium,
    Database,
    Organisation,
    Participation,
    Partner,
    StatusUpdate,
    SubProject,
    TextIndex,
)
from consortium.models.dialect import writer
from consortium.texts import Text

#: the day of which the reports speak
DAY = date(2026, 6, 15)

NB = [
    "tjenesten",
    "kommunen",
    "deltakere",
    "oppfølging",
    "veileder",
    "samarbeid",
    "samling",
    "erfaring",
    "plan",
    "møte",
    "uke",
    "fastlege",
    "tilbud",
    "hjelp",
    "åpen",
    "øve",
    "ære",
]
SV = [
    "tjänsten",
    "kommunen",
    "deltagare",
    "uppföljning",
    "handledare",
    "samverkan",
    "träff",
    "erfarenhet",
    "plan",
    "möte",
    "vecka",
    "läkare",
    "stöd",
    "hjälp",
    "öppen",
    "öva",
    "åter",
]
STATES = ("planned", "on_track", "at_risk", "delayed", "on_hold", "completed")

#: words in each text of a status update, so that one update has some 80 in each language
LENGTHS = {"summary": 30, "achieved": 25, "next_steps": 15, "support_needs": 10}


def fill(database: Database, *, sub_projects: int, partners: int, updates: int) -> None:
    """Fill an empty database; the same sizes give the same rows. Writes past the recorder, which has tests of its own."""
    chance = random.Random(2026)  # noqa: S311  # data, no secret
    with writer(database.engine).begin() as connection:
        home = {"id": 1, "key": "bench", "name": text("Målestokk", "Måttstock"), "programme": "", "languages": "nb,sv"}
        connection.execute(insert(Consortium), home | kept())
        many(connection, insert(Organisation), (_organisation(n) for n in range(1, partners + 1)))
        many(connection, insert(Partner), (_partner(n) for n in range(1, partners + 1)))
        many(connection, insert(TextIndex), (_index(n) for n in range(1, partners + 1)))
        many(connection, insert(SubProject), (_sub_project(n, chance) for n in range(1, sub_projects + 1)))
        many(connection, insert(Participation), (_share(n, partners) for n in range(1, sub_projects + 1)))
        numbers = ((n, turn) for n in range(1, sub_projects + 1) for turn in range(updates))
        many(connection, insert(StatusUpdate), (_update(i, n, turn, chance) for i, (n, turn) in enumerate(numbers, 1)))
        fill_figures(connection, sub_projects=sub_projects, partners=partners)
    with writer(database.engine).begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def _sentences(chance: random.Random, length: int) -> Text:
    nb = " ".join(chance.choices(NB, k=length)).capitalize() + "."
    sv = " ".join(chance.choices(SV, k=length)).capitalize() + "."
    return text(nb, sv)


def _organisation(n: int) -> dict[str, Any]:
    name = Text().write("nb", f"Kommune {n}", by="bench", at=AT)
    country = "NO" if n % 2 else "SE"
    row = {"id": n, "consortium_id": 1, "key": f"o{n}", "name": name, "type": "municipality", "country": country}
    return row | {"identifiers": {}} | kept()


def _partner(n: int) -> dict[str, Any]:
    return {"id": n, "consortium_id": 1, "key": f"o{n}", "organisation_id": n, "joined": date(2025, 1, 1)} | kept()


def _index(n: int) -> dict[str, Any]:
    place = {"entity": "organisation", "entity_id": n, "field": "name", "language": "nb", "consortium_id": 1}
    return place | {
        "words": f"Kommune {n}",
        "stems": "",
        "sort_key": sort_key(f"Kommune {n}", "nb"),
        "state": "original",
    }


def _sub_project(n: int, chance: random.Random) -> dict[str, Any]:
    row = {"id": n, "consortium_id": 1, "key": f"DP-{n}", "key_order": sort_key(f"DP-{n}", "en")}
    return row | {"title": _sentences(chance, 3), "purpose": _sentences(chance, 20)} | kept()


def _share(n: int, partners: int) -> dict[str, Any]:
    return {"sub_project_id": n, "place": 0, "partner_id": n % partners + 1}


def _update(i: int, n: int, turn: int, chance: random.Random) -> dict[str, Any]:
    day = date(2025, 1, 15) + timedelta(days=30 * turn)
    row = {
        "id": i,
        "consortium_id": 1,
        "key": f"DP-{n}:{day}",
        "sub_project_id": n,
        "day": day,
        "state": chance.choice(STATES),
    }
    return row | {name: _sentences(chance, length) for name, length in LENGTHS.items()} | kept()

"""A consortium as the lines of an export: a record of every kind, most fields filled, all rules kept."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from consortium import __version__
from consortium.errors import ImportRefused
from consortium.models import Consortium, Database
from consortium.services.consortia import find_consortium
from consortium.services.exporting import export_records, import_lines
from consortium.services.importing import ImportResult
from consortium.services.policy import Principal, operator
from consortium.texts import Text

ME = operator("Olga Operatør")

Line = Mapping[str, Any]


def text(words: str) -> dict[str, Any]:
    """Make a text with an outdated machine draft and a reviewed translation."""
    made = Text().write("nb", f"{words} før", by="Liv Lind").translate("sv", f"{words} då", origin="machine")
    made = made.write("nb", words, by="Liv Lind").translate("en", f"{words} now", by="Al").review("en", by="Eva Ek")
    plain: dict[str, Any] = json.loads(json.dumps(made.to_json(), sort_keys=True))
    return plain


def record(of: str, key: str, /, **values: Any) -> dict[str, Any]:
    """Make a line."""
    return {"record": of, "key": key, **values}


#: in the order in which they are exported
WHOLE: tuple[Line, ...] = (
    record("consortium", "c", name=text("Fjell"), programme="P", languages=["nb", "sv"], start="2025-01-01", end=None),
    record("region_group", "g", name=text("Øst")),
    record("organisation", "a", parent=None, name=text("A"), type="municipality", country="NO",
           identifiers={"no-orgnr": "974760673"}, groups=["g"]),
    record("organisation", "b", parent="a", name=text("B"), type="city_district", country="NO", identifiers={},
           groups=[]),
    record("partner", "a", organisation="a", joined="2025-01-01", left=None),
    record("partner", "b", organisation="b", joined="2025-01-01", left="2026-01-01"),
    record("partner_role", "a:lead_partner:2025-01-01", partner="a", role="lead_partner", start="2025-01-01", end=None),
    record("person", "al", name="Al", email="al@example.org", language="sv"),
    record("person", "liv", name="Liv Lind", email="", language="nb"),
    record("theme", "t", name=text("Tema"), question=None),
    record("reporting_period", "2025-1", start="2025-01-01", end="2025-06-30", due="2025-08-01", locked="2025-09-01"),
    record("sub_project", "DP-1", title=text("En"), purpose=None, start="2025-01-01", end=None, amount="1250000.5",
           currency="SEK", participations=["b", "a"]),
    record("capacity", "liv:project_manager:DP-1:2025-01-01", person="liv", organisation="a", sub_project="DP-1",
           role="project_manager", start="2025-01-01", end=None),
    record("milestone", "m", sub_project="DP-1", title=text("Åpning"), due="2026-09-01", done=None),
    record("indicator", "i", sub_project="DP-1", name=text("Antall"), unit=None, level="output", baseline="0",
           target="12.345"),
    record("indicator_value", "i:reading:2026-01-01", indicator="i", kind="reading", day="2026-01-01", value="-3.1234",
           words=text("Talt")),
    record("status_update", "Z", sub_project="DP-1", reported_by="liv", corrects=None, day="2026-02-03",
           state="at_risk", workflow="approved", summary=text("Sen"), achieved=None, next_steps=None,
           support_needs=None),
    record("status_update", "Y", sub_project="DP-1", reported_by=None, corrects="Z", day="2026-02-03", state="on_track",
           workflow="returned", summary=text("I rute"), achieved=None, next_steps=None, support_needs=None),
    record("status_update", "A", sub_project="DP-1", reported_by=None, corrects=None, day="2026-02-03",
           state="delayed", workflow="draft", summary=text("Utkast"), achieved=None, next_steps=None,
           support_needs=None),
    record("status_comment", "Y:summary:2026-02-04", status_update="Y", field="summary", day="2026-02-04",
           words=text("Hvor mange?")),
    record("assessment", "t:DP-1:2026-02-03", theme="t", sub_project="DP-1", day="2026-02-03", degree="high",
           words=None),
    record("series", "s", name=text("Samlinger"), kind="network_gathering", per_year=2),
    record("gathering", "s3", series="s", host="a", number=3, title=text("Tredje"), topic=None,
           kind="network_gathering", place="Vidda", start="2026-05-04", end="2026-05-05"),
    record("agenda_item", "s3:1", gathering="s3", place=1, minutes=45, title=text("Runden"), contributor="Liv"),
    record("attendance", "s3:a:al", gathering="s3", organisation="a", person="al", substitute_for="liv",
           state="attended", reason="syk"),
    record("statement", "s3:a:risk", gathering="s3", organisation="a", kind="risk", words=text("Fare")),
    record("term_entry", "w", kind="term", words=text("samling"), avoid=None),
    record("register_entry", "no-orgnr:974760673", kind="no-orgnr", code="974760673", name="Brønnøysund", start=None,
           end="2025-12-31", successors="1; 2"),
)  # fmt: skip


def write(path: Path, lines: Iterable[Line] = WHOLE, *, consortium: str = "c", end: int | None = None) -> Path:
    """Write lines as an export does, with a first and a last one."""
    told = list(lines)
    head = {"consortium-export": 1, "consortium": consortium, "program": __version__}
    said = [head, *told, {"end": len(told) if end is None else end}]
    path.write_bytes(
        b"".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for each in said)
    )
    return path


def bring(database: Database, path: Path, **others: Any) -> ImportResult:
    """Import an export in a unit of its own."""
    with database.write() as session:
        return import_lines(session, ME, path=path, **others)


def taken(database: Database, path: Path, *, who: Principal = ME, **others: Any) -> bytes:
    """Export the only consortium, and give the bytes."""
    with database.read() as session:
        home: Consortium = find_consortium(session, who)
        return export_records(session, who, consortium=home, path=path, **others).read_bytes()


def line(of: str, named: str, /, **changes: Any) -> dict[str, Any]:
    """Take a line of the whole and change it."""
    return {**next(each for each in WHOLE if (each["record"], each["key"]) == (of, named)), **changes}


def refused(database: Database, path: Path, language: str = "en", **others: Any) -> str:
    """Import what must be refused, and tell why."""
    with pytest.raises(ImportRefused) as caught:
        bring(database, path, **others)
    return "\n".join([caught.value.say(language), *(problem.say(language) for problem in caught.value.problems)])

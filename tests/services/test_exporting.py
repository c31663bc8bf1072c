"""Export: everything that somebody may see, nothing else, and the same bytes every time."""

import json
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String

from consortium.errors import ConsortiumError, InvalidValue, NotPermitted
from consortium.models import Base, Database, Member, Record, Snapshot
from consortium.services.exporting import export_records
from consortium.services.exporting.fields import fields, kinds
from consortium.services.exporting.schema import make_schema, shipped_schema
from consortium.services.importing import LAYOUT
from consortium.services.importing.layout import Kind
from consortium.services.people import add_person
from consortium.services.policy import Principal, Role
from consortium.testing import Make, counted
from tests.services.lines import ME, WHOLE, bring, taken, write

SCHEMA = shipped_schema()

TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str, "object": dict, "array": list, "integer": int, "null": type(None),
}  # fmt: skip


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Tell whether ``value`` is what a schema describes, as far as ours use the language of schemas."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "oneOf" in schema:
        return sum(fits(value, each) for each in schema["oneOf"]) == 1
    wanted = schema.get("type", list(TYPES))
    is_of_type = any(isinstance(value, TYPES[name]) for name in ([wanted] if isinstance(wanted, str) else wanted))
    if not is_of_type or value != schema.get("const", value) or value not in schema.get("enum", [value]):
        return False
    if isinstance(value, list):
        return all(fits(each, schema["items"]) for each in value)
    if isinstance(value, dict):
        return fits_object(value, schema)
    is_long = len(str(value)) > schema.get("maxLength", 10**6)
    return not isinstance(value, str) or (not is_long and bool(re.search(schema.get("pattern", ""), value)))


def fits_object(value: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    """Tell whether an object has what it must have, and nothing that it may not have."""
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    strange = [each for name, each in value.items() if name not in known]
    return (
        set(schema.get("required", [])) <= set(value)
        and all(fits(value[name], known[name]) for name in known if name in value)
        and (others is True or all(others is not False and fits(each, others) for each in strange))
    )


def test_every_kind_of_record_is_exported_but_snapshots() -> None:
    members = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Member)}

    assert {kind for kind in kinds() if issubclass(kind, Member)} == members - {Snapshot}
    assert {line["record"] for line in WHOLE} == {kind.__tablename__ for kind in kinds()}


@pytest.mark.parametrize("kind", kinds())
def test_every_code_is_one_of_the_term_base(kind: type[Record]) -> None:
    columns = kind.__table__.c
    short = {c.name for c in columns if isinstance(c.type, String) and c.type.length == 40}

    assert short <= {field.name for field in fields(kind) if field.kind in {Kind.CODE, Kind.LANGUAGE}}


def test_the_schema_that_is_shipped_is_that_of_the_fields() -> None:
    again = "Make it anew: python -m consortium.services.exporting.schema > consortium/services/exporting/schema.json"

    assert shipped_schema() == make_schema(), again


def test_every_line_fits_the_schema(example: Database, tmp_path: Path) -> None:
    lines = taken(example, tmp_path / "x.jsonl").decode().rstrip("\n").split("\n")

    assert [line for line in lines if not fits(json.loads(line), SCHEMA)] == []
    assert len(lines) == json.loads(lines[-1])["end"] + 2


@pytest.mark.parametrize(
    "wrong", [{"state": "i rute"}, {"day": 3}, {"colour": "red"}, {"summary": {"versions": {"nb": {}}}}]
)
def test_the_schema_refuses_what_the_import_refuses(wrong: dict[str, Any]) -> None:
    status = next(line for line in WHOLE if line["record"] == "status_update")

    assert fits(status, SCHEMA)
    assert not fits({**status, **wrong}, SCHEMA)


def test_a_lead_exports_only_what_a_lead_may_see(make: Make, tmp_path: Path) -> None:
    mine, foreign = make.sub_project("Kanarimin"), make.sub_project("Kanarifremmed")
    make.status(mine, summary={"nb": "Kanarigul."}, reported_by=make.person("Kanariliv", key="canary"))
    make.status(foreign, summary={"nb": "Kanarirød."})
    make.keep()
    lead = make.principal(Role.LEAD, leads=frozenset({mine.id}))

    for name in ("x.jsonl", "x.zip", "status_updates.csv", "people.csv"):
        path = export_records(make.session, lead, consortium=make.home, path=tmp_path / name)
        said = path.read_bytes()
        if name == "x.zip":
            with zipfile.ZipFile(path) as archive:
                said = b"".join(map(archive.read, archive.namelist()))
        assert re.findall(b"Kanari(?!min|gul)|canary", said) == []
        assert b"Kanari" in said or name == "people.csv"


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.AUDITOR])
def test_the_key_of_an_attendance_names_people_to_those_who_may_see_them_alone(
    make: Make, tmp_path: Path, role: Role
) -> None:
    gathering, host = make.gathering(key="G1"), make.partner("Nord", key="nord").organisation
    for key in ("kanari-liv", "kanari-eva"):
        make.attendance(gathering, host, person=make.person(key=key), reason=key.removeprefix("kanari-"))
    make.keep()
    path = tmp_path / "x.jsonl"
    export_records(make.session, make.principal(role), consortium=make.home, path=path)

    said = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    keys = [line["key"] for line in said if line.get("record") == "attendance"]
    hidden, told = ["G1:nord", "G1:nord:2"], ["G1:nord:kanari-eva", "G1:nord:kanari-liv"]
    assert keys == (told if role is Role.AUDITOR else hidden)
    assert (b"kanari" in path.read_bytes()) is (role is Role.AUDITOR)


def test_a_reference_to_what_may_not_be_seen_is_left_out_so_that_it_stays(make: Make, tmp_path: Path) -> None:
    mine = make.sub_project()
    update = make.status(mine, reported_by=make.person())
    make.keep()
    lead = make.principal(Role.LEAD, leads=frozenset({mine.id}))

    export_records(make.session, lead, consortium=make.home, path=tmp_path / "x.jsonl")
    make.keep()
    bring(make.database, tmp_path / "x.jsonl")

    assert update.reported_by is not None


def test_who_may_not_see_a_consortium_exports_nothing(make: Make, tmp_path: Path) -> None:
    stranger = Principal("Fremmed", Role.STAFF, make.consortium().id)

    with pytest.raises(NotPermitted):
        export_records(make.session, stranger, consortium=make.home, path=tmp_path / "x.jsonl")
    assert not (tmp_path / "x.jsonl").exists()


@pytest.mark.parametrize("name", ["x.jsonl", "x.xlsx", "x.zip", "terms.csv"])
def test_equal_records_are_equal_byte_for_byte(database: Database, tmp_path: Path, name: str) -> None:
    bring(database, write(tmp_path / "whole.jsonl"))

    assert taken(database, tmp_path / "one" / name) == taken(database, tmp_path / "two" / name)


@pytest.mark.parametrize("ending", ["jsonl", "zip"])
def test_a_larger_consortium_takes_no_more_statements(make: Make, tmp_path: Path, ending: str) -> None:
    make.status()
    make.keep()
    with counted(make.database) as few:
        taken(make.database, tmp_path / f"few.{ending}")
    for _number in range(20):
        make.status()
    make.keep()
    with counted(make.database) as many:
        taken(make.database, tmp_path / f"many.{ending}")

    assert len(many) == len(few)


def test_keys_are_in_one_order_on_both_databases(make: Make, tmp_path: Path) -> None:
    for key in ("b", "Å", "a", "B", "_", "ä"):
        add_person(make.session, make.operator, consortium=make.home, key=key, name="X")
    make.keep()

    lines = taken(make.database, tmp_path / "x.jsonl").decode().split("\n")[:-1]
    assert [said["key"] for said in map(json.loads, lines) if said.get("record") == "person"] == list("B_abÅä")


def test_an_archive_holds_a_file_for_every_sheet(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path / "whole.jsonl"))
    taken(database, tmp_path / "x.zip")

    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert archive.namelist() == [f"{sheet.name}.csv" for sheet in LAYOUT]
        assert all(archive.read(name).count(b"\n") > 1 for name in archive.namelist())


def test_a_csv_file_holds_no_formula_but_negative_numbers(make: Make, tmp_path: Path) -> None:
    indicator = make.indicator(name={"nb": "=HYPERLINK(1)"}, unit={"nb": "@SUM(1)"}, baseline=Decimal(-5))
    make.keep()

    (line,) = taken(make.database, tmp_path / "indicators.csv").decode().splitlines()[1:]
    cells = line.split(",")
    assert {"_x003D_HYPERLINK(1)", "_x0040_SUM(1)", "-5"} <= set(cells)
    assert indicator.key in cells


def test_a_text_that_no_cell_can_hold_is_not_cut_off(make: Make, tmp_path: Path) -> None:
    make.status(summary={"nb": "a" * 32_001})
    make.keep()

    with pytest.raises(ConsortiumError, match=r"is 32001 characters long; a cell holds 32000"):
        taken(make.database, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "sheet", "says"),
    [
        ("x.json", None, "none of the endings by which an export knows its form: .jsonl, .xlsx, .zip, .csv"),
        ("x.csv", None, "“x” is none of the sheets consortium, groups"),
        ("x.csv", "moon", "“moon” is none of the sheets"),
        ("x.xlsx", "groups", "Only a CSV file holds a single sheet"),
    ],
)
def test_a_name_that_does_not_say_the_form_is_refused(
    make: Make, tmp_path: Path, name: str, sheet: str | None, says: str
) -> None:
    with pytest.raises(InvalidValue, match=says):
        export_records(make.session, ME, consortium=make.home, path=tmp_path / name, sheet=sheet)

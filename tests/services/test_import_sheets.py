"""Import: every sheet comes in, is found again by its key, and is as it was when it comes in once more."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consortium.errors import ImportRefused
from consortium.models import (
    AgendaItem,
    Attendance,
    Change,
    Database,
    Gathering,
    IndicatorValue,
    Series,
    StatusComment,
    StatusUpdate,
)
from consortium.services.importing import LAYOUT, import_file
from consortium.services.importing.keeping import MODELS
from consortium.testing import counted
from tests.services.rows import ME, WORLD, Rows, bring, refused, row


def test_every_sheet_comes_in(database: Database, tmp_path: Path) -> None:
    assert bring(database, tmp_path, WORLD).added == {name: len(rows) for name, rows in WORLD.items()}
    assert set(WORLD) == {sheet.name for sheet in LAYOUT}


def test_every_sheet_twice_changes_nothing(world: Database, tmp_path: Path) -> None:
    with world.read() as session:
        before = session.scalar(select(func.count(Change.id)))

    assert bring(world, tmp_path, WORLD).is_empty
    with world.read() as session:
        assert session.scalar(select(func.count(Change.id))) == before


@pytest.mark.parametrize(
    ("sheet", "keys"),
    [
        ("indicator_values", {"I1:reading:2026-05-01", "I1:target:2026-05-01"}),
        ("comments", {"DP-2:2026-05-01:achieved:2026-05-04"}),
        ("assessments", {"recovery:DP-1:2026-05-01"}),
        ("agenda", {"G1:1"}),
        ("attendance", {"G1:a:kari", "G1:b"}),
        ("statements", {"G1:a:success"}),
    ],
)
def test_a_key_is_made_of_what_a_row_says_without_its_empty_part(world: Database, sheet: str, keys: set[str]) -> None:
    with world.read() as session:
        assert set(session.scalars(select(MODELS[sheet].key))) == keys


def test_what_the_cells_say_is_what_the_records_hold(world: Database) -> None:
    with world.read() as session:
        gathering = session.scalars(select(Gathering)).one()
        item = session.scalars(select(AgendaItem)).one()
        reading = session.scalars(select(IndicatorValue).where(IndicatorValue.kind == "reading")).one()
        came = session.scalars(select(Attendance).where(Attendance.key == "G1:a:kari")).one()
        assert (gathering.number, gathering.start, gathering.end) == (1, date(2026, 5, 4), date(2026, 5, 5))
        assert (gathering.host and gathering.host.key, item.minutes, reading.value) == ("a", 30, Decimal("12.5"))
        assert came.person
        assert came.substitute_for
        assert (came.person.key, came.substitute_for.key, came.reason) == ("kari", "liv", "")


def test_what_is_left_empty_holds_what_is_usual(world: Database) -> None:
    with world.read() as session:
        assert session.scalars(select(Series.per_year)).all() == [2]
        assert session.scalars(select(StatusUpdate.workflow).where(StatusUpdate.key == "S1")).all() == ["submitted"]


def test_a_dash_brings_back_what_is_usual(world: Database, tmp_path: Path) -> None:
    content = {
        "series": [{"key": "samling", "per_year": "4"}],
        "gatherings": [{"key": "G1", "host": "–", "place": "–"}],
    }
    bring(world, tmp_path, content)
    bring(world, tmp_path, {"series": [{"key": "samling", "per_year": "–"}]})

    with world.read() as session:
        assert session.scalars(select(Series.per_year)).all() == [2]
        assert session.execute(select(Gathering.host_id, Gathering.place)).all() == [(None, "")]


def test_two_statements_of_a_kind_need_keys_of_their_own(world: Database, tmp_path: Path) -> None:
    one = WORLD["statements"][0]
    two: Rows = {"statements": [{**one, "key": "S:1"}, {**one, "key": "S:2", "words.nb": "Dette også."}]}

    assert "Row 2 already tells of “G1:a:success”" in refused(world, tmp_path, {"statements": [one, one]})
    assert bring(world, tmp_path, two).added == {"statements": 2}


def test_what_has_no_key_of_its_own_stands_only_once(world: Database, tmp_path: Path) -> None:
    told = refused(world, tmp_path, {"partners": [WORLD["partners"][0], WORLD["partners"][0]]})

    assert "Join the two rows, or delete one of them." in told


def test_an_assessment_without_a_day_is_told(world: Database, tmp_path: Path) -> None:
    without = {name: words for name, words in WORLD["assessments"][0].items() if name != "day"}

    assert "is missing" in refused(world, tmp_path, {"assessments": [without]})


def test_somebody_stands_only_once_on_the_list_of_a_gathering(world: Database, tmp_path: Path) -> None:
    told = refused(world, tmp_path, {"attendance": [WORLD["attendance"][0], WORLD["attendance"][0]]})

    assert "Attendance, row 3, column A (Gathering): Row 2 already tells of “G1:a:kari”." in told


def test_a_key_that_was_made_can_be_longer_than_one_that_is_given(base: Database, tmp_path: Path) -> None:
    long = "DP-" + "x" * 77
    status = {"sub_project": long, "day": "2026-06-01", "state": "on_track", "summary.nb": "Godt."}
    comment = {"status_update": f"{long}:2026-06-01", "field": "summary", "day": "2026-06-02", "words.nb": "Hvor?"}
    content: Rows = {
        "sub_projects": [{"key": long, "title.nb": "Lang", "partners": "a"}],
        "status_updates": [{**status, "key": f"{long}:2026-06-01"}],
        "comments": [comment],
    }

    assert bring(base, tmp_path, content).added["comments"] == 1
    with base.read() as session:
        assert session.scalars(select(StatusComment)).one().status_update.sub_project.key == long


def test_a_key_that_would_be_too_long_is_told_of_before_the_database_refuses_it(base: Database, tmp_path: Path) -> None:
    long = "x" * 80
    content: Rows = {
        "people": [{"key": long, "name": "Liv", "language": "nb"}],
        "organisations": [{"key": long, "name.nb": "L", "type": "municipality", "country": "NO"}],
        "gatherings": [{**WORLD["gatherings"][0], "key": long, "series": ""}],
        "attendance": [{"gathering": long, "organisation": long, "person": long, "state": "invited"}],
    }

    assert "Attendance, row 2, column A (Gathering): The key of this row would be longer than 200" in refused(
        base, tmp_path, content
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_attendance_comes_in_as_a_scandinavian_spreadsheet_saves_it(
    world: Database, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "attendance.csv"
    path.write_bytes(
        "gathering;organisation;person;state;reason\r\nG1;b;liv;meldt frafall;Snø på fjellet\r\n".encode(encoding)
    )

    with world.write() as session:
        assert import_file(session, ME, path=path).added == {"attendance": 1}
    with world.read() as session:
        came = session.scalars(select(Attendance).where(Attendance.key == "G1:b:liv")).one()
    assert (came.state, came.reason) == ("cancelled", "Snø på fjellet")


def test_readings_come_in_with_a_decimal_comma(world: Database, tmp_path: Path) -> None:
    path = tmp_path / "readings.csv"
    path.write_text("indicator;kind;day;value\nI1;avlesning;1.6.2026;13,25\n", encoding="utf-8")

    with world.write() as session:
        import_file(session, ME, path=path)
    with world.read() as session:
        last = select(IndicatorValue.value).order_by(IndicatorValue.day.desc()).limit(1)
        assert session.scalar(last) == Decimal("13.25")


def test_a_workflow_survives_what_is_imported_whole(world: Database) -> None:
    with world.read() as session:
        found = session.execute(select(StatusUpdate.key, StatusUpdate.workflow).order_by(StatusUpdate.key)).all()
    assert [tuple(each) for each in found] == [
        ("DP-1:2026-06-01", "draft"),
        ("DP-2:2025-12-01", "approved"),
        ("DP-2:2026-05-01", "returned"),
        ("S1", "submitted"),
    ]


@pytest.mark.parametrize("sheet", ["milestones", "indicator_values", "comments", "assessments", "attendance"])
def test_many_rows_cost_no_more_queries_than_few(world: Database, tmp_path: Path, sheet: str) -> None:
    days = [f"2026-0{month}-0{day}" for month in range(1, 4) for day in range(1, 9)]
    people = [{"key": f"p{number}", "name": "P", "language": "nb"} for number in range(24)]
    projects = [{"key": f"DP-{number}", "title.nb": "X", "partners": "a"} for number in range(10, 34)]
    bring(world, tmp_path, {"people": people, "sub_projects": projects})
    own = [{"key": f"{sheet}{number}"} for number in range(24)]
    many = {
        "milestones": [
            {**WORLD["milestones"][0], **key, "sub_project": project["key"]}
            for key, project in zip(own, projects, strict=True)
        ],
        "indicator_values": [{**WORLD["indicator_values"][1], "day": day} for day in days],
        "comments": [{**WORLD["comments"][0], "day": day} for day in days],
        "assessments": [{**WORLD["assessments"][0], "sub_project": project["key"]} for project in projects],
        "attendance": [{**WORLD["attendance"][1], "person": person["key"]} for person in people],
    }[sheet]
    counts = []
    for few in (many[:3], many):
        bring(world, tmp_path, {sheet: few})
        with counted(world) as statements:
            bring(world, tmp_path, {sheet: few})
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_a_row_of_a_sheet_says_only_what_changes(world: Database, tmp_path: Path) -> None:
    assert bring(world, tmp_path, {"milestones": [{"key": "M1", "done": "–"}]}).changed == {"milestones": 1}
    assert bring(world, tmp_path, row("attendance", 1, reason="")).is_empty


@pytest.mark.parametrize(
    ("sheet", "column", "known"),
    [
        ("status_updates", "workflow", "draft, submitted, returned, approved"),
        ("comments", "field", "state, summary, achieved, next steps, support needs"),
        ("indicators", "level", "output, result, effect"),
        ("indicator_values", "kind", "reading, new target"),
        ("assessments", "degree", "not at all, to a low degree, to some degree, to a high degree"),
        ("gatherings", "kind", "project gathering, network gathering"),
        ("attendance", "state", "invited, accepted, declined, cancelled, attended, absent."),
        ("statements", "kind", "success, challenge, dilemma, tip"),
        ("terms", "kind", "term, proper name"),
    ],
)
def test_a_word_that_is_not_in_the_list_is_refused_with_those_that_are(
    world: Database, tmp_path: Path, sheet: str, column: str, known: str
) -> None:
    cells = {**WORLD[sheet][0], column: "no_reply"}
    path = tmp_path / f"{sheet}.csv"
    path.write_text("\n".join((";".join(cells), ";".join(cells.values()))), encoding="utf-8")

    with pytest.raises(ImportRefused) as caught, world.write() as session:
        import_file(session, ME, path=path)
    told = "\n".join(str(problem) for problem in caught.value.problems)
    assert f"“no_reply” is none of the words to choose from: {known}" in told

"""Import: what is told of gatherings keeps the rules, cell by cell."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from consortium.errors import ImportRefused
from consortium.models import Change, Database
from consortium.services.importing import import_file, write_workbook
from tests.services.rows import ME, WORLD, Rows, bring, refused, row

BAD: list[tuple[Rows, str]] = [
    (row("gatherings", end="2026-05-03"), "Gatherings, row 2, column O (To): The end date, 3 May 2026, is before"),
    (
        row("gatherings", host="c"),
        "Gatherings, row 2, column L (Host): “c” does not stand in the sheet “Organisations”.",
    ),
    (row("gatherings", number="1,5"), "(Number): 1.5 does not count anything. Write a whole number such as 1, 2 or 3."),
    (row("gatherings", number="0"), "(Number): 0 does not count anything."),
    (row("series", per_year="12000"), "Series of gatherings, row 2, column G (Times a year): 12,000 does not count"),
    (row("agenda", minutes="lang"), "Agenda, row 2, column C (Minutes): “lang” is not a number."),
    (row("agenda", place="–"), "Agenda, row 2, column B (Item): This cannot be taken away."),
    (
        row("attendance", person="olav"),
        "Attendance, row 2, column C (Person): “olav” does not stand in the sheet “People”.",
    ),
    (row("attendance", substitute_for="x"), "(Substitute for): “x” does not stand in the sheet “People”."),
    (
        row("attendance", gathering="G2"),
        "(Gathering): “G2” does not stand in the sheet “Gatherings”. Add it there",
    ),
    (row("statements", words__nb="–"), "(Words): This cannot be taken away in every language."),
    ({"attendance": [{"gathering": "G1", "state": "attended"}]}, "Attendance, row 2: “Organisation” is missing."),
    ({"gatherings": [{"key": "G2", "title.nb": "To"}]}, "Gatherings, row 2: “Kind” is missing."),
]


@pytest.mark.parametrize(("content", "says"), BAD, ids=[says[:60] for _content, says in BAD])
def test_a_bad_cell_is_named_with_what_to_do_and_nothing_is_kept(
    world: Database, tmp_path: Path, content: Rows, says: str
) -> None:
    with world.read() as session:
        before = session.scalar(select(func.count(Change.id)))

    assert says in refused(world, tmp_path, content).replace("\u00a0", " ")
    with world.read() as session:
        assert session.scalar(select(func.count(Change.id))) == before


def test_nobody_has_come_to_a_gathering_that_is_still_to_come(world: Database, tmp_path: Path) -> None:
    later = {**WORLD["gatherings"][0], "key": "G2", "start": "2026-09-01", "end": "2026-09-02"}
    came = {"gathering": "G2", "organisation": "a", "state": "attended"}

    told = refused(world, tmp_path, {"gatherings": [later], "attendance": [came]})
    assert "(Answer): The gathering begins on 1 September 2026." in told
    assert bring(world, tmp_path, {"gatherings": [later], "attendance": [{**came, "state": "accepted"}]}).added


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "form", "says"),
    [
        ("Gatherings", "Number", True, "General", "“True” is not a number"),
        ("Indicator values", "Value", 0.5, "0 %", "This is a percentage"),
        ("Indicator values", "Value", 0.12345, "General", "Round it to at most four decimals"),
        ("Agenda", "Minutes", 12.5, "General", "12.5 does not count anything"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_number_is_not_believed(  # a cell, and what is said of it
    world: Database, tmp_path: Path, sheet: str, heading: str, value: float, form: str, says: str
) -> None:
    path = write_workbook(tmp_path / "x.xlsx", language="en", tags=("nb",), content=WORLD)
    book = load_workbook(path)
    cell = book[sheet].cell(2, [head.value for head in book[sheet][1]].index(heading) + 1)
    cell.value, cell.number_format = value, form
    book.save(path)

    with pytest.raises(ImportRefused) as caught, world.write() as session:
        import_file(session, ME, path=path)
    assert says in "\n".join(str(problem) for problem in caught.value.problems)

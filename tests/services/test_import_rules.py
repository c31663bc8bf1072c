"""Import: what a review found, each as a rule."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from consortium.errors import ImportRefused, NotPermitted
from consortium.models import Change, Consortium, Database, Organisation, StatusUpdate, SubProject
from consortium.services.importing import LAYOUT, import_file, write_workbook
from consortium.services.importing.cells import Cell, read_cell
from consortium.services.people import add_person
from consortium.services.policy import Principal, Role
from consortium.testing import Make
from tests.services.rows import BASE, ME, bring, refused


def test_whoever_catches_a_refusal_keeps_nothing_of_the_file(base: Database, tmp_path: Path) -> None:
    rows = [{"key": "a", "name.nb": "Ny"}, {"key": "b", "parent": "ukjent"}]
    with base.write() as session:
        home = session.scalars(select(Consortium)).one()
        add_person(session, ME, consortium=home, key="liv", name="Liv")
        path = write_workbook(tmp_path / "x.xlsx", language="en", tags=("nb",), content={"organisations": rows})
        with pytest.raises(ImportRefused):
            import_file(session, ME, path=path)

    with base.read() as session:
        assert session.scalars(select(Organisation.name).where(Organisation.key == "a")).one().words("nb") == "A"
        assert session.scalars(select(Change.entity).order_by(Change.id.desc()).limit(1)).one() == "person"


@pytest.mark.parametrize("sheet", ["consortium", "organisations"])
def test_who_may_not_edit_the_consortium_is_told_so_at_once(base: Database, tmp_path: Path, sheet: str) -> None:
    path = write_workbook(tmp_path / "x.xlsx", language="en", tags=("nb",), content={sheet: BASE[sheet]})

    with pytest.raises(NotPermitted), base.write() as session:
        import_file(session, Principal("Lea", Role.LEAD, 1, leads=frozenset({1})), path=path)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("day", "2026-03-01"),
        ("state", "delayed"),
        ("sub_project", "DP-2"),
        ("achieved.nb", "Mye."),
        ("summary.nb", "Annet."),
    ],
)
def test_a_submitted_status_stays_what_it_was(base: Database, tmp_path: Path, column: str, value: str) -> None:
    row = {**BASE["status_updates"][0], column: value}

    assert "corrects “S1” instead" in refused(base, tmp_path, {"status_updates": [row]})


def test_a_correcting_row_may_stand_above_the_corrected_one(base: Database, tmp_path: Path) -> None:
    old = {"key": "S2", "sub_project": "DP-2", "day": "2026-02-01", "state": "on_track", "summary.nb": "Feil."}
    new = {**old, "key": "S3", "summary.nb": "Rett.", "corrects": "S2"}

    assert bring(base, tmp_path, {"status_updates": [new, old]}).added["status_updates"] == 2


@pytest.mark.parametrize("order", ["ZYA", "YZA", "AZY"])
def test_of_two_statuses_of_a_day_the_lower_row_is_the_later_one(base: Database, tmp_path: Path, order: str) -> None:
    said = {"sub_project": "DP-1", "day": "2026-03-01", "state": "on_track", "summary.nb": "Ja."}
    rows = [{"key": key, **said, **({"corrects": "Z"} if key == "Y" else {})} for key in order]
    bring(base, tmp_path, {"status_updates": rows})

    with base.read() as session:
        kept = session.scalars(select(StatusUpdate.key).where(StatusUpdate.key != "S1").order_by(StatusUpdate.id))
        assert "".join(kept) == order.replace("YZ", "ZY"), "what is corrected is there before its correction"


def test_two_statuses_cannot_correct_each_other(base: Database, tmp_path: Path) -> None:
    old = {
        "key": "S2",
        "sub_project": "DP-2",
        "day": "2026-02-01",
        "state": "on_track",
        "summary.nb": "X.",
        "corrects": "S3",
    }

    assert "cannot correct" in refused(
        base, tmp_path, {"status_updates": [old, {**old, "key": "S3", "corrects": "S2"}]}
    )


def test_a_file_tells_of_one_consortium(base: Database, tmp_path: Path) -> None:
    homes = [*BASE["consortium"], {"key": "c2", "name.nb": "To", "languages": "nb"}]

    assert "tells of one consortium" in refused(base, tmp_path, {"consortium": homes})


def test_a_budget_has_a_currency(base: Database, tmp_path: Path) -> None:
    assert "needs an amount and a currency" in refused(
        base, tmp_path, {"sub_projects": [{"key": "DP-1", "amount": "500"}]}
    )


def test_a_cell_is_read_as_words_and_an_empty_one_as_nothing() -> None:
    sheet = next(each for each in LAYOUT if each.name == "sub_projects")
    column = sheet.find("title.nb")

    assert column
    assert Cell(2.0, "Ark", 1, "A").words == "2"
    assert read_cell(Cell(2.0, "Ark", 1, "A"), column) == "2"
    assert Cell(" ", "Ark", 1, "A").is_empty
    assert sheet.find("Tittel (sv) – grunnlag") != sheet.find("Tittel (sv) – annet") is None


def test_an_organisation_cannot_belong_to_itself(base: Database, tmp_path: Path) -> None:
    told = refused(base, tmp_path, {"organisations": [{"key": "a", "parent": "b"}, {"key": "b", "parent": "a"}]})

    assert "“a” would belong to itself" in told


def test_new_languages_and_a_new_record_come_in_together(base: Database, tmp_path: Path) -> None:
    home = [{"key": "c1", "languages": "nb, sv, en"}]
    new = [{"key": "c", "name.nb": "C", "type": "municipality", "country": "NO"}]

    assert bring(base, tmp_path, {"consortium": home, "organisations": new}).changed == {"consortium": 1}


def test_another_leading_partner_is_a_change(base: Database, tmp_path: Path) -> None:
    assert bring(base, tmp_path, {"sub_projects": [{"key": "DP-1", "partners": "b; a"}]}).changed == {"sub_projects": 1}
    with base.read() as session:
        last = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        project = session.scalars(select(SubProject).where(SubProject.key == "DP-1")).one()
    assert last.values["participations"] == [["a", "b"], ["b", "a"]]
    assert project.version == 2


def test_a_row_needs_only_its_key_and_what_changes(base: Database, tmp_path: Path) -> None:
    assert bring(base, tmp_path, {"organisations": [{"key": "a", "country": "SE"}]}).changed == {"organisations": 1}


def test_a_new_row_needs_all_that_a_record_needs(base: Database, tmp_path: Path) -> None:
    told = refused(base, tmp_path, {"organisations": [{"key": "c", "country": "SE"}]})

    assert "Organisations, row 2: “Name” is missing." in told
    assert "Organisations, row 2: “Type” is missing." in told


def test_a_required_text_stays_in_one_language_at_least(base: Database, tmp_path: Path) -> None:
    assert "Keep it in one" in refused(base, tmp_path, {"organisations": [{"key": "a", "name.nb": "–"}]})


def test_a_mistyped_consortium_does_not_begin_another(base: Database, tmp_path: Path) -> None:
    home = {"consortium": [{**BASE["consortium"][0], "key": "c11"}]}

    assert "There is no consortium “c11” yet, but c1." in refused(base, tmp_path, home)
    assert bring(base, tmp_path, home, new=True).added == {"consortium": 1}


def test_a_file_of_another_consortium_than_asked_for_is_refused(base: Database, tmp_path: Path) -> None:
    assert "“c1”, not of “c2”" in refused(base, tmp_path, BASE, consortium="c2")


@pytest.mark.parametrize("heading", ["Titleen", "Title old", "Title", "Title (no)", "title"])
def test_a_heading_is_never_guessed_as_a_language(base: Database, tmp_path: Path, heading: str) -> None:
    path = tmp_path / "sub_projects.csv"
    path.write_text(f"key;{heading}\nDP-1;Nytt\n", encoding="utf-8")

    with pytest.raises(ImportRefused), base.write() as session:
        import_file(session, ME, path=path)


def test_a_heading_without_its_language_is_told_how_to_say_it(base: Database, tmp_path: Path) -> None:
    path = tmp_path / "sub_projects.csv"
    path.write_text("key;Tittel\nDP-1;Nytt\n", encoding="utf-8")

    with pytest.raises(ImportRefused) as caught, base.write() as session:
        import_file(session, ME, path=path)
    assert "Tittel (nb)" in str(caught.value.problems[0])


@pytest.mark.parametrize(
    "content",
    [
        b'key;title.nb\nDP-1;"uten slutt\nDP-2;To\n',
        "key;title.nb\nDP-1;Ålesund møte\n".encode() + b"\xe5;\n",
        b"\xef\xbb\xbfkey;title.nb\nDP-1;\xe5\n",
        b"key;title.nb\nDP-1;\x81\n",
        b"key;title.nb\nDP-1;" + b"x" * 200_000,
    ],
    ids=["open quote", "one bad byte", "mark but not UTF-8", "no letter at all", "endless field"],
)
def test_a_damaged_csv_file_is_refused_not_guessed(base: Database, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sub_projects.csv"
    path.write_bytes(content)

    with pytest.raises(ImportRefused), base.write() as session:
        import_file(session, ME, path=path)


@pytest.mark.parametrize(
    ("sheet", "column", "value", "form", "says"),
    [
        ("Sub-projects", "Key", True, "General", "has made “True” of what was written"),
        ("Sub-projects", "Budget", 0.5, "0 %", "This is a percentage"),
        ("Sub-projects", "Source language", "en", "General", "nothing is written in it"),
        ("Organisations", "Type", "#REF!", "General", "error value"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_not_believed(  # a cell, and what is said of it
    base: Database, tmp_path: Path, sheet: str, column: str, value: object, form: str, says: str
) -> None:
    path = write_workbook(tmp_path / "x.xlsx", language="en", tags=("nb",), content=BASE)
    book = load_workbook(path)
    place = [cell.value for cell in book[sheet][1]].index(column) + 1
    cell = book[sheet].cell(2, place)
    cell.value, cell.number_format = value, form  # type: ignore[assignment]  # whatever a user puts there
    book.save(path)

    with pytest.raises(ImportRefused) as caught, base.write() as session:
        import_file(session, ME, path=path)
    assert says in "\n".join(str(problem) for problem in caught.value.problems)


def test_a_hidden_sheet_is_not_passed_over(base: Database, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "x.xlsx", language="en", tags=("nb",), content=BASE)
    book = load_workbook(path)
    book["People"].sheet_state = "hidden"
    book.save(path)

    with pytest.raises(ImportRefused) as caught, base.write() as session:
        import_file(session, ME, path=path)
    assert "Sheet “People” is hidden" in str(caught.value.problems[0])


def test_a_wrong_budget_is_named_at_its_own_cell(base: Database, tmp_path: Path) -> None:
    told = refused(base, tmp_path, {"sub_projects": [{"key": "DP-1", "amount": "-5", "currency": "NOK"}]})

    assert "(Budget): -5 cannot be a budget" in told.replace("−", "-")


def test_nothing_of_another_consortium_can_be_put_together_with_ours(make: Make) -> None:
    from consortium.errors import InvalidValue

    away = make.organisation("Borte", consortium=make.consortium())

    with pytest.raises(InvalidValue, match="same consortium"):
        make.organisation("Her", parent=away)
    assert make.session.scalars(select(StatusUpdate)).all() == []


def test_a_missing_file_is_named(sqlite: Database, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"finnes-ikke\.xlsx"), sqlite.write() as session:
        import_file(session, ME, path=tmp_path / "finnes-ikke.xlsx")


def test_an_empty_template_is_refused_for_it_says_nothing(sqlite: Database, tmp_path: Path) -> None:
    assert "holds no rows" in refused(sqlite, tmp_path, {})

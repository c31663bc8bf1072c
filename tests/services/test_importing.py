"""Import: everything or nothing, the same file twice changes nothing, each bad cell is named."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import func, select

from consortium.errors import ImportRefused
from consortium.models import Change, Database, Organisation, StatusUpdate, SubProject
from consortium.services.importing import LAYOUT, ImportResult, import_file, write_workbook
from consortium.services.policy import operator
from consortium.texts import TextState

ME = operator("Olga Operatør")


def bring(database: Database, path: Path, **others: Any) -> ImportResult:
    """Import a file in a unit of its own."""
    with database.write() as session:
        return import_file(session, ME, path=path, **others)


def changed(source: Path, target: Path, change: Callable[[Any], None]) -> Path:
    """Change a workbook as its user would, and save it elsewhere."""
    book = load_workbook(source)
    change(book)
    book.save(target)
    return target


def at(sheet: Worksheet, row: int, heading: str) -> Any:
    """Find a cell by its row and the heading of its column."""
    heads = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
    return sheet.cell(row, heads[heading])


def test_the_example_comes_in_whole(database: Database, example_file: Path) -> None:
    result = bring(database, example_file)

    assert (result.added["partners"], result.added["sub_projects"]) == (12, 20)
    assert set(result.added) == {sheet.name for sheet in LAYOUT} - {"registers"}
    assert not result.changed


def test_the_same_file_twice_changes_nothing(example: Database, example_file: Path) -> None:
    with example.read() as session:
        before = session.scalar(select(func.count(Change.id)))

    assert bring(example, example_file).is_empty
    with example.read() as session:
        assert session.scalar(select(func.count(Change.id))) == before


def test_one_changed_cell_changes_one_record(example: Database, example_file: Path, tmp_path: Path) -> None:
    def rename(book: Any) -> None:
        at(book["Delprosjekter"], 2, "Tittel (nb)").value = "Et nytt navn"

    result = bring(example, changed(example_file, tmp_path / "x.xlsx", rename))

    assert (dict(result.added), dict(result.changed)) == ({}, {"sub_projects": 1})
    with example.read() as session:
        last = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        project = session.scalars(select(SubProject).where(SubProject.key == "DP-01")).one()
    assert list(last.values) == ["title"]
    assert project.title.state("sv") is TextState.OUTDATED


def test_an_empty_cell_changes_nothing_and_a_dash_takes_away(
    example: Database, example_file: Path, tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        at(book["Delprosjekter"], 2, "Formål (nb)").value = None
        at(book["Delprosjekter"], 2, "Tittel (sv)").value = "–"

    bring(example, changed(example_file, tmp_path / "x.xlsx", edit))

    with example.read() as session:
        project = session.scalars(select(SubProject).where(SubProject.key == "DP-01")).one()
    assert project.purpose.words("nb")
    assert project.title.words("sv") is None


def test_words_that_a_translation_was_based_on_make_it_outdated(example: Database) -> None:
    with example.read() as session:
        updates = session.scalars(select(StatusUpdate)).all()
    outdated = [each for each in updates for tag in ("nb", "sv") if each.summary.state(tag) is TextState.OUTDATED]

    assert len(outdated) == 4
    assert all(any(piece.change != "kept" for piece in _difference(each)) for each in outdated)


def _difference(update: StatusUpdate) -> Any:
    return update.summary.difference("sv") or update.summary.difference("nb")


def test_a_district_may_stand_before_its_municipality(database: Database, tmp_path: Path) -> None:
    rows = [
        {"key": "bydel", "name.nb": "Bydel Øst", "type": "city_district", "country": "NO", "parent": "by"},
        {"key": "by", "name.nb": "Storby kommune", "type": "municipality", "country": "NO"},
    ]
    home = [{"key": "k", "name.nb": "K", "languages": "nb, sv"}]
    bring(
        database,
        write_workbook(
            tmp_path / "x.xlsx", language="nb", tags=("nb",), content={"consortium": home, "organisations": rows}
        ),
    )

    with database.read() as session:
        district = session.scalars(select(Organisation).where(Organisation.key == "bydel")).one()
        assert district.parent
        assert district.parent.key == "by"


def _set(sheet: str, row: int, heading: str, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        at(book[sheet], row, heading).value = value

    return change


def _merge(book: Any) -> None:
    book["Delprosjekter"].merge_cells("B2:B3")


def _repeat(book: Any) -> None:
    at(book["Delprosjekter"], 3, "Nøkkel").value = "DP-01"


def _add_row(book: Any) -> None:
    at(book["Delprosjekter"], 22, "Nøkkel").value = "DP-99"


def _add_sheet(book: Any) -> None:
    book.create_sheet("Notater")["A1"] = "Hei"


BAD_CELLS: list[tuple[Callable[[Any], None], str]] = [
    (
        _set("Partnere", 2, "Organisasjon", "storsle"),
        "Partnere, rad 2, kolonne A (Organisasjon): «storsle» står ikke i arket «Organisasjoner». Mener du «storsele»?",
    ),
    (
        _set("Statusoppdateringer", 2, "Dato", "31.2.2026"),
        "Statusoppdateringer, rad 2, kolonne B (Dato): Det finnes ingen dag «31.2.2026» i kalenderen.",
    ),
    (_set("Delprosjekter", 2, "Budsjett", "1.234"), "«1.234» kan bety 1234 eller 1,234."),
    (_set("Delprosjekter", 2, "Budsjett", "=1+1"), "«=1+1» er en formel. Lim inn verdien i stedet."),
    (_set("Delprosjekter", 2, "Budsjett", ArrayFormula("J2", "=SUM(A1:A2)")), "«=SUM(A1:A2)» er en formel."),
    (_set("Delprosjekter", 2, "Budsjett", "mye"), "«mye» er ikke et tall."),
    (_set("Delprosjekter", 2, "Valuta", "USD"), "(Valuta): «USD» er ikke blant ordene du kan velge: NOK, SEK, EUR"),
    (_merge, "Delprosjekter, celle B2:B3: Celler er slått sammen."),
    (_repeat, "«DP-01» står allerede i rad 2."),
    (_set("Statusoppdateringer", 2, "Tilstand", "fint"), "planlagt, i rute, i risiko, forsinket"),
    (_set("Delprosjekter", 2, "Formål (nb)", "Hei_x0000_"), "tegn som ikke kan lagres (U+0000)"),
    (_set("Statusoppdateringer", 2, "Sammendrag (nb)", "Omskrevet."), "Legg til en ny status som retter"),
    (_set("Statusoppdateringer", 2, "Dato", "2027-01-01"), "1. januar 2027 har ikke kommet ennå."),
    (_set("Organisasjoner", 2, "Norsk organisasjonsnummer", "310482707"), "er ikke et norsk organisasjonsnummer"),
    (_set("Organisasjoner", 2, "Type", "#REF!"), "er en feil fra regnearket"),
    (_set("Delprosjekter", 1, "Budsjett", "Budjett"), "Ingen kolonne heter «Budjett». Er det «Budsjett»?"),
    (_set("Delprosjekter", 1, "Partnere", "Tittel (nb)"), "Det er to kolonner for «Tittel (nb)»."),
    (_add_row, "«Partnere» mangler."),
    (_set("Delprosjekter", 2, "Til", "2020-01-01"), "er før startdatoen"),
    (_add_sheet, "«Notater» er ikke et ark som kan importeres"),
]


@pytest.fixture(scope="module")
def few_sheets(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the example with only those sheets that the bad cells stand in: opening and saving the others takes long."""

    def keep_few(book: Any) -> None:
        for sheet in book.worksheets:
            if sheet.title not in {"Organisasjoner", "Partnere", "Delprosjekter", "Statusoppdateringer"}:
                book.remove(sheet)

    return changed(example_file, tmp_path_factory.mktemp("few") / "few.xlsx", keep_few)


@pytest.mark.parametrize(("change", "says"), BAD_CELLS, ids=[says[:40] for _change, says in BAD_CELLS])
def test_a_bad_cell_is_named_in_the_users_language_and_the_database_stays_as_it_was(
    sqlite_example: Database, few_sheets: Path, tmp_path: Path, change: Callable[[Any], None], says: str
) -> None:
    before = content(sqlite_example)
    with pytest.raises(ImportRefused) as caught:
        bring(sqlite_example, changed(few_sheets, tmp_path / "x.xlsx", change))

    assert says in "\n".join(problem.say("nb") for problem in caught.value.problems)
    assert content(sqlite_example) == before


def test_a_bad_cell_leaves_postgresql_as_it_was_too(postgresql: Database, example_file: Path, tmp_path: Path) -> None:
    bring(postgresql, example_file)
    bad = changed(example_file, tmp_path / "x.xlsx", _set("Partnere", 2, "Organisasjon", "ukjent"))

    with pytest.raises(ImportRefused):
        bring(postgresql, bad)
    with postgresql.read() as session:
        assert session.scalars(select(Change.action).distinct()).all() == ["created"]


def test_all_problems_of_a_file_are_told_at_once(sqlite_example: Database, example_file: Path, tmp_path: Path) -> None:
    def spoil(book: Any) -> None:
        for change, _says in BAD_CELLS[1:9]:
            change(book)

    with pytest.raises(ImportRefused, match="There are") as caught:
        bring(sqlite_example, changed(example_file, tmp_path / "x.xlsx", spoil))
    assert len(caught.value.problems) >= 3


@pytest.fixture
def sqlite_example(_sqlite_example: Database) -> Database:
    """Give an SQLite database with the example in it."""
    return _sqlite_example


def content(database: Database) -> str:
    """Digest the database's file, byte for byte."""
    database.engine.dispose()
    path = Path(str(database.engine.url.database))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _halved(source: Path, target: Path) -> Path:
    target.write_bytes(source.read_bytes()[: source.stat().st_size // 2])
    return target


def _with_part(name: str, words: bytes) -> Callable[[Path, Path], Path]:
    def add(source: Path, target: Path) -> Path:
        shutil.copyfile(source, target)
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, words)
        return target

    return add


def _written(words: bytes) -> Callable[[Path, Path], Path]:
    def write(_source: Path, target: Path) -> Path:
        target.write_bytes(words)
        return target

    return write


@pytest.mark.parametrize(
    ("make_file", "name", "says"),
    [
        (_halved, "x.xlsx", "skadet"),
        (_written(b""), "x.xlsx", "skadet"),
        (_written(b"PK\x03\x04 hello"), "x.xlsx", "skadet"),
        (_written(b"\xd0\xcf\x11\xe0 old"), "x.xlsx", "passord"),
        (_with_part("xl/vbaProject.bin", b"x"), "x.xlsx", "makroer"),
        (_written(b"x"), "x.xlsm", "makroer"),
        (_with_part("xl/bomb.bin", b"0" * 150_000_000), "x.xlsx", "langt mer"),
        (_with_part("xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]>'), "x.xlsx", "definisjoner"),
        (_written(b"x"), "x.pdf", ".jsonl"),
    ],
)
def test_a_file_that_is_no_plain_workbook_is_refused_as_a_whole(
    sqlite_example: Database,
    example_file: Path,
    tmp_path: Path,
    make_file: Callable[[Path, Path], Path],
    name: str,
    says: str,
) -> None:
    before = content(sqlite_example)
    path = make_file(example_file, tmp_path / name)

    with pytest.raises(ImportRefused) as caught:
        bring(sqlite_example, path)
    assert says in caught.value.say("nb")
    assert content(sqlite_example) == before


CSV = "Nøkkel;Tittel (nb);Formål (nb);Partnere;Budsjett;Valuta\r\nDP-21;Åpen dør på Ørnes;Trygghet;fjellvik;1 250 000,50;NOK\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_a_scandinavian_spreadsheet_saves_as_csv_is_good_input(
    example: Database, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "delprosjekter.csv"
    path.write_bytes(CSV.encode(encoding))

    assert bring(example, path).added == {"sub_projects": 1}
    with example.read() as session:
        project = session.scalars(select(SubProject).where(SubProject.key == "DP-21")).one()
    assert project.title.words("nb") == "Åpen dør på Ørnes"
    assert str(project.amount) == "1250000.5"


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_a_workbook_in_any_language_says_the_same(example: Database, tmp_path: Path, language: str) -> None:
    from consortium.example import write_example

    assert bring(example, write_example(tmp_path / "x.xlsx", language=language)).is_empty

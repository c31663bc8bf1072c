"""What is exported, imported and exported again is equal byte for byte."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consortium.models import Database, Group
from consortium.services.consortia import find_consortium
from consortium.services.exporting import export_records, import_lines
from consortium.services.exporting.json_lines import plain
from consortium.services.exporting.provenance import read_text
from consortium.services.importing import LAYOUT, import_file
from consortium.texts import Text, normal_words
from tests.importing.records import Inventor, passed_on
from tests.services.lines import ME, WHOLE, bring, record, taken, write


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """Give an empty database on SQLite beside the one that a test is about."""
    ready = Database(f"sqlite:///{tmp_path}/empty.sqlite").prepare()
    yield ready
    ready.engine.dispose()


def test_the_example_comes_back_from_json_lines_as_it_was(example: Database, empty: Database, tmp_path: Path) -> None:
    before = taken(example, tmp_path / "one.jsonl")
    bring(empty, tmp_path / "one.jsonl")

    assert taken(empty, tmp_path / "two.jsonl") == before


def test_a_record_of_every_kind_comes_back_as_it_was(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "one.jsonl")
    bring(database, path)

    assert taken(database, tmp_path / "two.jsonl") == path.read_bytes()


def test_from_sqlite_to_postgresql_and_back_nothing_changes(
    sqlite: Database, postgresql: Database, empty: Database, example_file: Path, tmp_path: Path
) -> None:
    with sqlite.write() as session:
        import_file(session, ME, path=example_file)
    first = taken(sqlite, tmp_path / "1.jsonl")
    bring(postgresql, tmp_path / "1.jsonl")
    second = taken(postgresql, tmp_path / "2.jsonl")
    bring(empty, tmp_path / "2.jsonl")

    assert first == second == taken(empty, tmp_path / "3.jsonl")
    assert taken(sqlite, tmp_path / "1.xlsx") == taken(postgresql, tmp_path / "2.xlsx")


def test_what_an_export_holds_is_not_changed_by_importing_it_again(example: Database, tmp_path: Path) -> None:
    taken(example, tmp_path / "one.jsonl")

    assert bring(example, tmp_path / "one.jsonl").is_empty


def test_the_workbook_comes_back_as_it_was(example: Database, empty: Database, tmp_path: Path) -> None:
    before = taken(example, tmp_path / "one.xlsx", language="sv")
    with empty.write() as session:
        import_file(session, ME, path=tmp_path / "one.xlsx")

    assert taken(empty, tmp_path / "two.xlsx", language="sv") == before
    assert taken(empty, tmp_path / "two.zip") == taken(example, tmp_path / "one.zip")


def test_the_csv_files_come_back_as_they_were_one_by_one(example: Database, empty: Database, tmp_path: Path) -> None:
    before = taken(example, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path)
        filled = [sheet.name for sheet in LAYOUT if archive.read(f"{sheet.name}.csv").count(b"\n") > 1]
    for name in sorted(filled, key=lambda name: name == "periods"):  # nothing can be reported into a locked one
        with empty.write() as session:
            import_file(session, ME, path=tmp_path / f"{name}.csv")

    assert taken(empty, tmp_path / "two.zip") == before


def test_the_archive_of_csv_files_comes_back_as_it_was(database: Database, empty: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path / "one.jsonl"))
    before = taken(database, tmp_path / "one.zip")
    with empty.write() as session:
        import_file(session, ME, path=tmp_path / "one.zip")

    assert taken(empty, tmp_path / "two.zip") == before


def test_the_example_comes_back_from_the_archive_and_twice_changes_nothing(
    example: Database, empty: Database, tmp_path: Path
) -> None:
    before = taken(example, tmp_path / "one.zip")
    with example.write() as session:
        assert import_file(session, ME, path=tmp_path / "one.zip").is_empty
    with empty.write() as session:
        import_file(session, ME, path=tmp_path / "one.zip")

    assert taken(empty, tmp_path / "two.zip") == before


def test_a_workbook_keeps_the_words_and_codes_of_every_kind(
    database: Database, empty: Database, tmp_path: Path
) -> None:
    bring(database, write(tmp_path / "one.jsonl"))
    before = taken(database, tmp_path / "one.xlsx")
    with empty.write() as session:
        import_file(session, ME, path=tmp_path / "one.xlsx")

    assert taken(empty, tmp_path / "two.xlsx") == before
    assert taken(empty, tmp_path / "two.zip") == taken(database, tmp_path / "one.zip")


@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_invented_records_come_back_as_they_were_across_databases(
    sqlite: Database, postgresql: Database, tmp_path: Path, seed: int
) -> None:
    told = passed_on(sqlite, postgresql, tmp_path, seed=seed, count=200)

    assert len(told) == 1


@pytest.mark.parametrize("ending", ["xlsx", "zip"])
def test_two_hundred_invented_records_are_the_same_in_a_workbook_and_an_archive(
    sqlite: Database, tmp_path: Path, ending: str
) -> None:
    bring(sqlite, write(tmp_path / "in.jsonl", list(Inventor(3).lines(200))))
    taken(sqlite, tmp_path / f"one.{ending}")

    with sqlite.write() as session:
        assert import_file(session, ME, path=tmp_path / f"one.{ending}").is_empty


ODD = (
    *("=1+1", "+47 22 22 22 22", "-5", "@Liv", "–", "-", "—", "–5"),
    *("#REF!", "#N/A"),
    *("_x003D_", "_x0041_x0042_", "__x2013__", "_x005F_", "_x005F_x003D_", "=x003D_", "0x005F_"),
)


@pytest.mark.parametrize("ending", ["xlsx", "zip"])
def test_odd_words_come_back_as_they_were(database: Database, empty: Database, tmp_path: Path, ending: str) -> None:
    odd = [
        record("region_group", f"g{place:02}", name=plain(Text().write("nb", each))) for place, each in enumerate(ODD)
    ]
    bring(database, write(tmp_path / "in.jsonl", [WHOLE[0], *odd]))
    taken(database, tmp_path / f"one.{ending}")
    with empty.write() as session:
        import_file(session, ME, path=tmp_path / f"one.{ending}")

    with empty.read() as session:
        names = session.scalars(select(Group.name).order_by(Group.key))
        assert tuple(name.words("nb") for name in names) == ODD


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.just("\n"), max_size=30).filter(
    normal_words
)
tags = st.sampled_from(["nb", "sv", "en", "nn", "fi", "zh-Hant"])


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Invent a text as people make one: written, translated, reviewed, rewritten."""
    text = Text()
    for _step in range(draw(st.integers(0, 6))):
        tag, by = draw(tags), draw(st.sampled_from(["", "Liv Lind"]))
        step = draw(st.sampled_from(["write", "translate", "machine", "review"])) if text else "write"
        if step == "write":
            text = text.write(tag, draw(words), by=by)
        elif step == "review" and tag in text:
            text = text.review(tag, by="Eva Ek")
        elif tag != text.source and step in {"translate", "machine"} and tag not in text:
            text = text.translate(tag, draw(words), origin="machine" if step == "machine" else "human", by=by)
    return text


@given(texts())
def test_every_text_comes_back_with_all_that_is_known_of_it(text: Text) -> None:
    written = plain(text)

    assert (Text() if written is None else read_text(written)) == text


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give an empty database that stays empty."""
    ready = Database(f"sqlite:///{tmp_path_factory.mktemp('place')}/place.sqlite").prepare()
    yield ready
    ready.engine.dispose()


@settings(max_examples=40)
@given(texts(), texts(), words)
def test_invented_records_come_back_as_they_were(place: Database, name: Text, group: Text, said: str) -> None:
    folder, programme = Path(place.url.removeprefix("sqlite:///")).parent, " ".join(normal_words(said).split())
    home = {**WHOLE[0], "name": plain(name), "programme": programme}
    path = write(folder / "in.jsonl", [home, record("region_group", "g", name=plain(group))])
    with place.write() as session:
        import_lines(session, ME, path=path)
        again = export_records(session, ME, consortium=find_consortium(session, ME), path=folder / "out.jsonl")
        session.rollback()

    assert again.read_bytes() == path.read_bytes()

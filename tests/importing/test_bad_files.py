"""Import: a bad file is refused with words that say what is bad, in each language, and the database stays as it was."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select, text

from consortium.errors import ConsortiumError, ImportRefused
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.models import Base, Database
from consortium.services.exporting import import_lines
from consortium.services.importing import import_file
from consortium.services.importing.reading import read_grids
from tests.importing.bad_files import NONSENSE, bad_files
from tests.services.rows import BASE, ME, bring

FILES = bad_files()


def refused(database: Database, path: Path) -> ConsortiumError:
    """Import a bad file as the command does, and give what it is refused with."""
    with pytest.raises(ConsortiumError) as caught, database.write() as session:
        (import_lines if path.suffix == ".jsonl" else import_file)(session, ME, path=path)
    return caught.value


def told(fault: ConsortiumError, language: str) -> list[str]:
    """Say all that is wrong, line by line."""
    problems = fault.problems if isinstance(fault, ImportRefused) else ()
    return [fault.say(language), *(problem.say(language) for problem in problems)]


def digest(database: Database) -> str:
    """Digest the database's file, byte for byte."""
    database.engine.dispose()
    return hashlib.sha256(Path(str(database.engine.url.database)).read_bytes()).hexdigest()


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_in_each_language_and_the_database_stays_as_it_was(
    place: Database, tmp_path: Path, name: str
) -> None:
    before, bad = digest(place), FILES[name]
    bad.make(path := tmp_path / bad.name)
    fault = refused(place, path)
    lines = {language: told(fault, language) for language in INTERFACE_LANGUAGES}

    assert bad.says in "\n".join(lines["nb"])
    assert bad.name in lines["nb"][0] or "c2" in lines["nb"][0]
    for line in zip(*lines.values(), strict=True):
        said = dict(zip(lines, line, strict=True))
        assert said["en"] not in {said["nb"], said["nn"], said["sv"]}
        assert said["nb"] != said["sv"]
    assert digest(place) == before


def test_a_sheet_of_nonsense_is_not_read_to_its_end(tmp_path: Path) -> None:
    (grid,) = read_grids(NONSENSE.save(tmp_path / "nonsense.xlsx"))

    assert len(NONSENSE.rows) > 20 * len(grid.rows)


def test_no_bad_file_changes_anything_on_postgresql(postgresql: Database, tmp_path: Path) -> None:
    bring(postgresql, tmp_path, BASE)
    before = rows(postgresql)
    for number, bad in enumerate(FILES.values()):
        (tmp_path / str(number)).mkdir()
        bad.make(path := tmp_path / str(number) / bad.name)
        refused(postgresql, path)

    assert rows(postgresql) == before


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Read all rows of all tables."""
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(text("1, 2")))]
            for table in Base.metadata.sorted_tables
        }


def test_a_file_that_may_not_be_read_says_so(sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"x")

    def refuse(*_said: object, **_others: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as somebody who may read everything
    assert "You may not read" in str(refused(sqlite, path))

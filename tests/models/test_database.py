"""The database: whole units, versions, steps."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from consortium.errors import Conflict, DatabaseProblem
from consortium.migrations import VERSION_TABLE, downgrade, is_modelled, latest_revision, present_revision, upgrade
from consortium.models import Base, Database, Partner, SubProject
from consortium.models.dialect import SAFE_WAL, sqlite_module, writer
from consortium.services.policy import operator
from consortium.services.texts import write_text
from consortium.testing import Make
from consortium.testing.databases import new_database


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Make a database that nobody has had before: others may have added their tables."""
    if request.param == "sqlite":
        yield Database(f"sqlite:///{tmp_path}/fresh.sqlite").prepare()
        return
    with new_database(request.getfixturevalue("_postgresql_url")) as made:
        yield made


def test_the_steps_lead_to_the_models(fresh: Database) -> None:
    with fresh.engine.connect() as connection:
        known = {"version_table": VERSION_TABLE, "compare_type": True, "include_name": is_modelled}
        context = MigrationContext.configure(connection, opts=known)
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_can_be_taken_back_and_again(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.sqlite").prepare()
    downgrade(writer(database.engine), "base")
    assert set(inspect(database.engine).get_table_names()) == {VERSION_TABLE}

    upgrade(writer(database.engine))

    assert present_revision(database.engine) == latest_revision()


def test_a_ready_database_is_left_as_it_is(database: Database) -> None:
    assert database.prepare().require() is database


def test_a_missing_database_is_named_and_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "missing.sqlite"

    with pytest.raises(DatabaseProblem, match="consortium init"):
        Database(f"sqlite:///{path}").require()
    assert not path.exists()


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "", "sqlite", "http://example.org"])
def test_an_address_that_is_none_is_refused_with_the_ways_to_write_one(url: str) -> None:
    with pytest.raises(DatabaseProblem, match="sqlite:///FILE"):
        Database(url)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(DatabaseProblem) as caught:
        Database("oracle://kari:hemmelig@host/x")
    assert "hemmelig" not in str(caught.value)


def test_a_server_that_does_not_answer_is_said_in_one_line() -> None:
    with pytest.raises(DatabaseProblem, match="cannot be opened") as caught:
        Database("postgresql://127.0.0.1:1/none").require()
    assert "\n" not in str(caught.value)


def test_a_unit_that_fails_leaves_nothing(make: Make) -> None:
    make.keep()

    def fail_half_way() -> None:
        with make.database.write() as session:
            Make(make.database, session).partner("Halv")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with make.database.read() as session:
        assert session.scalars(select(Partner)).all() == []


def test_of_two_who_change_one_record_the_second_is_told(make: Make) -> None:
    number = make.sub_project("Først").id
    make.keep()
    make.session.close()

    with make.database.read() as session:
        mine = session.get_one(SubProject, number)
        session.expunge(mine)
    with make.database.write() as session:
        rename(session, session.get_one(SubProject, number), "Deres")

    def overwrite() -> None:
        with make.database.write() as session:
            session.add(mine)
            rename(session, mine, "Mitt")

    with pytest.raises(Conflict, match="Somebody else"):
        overwrite()


def rename(session: Session, project: SubProject, words: str) -> None:
    """Give a sub-project another title."""
    write_text(session, operator("O"), record=project, field="title", language="nb", words=words)


def test_increments_of_eight_threads_all_arrive(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE tally (n integer)")
        connection.exec_driver_sql("INSERT INTO tally VALUES (0)")
        connection.commit()

    def increment(_number: int) -> None:
        for _ in range(20):
            with writer(database.engine).begin() as connection:
                lock = "" if database.engine.dialect.name == "sqlite" else " FOR UPDATE"
                n = connection.exec_driver_sql(f"SELECT n FROM tally{lock}").scalar_one()  # noqa: S608  # a test's own
                connection.exec_driver_sql(f"UPDATE tally SET n = {n + 1}")  # noqa: S608  # a test's own

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(increment, range(8)))
    with database.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT n FROM tally").scalar_one() == 160
        connection.exec_driver_sql("DROP TABLE tally")


def test_sqlite_uses_a_log_only_where_that_is_safe(sqlite: Database) -> None:
    with sqlite.engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    assert mode == ("wal" if sqlite_module().sqlite_version_info >= SAFE_WAL else "delete")


def test_only_preparing_makes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database("sqlite:///nytt år/50 % #1.sqlite")
    with pytest.raises(DatabaseProblem, match="unable to open"), database.read() as session:
        session.execute(text("SELECT 1"))
    assert list(tmp_path.iterdir()) == []

    database.prepare().require()

    assert (tmp_path / "nytt år/50 % #1.sqlite").is_file()


def test_a_database_in_memory_can_be_made() -> None:
    database = Database("sqlite:///:memory:").prepare()

    assert database.require() is database
    database.engine.dispose()


def test_a_file_that_has_gone_is_missed_and_not_made_anew(sqlite: Database) -> None:
    with sqlite.read() as session:
        assert session.scalars(select(Partner)).all() == []
    path = Path(str(sqlite.engine.url.database))
    path.unlink()

    with pytest.raises(DatabaseProblem, match="unable to open"), sqlite.read() as session:
        session.scalars(select(Partner)).all()
    assert not path.exists()


def test_a_file_put_in_the_place_of_another_is_the_one_that_is_read(sqlite: Database, tmp_path: Path) -> None:
    with sqlite.read() as session:
        assert session.scalars(select(Partner)).all() == []
    other = Database(f"sqlite:///{tmp_path}/other.sqlite").prepare()
    with other.write() as session:
        Make(other, session).partner("Ny")
    other.engine.dispose()
    (tmp_path / "other.sqlite").replace(str(sqlite.engine.url.database))

    with sqlite.read() as session:
        assert len(session.scalars(select(Partner)).all()) == 1


@pytest.mark.parametrize("ask", [Database.prepare, Database.require])
def test_what_is_no_database_is_said_and_left_as_it_is(tmp_path: Path, ask: Callable[[Database], Database]) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_text("Kjære alle sammen. " * 300, encoding="utf-8")

    with pytest.raises(DatabaseProblem, match="file is not a database"):
        ask(Database(f"sqlite:///{path}"))
    with pytest.raises(DatabaseProblem, match=r"is a folder. Name a file"):
        ask(Database(f"sqlite:///{tmp_path}"))
    assert path.read_text(encoding="utf-8").startswith("Kjære")


@pytest.mark.parametrize("ask", [Database.prepare, Database.require])
def test_a_database_of_a_newer_version_asks_for_a_newer_program(
    database: Database, ask: Callable[[Database], Database]
) -> None:
    _set_version(database, "9999")
    try:
        with pytest.raises(DatabaseProblem, match=r"made by a newer Consortium. Update this one"):
            ask(database)
    finally:
        _set_version(database, latest_revision())


def _set_version(database: Database, revision: str) -> None:
    with writer(database.engine).begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = :to"), {"to": revision})  # noqa: S608  # our own


def test_a_missing_driver_is_named_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(DatabaseProblem, match=r"pip install consortium\[postgres\]"):
        Database("postgresql://localhost/x")


@pytest.mark.parametrize("way", [Database.read, Database.write])
def test_a_table_that_has_gone_is_a_problem_of_the_database(
    database: Database, way: Callable[[Database], AbstractContextManager[Session]]
) -> None:
    with pytest.raises(DatabaseProblem, match=r"has failed: .*nowhere") as caught, way(database) as session:
        session.execute(text("SELECT * FROM nowhere"))
    assert "\n" not in str(caught.value)


def test_a_key_that_is_taken_is_told_as_such(make: Make) -> None:
    make.partner(key="frosta")
    make.keep()
    make.session.close()

    def add_again() -> None:
        with make.database.write() as session:
            home = session.scalars(select(Partner)).one().consortium
            Make(make.database, session).partner(key="frosta", consortium=home)

    with pytest.raises(Conflict, match="same key is already there"):
        add_again()


def test_a_full_disk_is_told_as_such(sqlite: Database) -> None:
    def fill() -> None:
        with sqlite.write() as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
            Make(sqlite, session).partner("Lang " * 10_000)

    with pytest.raises(DatabaseProblem, match=r"disk of the database is full. Nothing was changed"):
        fill()
    with sqlite.read() as session:
        assert session.scalars(select(Partner)).all() == []

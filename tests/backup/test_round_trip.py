"""What comes back is what went in, on either database and from one to the other."""

from pathlib import Path

from sqlalchemy import delete, text

from consortium.backup import Taken, restore, take
from consortium.models import Base, Database, RegisterEntry
from consortium.models.dialect import writer
from consortium.models.dialect.whole import is_sound
from consortium.models.recording import sign
from consortium.services.consortia import find_consortium
from consortium.services.policy import operator
from consortium.services.reporting import Order, write_report
from consortium.services.searching import search
from consortium.testing import TODAY, Make
from tests.backup.kept import contents, digests


def carried(database: Database, to: Database, folder: Path) -> Taken:
    """Restore a backup of ``database`` in another place."""
    taken = take(database, folder / "backup.zip")
    restore(folder / "backup.zip", to)
    return taken


def test_a_restored_database_keeps_what_the_first_one_did(odd: Database, empty: Database, tmp_path: Path) -> None:
    taken = take(odd, tmp_path / "backup.zip")
    restored = restore(tmp_path / "backup.zip", empty)

    assert contents(empty) == contents(odd)
    assert digests(empty, tmp_path) == digests(odd, tmp_path)
    assert restored.manifest == taken.manifest
    assert restored.broken_at is None


def test_a_backup_holds_every_table(odd: Database, tmp_path: Path) -> None:
    kept = contents(odd)

    parts = take(odd, tmp_path / "backup.zip").manifest.parts

    assert {part.sheet.table: part.rows for part in parts} == {name: len(rows) for name, rows in kept.items()}
    assert set(Base.metadata.tables) < set(kept)


def test_a_restored_database_works(sqlite_example: Database, empty: Database, tmp_path: Path) -> None:
    carried(sqlite_example, empty, tmp_path)

    empty.prepare().require()
    with empty.write() as session:
        home = find_consortium(session, operator("Olga"), None)
        make = Make(empty, session)
        make.__dict__["home"] = home
        make.partner("Nyvik", key="nyvik")
    with empty.read() as session:
        home = find_consortium(session, operator("Olga"), None)
        assert search(session, operator("Olga"), consortium=home, words="nyvik", language="nb").counts
    with empty.engine.connect() as connection:
        assert is_sound(connection)


def test_a_report_from_the_restored_database_is_the_same_to_the_byte(
    sqlite_example: Database, empty: Database, tmp_path: Path
) -> None:
    carried(sqlite_example, empty, tmp_path)

    for name, database in (("first", sqlite_example), ("second", empty)):
        with database.read() as session:
            home = find_consortium(session, operator("Olga"), None)
            order = Order(languages="nb+sv", day=TODAY)
            write_report(session, operator("Olga"), consortium=home, path=tmp_path / f"{name}.html", order=order)

    assert (tmp_path / "first.html").read_bytes() == (tmp_path / "second.html").read_bytes()


def test_the_number_of_a_deleted_record_is_not_used_again(make: Make, empty: Database, tmp_path: Path) -> None:
    entries = [RegisterEntry(consortium=make.home, key=key, kind="k", code=key, name=key) for key in "abc"]
    make.session.add_all(entries)
    make.keep()
    last = entries[-1].id
    make.session.close()
    with writer(make.database.engine).begin() as connection:
        connection.execute(delete(RegisterEntry))
    carried(make.database, empty, tmp_path)

    with empty.write() as session:
        sign(session, "Olga")
        home = find_consortium(session, operator("Olga"), None)
        session.add(entry := RegisterEntry(consortium=home, key="d", kind="k", code="d", name="d"))
        session.flush()
        assert entry.id == last + 1


def test_what_is_not_ours_is_left_out_and_named(sqlite_example: Database, tmp_path: Path) -> None:
    with writer(sqlite_example.engine).begin() as connection:
        connection.execute(text("CREATE TABLE somebody_elses (number integer)"))

    taken = carried(sqlite_example, Database(f"sqlite:///{tmp_path}/new.sqlite"), tmp_path)

    assert taken.left_out == ("somebody_elses",)


def test_an_sqlite_without_a_log_is_read_from_a_copy_and_can_be_written_meanwhile(
    sqlite_example: Database, tmp_path: Path
) -> None:
    from consortium.models.dialect.engines import ALONE
    from consortium.models.dialect.whole import still

    with sqlite_example.engine.execution_options(**{ALONE: True}).connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = delete")
    with still(sqlite_example.engine) as connection:
        before = connection.scalar(text("SELECT count(*) FROM letter"))
        with writer(sqlite_example.engine).begin() as other:
            other.execute(text("UPDATE consortium SET programme = 'New'"))
        assert connection.scalar(text("SELECT programme FROM consortium")) != "New"
    assert before == 0

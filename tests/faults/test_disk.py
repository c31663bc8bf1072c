"""A disk that is full or read-only: a plain message, nothing half, and everything works when there is room again."""

import errno
import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from consortium.cli.entry import run
from consortium.jobs.folder import FolderPost
from consortium.migrations import downgrade, present_revision
from consortium.models import Database, indexing
from consortium.models.dialect import writer
from consortium.services.files import FORSAKEN, whole_file
from consortium.testing import Make
from consortium_admin.refusals import PAGES
from tests.admin.keeping import as_person
from tests.admin.page import Page
from tests.admin.sending import visitor_of
from tests.jobs.outbox import fill, send, the_letter
from tests.long.grounds import fill_world, write_rows
from tests.long.promises import picture
from tests.long.saving import FORM, LEAD, fill_with_lead
from tests.long.stage import Play, play, words


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def no_room(*_given: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_report_that_has_no_room_is_told_by_name_and_the_old_one_stays(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_world(sqlite)
    report = tmp_path / "out" / "r.md"
    report.parent.mkdir()
    report.write_text("old")
    command = [*words(sqlite.url, "report", "--as-of", "2026-06-15", "--language", "nb", "--output", report)]

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        assert run(command) == 1

    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith(f"{report} cannot be written: a disk is full. Make room on it")
    assert (report.read_text(), files(report.parent)) == ("old", {"r.md"})
    assert run(command) == 0


def test_an_import_that_has_no_room_changes_nothing(sqlite: Database, tmp_path: Path) -> None:
    fill_world(sqlite)
    before = picture(sqlite)
    sqlite.engine.dispose()
    command = words(sqlite.url, "import", write_rows(tmp_path / "rows.xlsx"))

    end = play(Play(command, tmp_path / "log", most_bytes=200_000))

    assert (end.code, end.said.count("\n")) == (3, 1)
    assert "Nothing was changed" in end.said
    assert picture(sqlite) == before
    assert "100 new" in play(Play(command, tmp_path / "log")).said


def test_an_answer_that_has_no_room_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys.stdout, "write", no_room)
        assert run(["--ui-language", "en", "--version"]) == 1
    assert "No space left on device" in capsys.readouterr().err


def test_a_letter_that_has_no_room_waits_and_leaves_nothing_half(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(make)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        assert send(make.database, FolderPost(tmp_path / "ut")) == {"failed": 1}
    assert "a disk is full" in the_letter(make.database).error
    assert files(tmp_path / "ut") == set()


@pytest.mark.parametrize(("age", "is_swept"), [(FORSAKEN + 1, True), (FORSAKEN - 60, False)])
def test_what_a_killed_writer_has_left_is_swept_when_it_is_old(tmp_path: Path, age: int, is_swept: bool) -> None:
    left, strange = tmp_path / ".r.html.abc.part", tmp_path / ".q.html.abc.part"
    now = tmp_path.stat().st_mtime
    for each in (left, strange):
        each.touch()
        os.utime(each, (now - age, now - age))

    with whole_file(tmp_path / "r.html") as file:
        file.write(b"new")

    assert left.exists() is not is_swept
    assert strange.exists()


def test_a_database_is_brought_up_to_date_with_its_index_or_not_at_all(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    downgrade(writer(sqlite.engine), "0003")

    def fail(_session: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(indexing, "fill", fail)
        with pytest.raises(KeyboardInterrupt):
            sqlite.prepare()

    assert present_revision(sqlite.engine) == "0003"
    sqlite.prepare().require()


def test_where_nothing_can_be_written_pages_are_read_and_saves_are_refused(
    sqlite: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_with_lead(sqlite)
    lead = as_person(sqlite, LEAD)
    sqlite.engine.dispose()
    event.listen(sqlite.engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only = on"))
    client = visitor_of(sqlite, lead)
    said = {"state": "on_track", "language": "nb", "summary": "Ord.", "day": "2026-06-15", "do": "send"}

    form = client.get(FORM)
    answer = client.post(FORM, data={**said, "csrf_token": Page(form).value_of("csrf_token")})

    assert (form.status_code, answer.status_code) == (200, 503)
    assert PAGES[503][0].say("en") in answer.text
    assert '"fault"' not in capsys.readouterr().err

"""Disks that fill up, and that nobody may write on: real ones, a few megabytes large; ``make test-disks``, as root."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consortium.models import Database
from tests.jobs.server import free_port
from tests.long import stage
from tests.long.grounds import Ground, SqliteGround, fill_many, fill_world, sqlite_ground, write_rows
from tests.long.promises import broken, picture, strange_files
from tests.long.saving import FORM, LEAD, PATIENCE, ask, connected, fill_with_lead, filled_in, serve, token_of, wait_for
from tests.long.stage import Play, begun, play, said_in, words

stage.use_server()

ROUNDS = int(os.environ.get("CONSORTIUM_ROUNDS", "20"))


@pytest.fixture(scope="session", autouse=True)
def _may_mount() -> None:
    """Say in one line what is missing."""
    if os.geteuid() != 0:
        pytest.exit("Disks can be mounted by root alone. Run it as root.", returncode=1)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of its own."""
    path = tmp_path / "disk"
    path.mkdir()
    _run("mount", "-t", "tmpfs", "-o", "size=3m", "none", path)
    try:
        yield path
    finally:
        _run("umount", path)


def _run(*command: str | Path) -> None:
    subprocess.run(list(map(str, command)), check=True)  # noqa: S603  # ours


@contextmanager
def full(disk: Path, room: int) -> Iterator[None]:
    """Fill a disk but for so many bytes."""
    ballast = disk / "ballast"
    found = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(found.f_bavail * found.f_frsize - room, 1))
    try:
        yield
    finally:
        ballast.unlink()


def test_a_data_folder_that_is_full_loses_nothing_and_works_again(disk: Path, tmp_path: Path) -> None:
    with sqlite_ground(tmp_path, fill_world) as at:
        ground = SqliteGround(disk, at.master)
    ground.reset()
    rows, before = write_rows(tmp_path / "rows.xlsx"), _picture(ground)
    for each in range(ROUNDS):
        with full(disk, room=each * 40_000):
            end = play(Play(words(ground.url, "import", rows), tmp_path / "log"))
        if end.code == 0:
            ground.reset()
            continue
        assert (end.code, end.said.count("\n")) == (3, 1), end.said
        assert "Nothing was changed" in end.said or "cannot be opened" in end.said
        assert _picture(ground) == before
    assert "100 new" in play(Play(words(ground.url, "import", rows), tmp_path / "log")).said


def test_a_report_folder_that_is_full_keeps_the_old_report(disk: Path, tmp_path: Path) -> None:
    with sqlite_ground(tmp_path, fill_many) as ground:
        report = disk / "r.html"
        report.write_bytes(b"old")
        command = words(ground.url, "report", "--as-of", "2026-06-15", "--language", "nb", "--output", report)
        for each in range(ROUNDS):
            with full(disk, room=each * 4096):
                end = play(Play(command, tmp_path / "log"))
                assert (end.code, end.said.count("\n")) == (1, 1), end.said
                assert f"{report} cannot be written" in end.said
                assert strange_files(disk, {"r.html", "ballast"}) == []
            assert report.read_bytes() == b"old"
        assert play(Play(command, tmp_path / "log")).code == 0


def test_on_a_disk_that_nobody_may_write_pages_are_read_and_saves_are_refused(disk: Path, tmp_path: Path) -> None:
    with sqlite_ground(tmp_path, fill_with_lead) as at:
        ground = SqliteGround(disk, at.master)
    ground.reset()
    work = Play((ground.url, str(port := free_port())), tmp_path / "log")
    _run("mount", "-o", "remount,ro", disk)
    with begun(work, serve):
        wait_for(port, time.monotonic() + PATIENCE)
        with connected(port) as connection:
            form = ask(connection, "GET", FORM, {"Cookie": f"as={LEAD}"})
            headers = {"Cookie": f"as={LEAD}; {form.cookie}"}
            said = {**filled_in("Ord."), "csrf_token": token_of(form)}
            answers = [ask(connection, "POST", FORM, headers, said).status]
            answers += [ask(connection, "GET", path, headers).status for path in ("/tasks/", FORM, "/sub-projects/")]
            _run("mount", "-o", "remount,rw", disk)
            answers.append(ask(connection, "POST", FORM, headers, said).status)
    assert answers == [503, 200, 200, 200, 303]
    assert '"fault"' not in said_in(work)


def _picture(ground: Ground) -> dict[str, str]:
    database = Database(ground.url)
    try:
        assert broken(database) == []
        return picture(database)
    finally:
        database.engine.dispose()

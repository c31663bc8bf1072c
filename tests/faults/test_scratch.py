"""Folders for work in between go with the work, and what a killed process has left goes with the next one."""

import os
import signal
from pathlib import Path

import pytest

from consortium.scratch import LOCKED_BY, PREFIX, scratch_folder


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary files lie in a folder of their own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def struck_down(beside: Path | None = None) -> Path:
    """Let somebody make a folder, strike them down, and let a while go by."""
    ours, theirs = os.pipe()
    if not (number := os.fork()):
        with scratch_folder(beside) as folder:
            (folder / "facts").touch()
            os.write(theirs, bytes(folder))
            signal.pause()
    left = Path(os.fsdecode(os.read(ours, 4096)))
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    os.close(ours)
    os.close(theirs)
    grow_old(left)
    return left


def grow_old(path: Path) -> None:
    past = path.stat().st_mtime - 2 * LOCKED_BY
    os.utime(path, (past, past))


def test_a_folder_goes_with_its_work(scratch: Path) -> None:
    with scratch_folder() as folder:
        (folder / "facts").touch()
        assert list(scratch.iterdir()) == [folder]

    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("name", ["", "x.sqlite"])
def test_what_a_killed_process_has_left_goes_with_the_next_one(scratch: Path, name: str) -> None:
    beside = scratch / name if name else None
    left = struck_down(beside)
    assert (left / "facts").exists()

    with scratch_folder(beside) as folder:
        assert list(scratch.iterdir()) == [folder]


def test_what_somebody_is_at_work_in_stays_however_old_it_is(scratch: Path) -> None:
    with scratch_folder() as one:
        grow_old(one)
        with scratch_folder():
            assert one.exists()


@pytest.mark.parametrize("name", ["consortium-mine", f"{PREFIX}mine", f"{PREFIX}new_ones"])
def test_folders_of_others_and_new_ones_stay(scratch: Path, name: str) -> None:
    folder = scratch / name
    folder.mkdir()
    if not name.endswith("new_ones"):
        grow_old(folder)

    with scratch_folder():
        assert folder.exists()


def test_a_link_is_not_followed(scratch: Path) -> None:
    (mine := scratch / "mine").mkdir()
    (mine / "letter").touch()
    grow_old(mine)
    (scratch / f"{PREFIX}a_link_8").symlink_to(mine)

    with scratch_folder():
        assert (mine / "letter").exists()

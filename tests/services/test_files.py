"""Files: whole or not at all, and devices and links left in peace."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consortium.services.files import UnwritableFile, whole_file


def write(path: Path, content: bytes = b"new") -> None:
    with whole_file(path) as file:
        file.write(content)


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write(path, b"old")

    def fail_half_way() -> None:
        with whole_file(path) as file:
            file.write(b"ne")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("old", [b"old", None])
def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path, old: bytes | None) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    if old:
        target.write_bytes(old)
    link.symlink_to("target")

    write(link)

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_pipe_gets_the_bytes_and_stays_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(path.read_bytes)
        write(path)

    assert read.result() == b"new"
    assert path.is_fifo()


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    link = tmp_path / "nothing"
    link.symlink_to(os.devnull)

    write(link)

    assert link.is_symlink()
    assert Path(os.devnull).is_char_device()
    assert list(tmp_path.iterdir()) == [link]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match=r"is a folder. Name a file"):
        write(tmp_path)


def test_a_circle_of_links_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    write(tmp_path / "a")

    assert (tmp_path / "a").read_bytes() == b"new"

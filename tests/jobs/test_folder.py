"""The folder: every letter is a file, whole, in order, and for our eyes only."""

from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from consortium.jobs.folder import FolderPost
from consortium.jobs.posts import post_by_setting
from consortium.jobs.taking import LEASE
from consortium.testing import Make
from tests.jobs.outbox import fill, letters, send, the_letter


def test_letters_lie_in_the_folder_in_the_order_in_which_they_were_written(make: Make, tmp_path: Path) -> None:
    fill(make, 3)

    assert send(make.database, FolderPost(tmp_path / "brev" / "ut")) == {"sent": 3}

    files = sorted((tmp_path / "brev" / "ut").iterdir())
    assert [each.name for each in files] == sorted(f"{each.key}.eml" for each in letters(make.database))
    assert {message_from_bytes(each.read_bytes(), policy=SMTP)["To"] for each in files} == {"liv@example.org"}
    assert {each.stat().st_mode & 0o077 for each in (*files, files[0].parent)} == {0}


def test_a_letter_that_is_written_again_is_one_file(make: Make, tmp_path: Path) -> None:
    fill(make)

    class Crash(FolderPost):
        def send(self, *given: object) -> None:
            super().send(*given)  # type: ignore[arg-type]  # what it was given
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(make.database, Crash(tmp_path / "ut"))
    assert send(make.database, FolderPost(tmp_path / "ut"), after=LEASE) == {"sent": 1}
    assert len(list((tmp_path / "ut").iterdir())) == 1


def test_a_folder_that_cannot_be_written_keeps_letters_waiting(make: Make, tmp_path: Path) -> None:
    fill(make)
    (tmp_path / "fil").write_text("")

    assert send(make.database, FolderPost(tmp_path / "fil")) == {"failed": 1}
    assert "File exists" in the_letter(make.database).error


def test_without_a_server_letters_are_files_where_we_are_told_or_in_var() -> None:
    assert post_by_setting({}) == FolderPost(Path("var/mail"))
    assert post_by_setting({"CONSORTIUM_MAIL_FOLDER": "/brev"}) == FolderPost(Path("/brev"))

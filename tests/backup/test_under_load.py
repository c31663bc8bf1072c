"""A backup tells one moment, however much is written while it is taken; the long run is in tests/long/backup.py."""

from pathlib import Path

from consortium.models import Database
from tests.backup.under_load import files_in, torn_backups


def test_backups_under_load_tell_one_moment_each(example: Database, tmp_path: Path) -> None:
    torn, written = torn_backups(example, 3, tmp_path, files_in(tmp_path))

    assert torn == []
    assert written > 0

"""What the tests of files share: a small consortium that no file may change for the next one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consortium.models import Database
from tests.services.rows import BASE, bring


@pytest.fixture(scope="module")
def place(_sqlite_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give a database with the small consortium in it, which stays as it is."""
    folder = tmp_path_factory.mktemp("place")
    shutil.copyfile(_sqlite_master, folder / "place.sqlite")
    ready = Database(f"sqlite:///{folder}/place.sqlite")
    bring(ready, folder, BASE)
    yield ready
    ready.engine.dispose()

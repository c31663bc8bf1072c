"""What a running process remembers when another database takes the place of its own."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consortium.backup import restore, take
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.policy import operator
from consortium.services.switches import switch, switched
from consortium.testing import Make
from tests.services.guests import open_desk


def say(database: Database, **others: Any) -> None:
    with database.write() as session:
        home = find_consortium(session, operator("O"))
        switch(session, operator("O"), consortium=home, plugin="coast", **others)


def are_on(database: Database) -> tuple[bool, bool]:
    with database.read() as session:
        found = switched(session, consortium=find_consortium(session, operator("O")))
        return found.allow("coast", "weather"), found.allow("coast", "tides")


def test_switches_that_a_backup_does_not_know_are_forgotten(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_desk(monkeypatch, "consortium.services.switches")
    with Session(sqlite.engine.execution_options(consortium_writing=True)) as session:
        (make := Make(sqlite, session)).partner()
        make.keep()
    take(sqlite, tmp_path / "backup")
    say(sqlite, variant="weather", is_on=False)
    assert are_on(sqlite) == (False, True)

    file = Path(str(sqlite.engine.url.database))
    for each in file.parent.glob(f"{file.name}*"):
        each.rename(tmp_path / f"old-{each.name}")
    restore(tmp_path / "backup", sqlite)
    say(sqlite, variant="tides", is_on=False)

    assert are_on(sqlite) == (True, False)

"""One house for all tests of plugins that tell: three sub-projects, which no test changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consortium import clock
from consortium.facts import Stream
from consortium.models import Database
from consortium.plugins.apart import process, walls
from consortium.plugins.apart.asking import kept
from consortium.services.facts import gather_facts
from consortium.testing import TODAY, Make
from tests.plugins.house import CANARY, REPORTER, House, processes_in


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, _sqlite_master: Path) -> House:
    path = tmp_path_factory.mktemp("house") / f"{CANARY}.sqlite"
    path.write_bytes(_sqlite_master.read_bytes())
    database = Database(f"sqlite:///{path}")
    with (
        clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)),
        Session(database.engine.execution_options(consortium_writing=True)) as session,
    ):
        make = Make(database, session)
        for _number in range(3):
            make.status(make.sub_project())
        session.commit()
        facts = gather_facts(session, make.operator, consortium=make.home, day=TODAY)
    database.engine.dispose()
    known = tuple(
        replace(each, current=replace(each.current, reported_by=REPORTER))
        for each in facts.sub_projects
        if each.current
    )
    return House(path, replace(facts, sub_projects=Stream(lambda: known)))


@pytest.fixture(scope="session")
def sound(house: House) -> list[Any]:
    """The report of a guest without a fault, told in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONSORTIUM_GUESTS", "inside")
        return house.report(patch, "sound")[0]


@pytest.fixture
def guarded(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[House]:
    """Give the house, with little time for guests; insist that no process and no file is left, and the database is as it was."""
    monkeypatch.setenv("CONSORTIUM_GUEST_SECONDS", "2")
    monkeypatch.setenv("CONSORTIUM_DATABASE_URL", f"postgresql://{CANARY}")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = house.digest
    yield house
    assert list(processes_in(str(tmp_path))) == []
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("consortium-")] == []
    assert house.digest == before


@pytest.fixture
def bare(guarded: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Give the house on a machine without bubblewrap."""
    monkeypatch.setattr(walls, "bubblewrap", lambda: "")
    monkeypatch.setattr(process, "behind_walls", walls.behind_walls)
    return guarded


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Let every test ask anew: these facts have been changed without their fingerprint."""
    kept.forget()

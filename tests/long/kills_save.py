"""The admin, struck down at hundreds of moments while a status is saved: ``pytest tests/long/kills_save.py``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.long import stage
from tests.long.grounds import Ground, either_ground
from tests.long.kills import KILLS
from tests.long.saving import Saved, fill_with_lead, strike_saves

stage.use_server()


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """Make a ground with somebody who leads a sub-project."""
    with either_ground(request, tmp_path, fill_with_lead) as made:
        yield made


def test_what_the_admin_has_acknowledged_is_there(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    saved: Saved = strike_saves(ground, kills=KILLS, seed=1)

    with capsys.disabled():
        print(f"\nsaves on {ground.url.partition(':')[0]}: {saved}")
    assert saved.wrong == []
    assert saved.lost == 0

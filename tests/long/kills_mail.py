"""Letters, struck down at hundreds of moments while they are sent: ``pytest tests/long/kills_mail.py``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.server import Server, serving
from tests.long import stage
from tests.long.grounds import Ground, either_ground
from tests.long.kills import KILLS
from tests.long.posting import fill_outbox, strike_post

stage.use_server()


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    """Make a ground with letters in the outbox."""
    with either_ground(request, tmp_path, fill_outbox) as made:
        yield made


def test_no_letter_is_lost_and_the_outbox_tells_the_truth(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Server()) as server:
        posted = strike_post(ground, server, kills=KILLS, seed=1)

    with capsys.disabled():
        print(
            f"\nmail on {ground.url.partition(':')[0]}: {posted.killed} kills, {posted.finished} too late; "
            f"{posted.lost} lost, {posted.twice} twice, {posted.unsure} left to ask, {len(posted.wrong)} wrong"
        )
    assert posted.wrong == []
    assert posted.lost == 0
    assert posted.twice <= posted.killed

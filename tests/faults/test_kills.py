"""Struck down at a few moments; ``tests/long/kills.py`` and its neighbours do the same at hundreds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from consortium.models import Database
from tests.jobs.server import Server, serving
from tests.long.grounds import Ground, fill_world, ground_of
from tests.long.plays import PIECES, Rehearsal, Tally
from tests.long.posting import fill_outbox, strike_post
from tests.long.stage import play

#: parts of the work after which it is struck down
MOMENTS = (0.3, 0.8, 0.97)


@pytest.fixture
def ground(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Ground]:
    """Make a ground that begins as somebody fills it."""
    request.param(database)
    is_file = database.url.startswith("sqlite")
    with ground_of(database, tmp_path, "" if is_file else request.getfixturevalue("_postgresql_url")) as made:
        yield made


@pytest.mark.parametrize("ground", [fill_world], indirect=True)
def test_an_import_that_is_struck_down_has_brought_all_or_nothing(ground: Ground) -> None:
    rehearsal, tally = Rehearsal(PIECES["import"], ground, times=1), Tally()

    for moment in MOMENTS:
        rehearsal.restore()
        rehearsal.judge(play(rehearsal.work(), kill_after=moment * rehearsal.work_done), tally)

    assert tally.wrong == []
    assert (tally.old + tally.new, tally.killed > 0) == (len(MOMENTS), True)


@pytest.mark.parametrize("ground", [fill_outbox], indirect=True)
def test_letters_that_were_being_sent_are_sent_once_or_told(ground: Ground) -> None:
    with serving(Server()) as server:
        posted = strike_post(ground, server, kills=1, seed=3)

    assert (posted.wrong, posted.lost, posted.killed) == ([], 0, 1)
    assert posted.twice <= 1

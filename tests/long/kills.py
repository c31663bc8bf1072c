"""Struck down at hundreds of moments: import, snapshot, report, migration; ``pytest tests/long/kills.py``.

``CONSORTIUM_KILLS`` says how often each, 300 times unless told otherwise.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.long import stage
from tests.long.grounds import postgresql_ground, sqlite_ground
from tests.long.plays import FORMATS, PIECES, Rehearsal, Tally, strike

stage.use_server()

KILLS = int(os.environ.get("CONSORTIUM_KILLS", "300"))

#: the reports together are struck down as often as each of the others
TIMES = {name: KILLS if "." not in name else -(-KILLS // len(FORMATS)) for name in PIECES}


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Say on which database."""
    return str(request.param)


@pytest.fixture
def rehearsal(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rehearsal]:
    """Rehearse a piece on a ground of its own."""
    piece = PIECES[request.node.callspec.params["name"]]
    if kind == "sqlite":
        with sqlite_ground(tmp_path, piece.fill) as ground:
            yield Rehearsal(piece, ground)
        return
    with postgresql_ground(tmp_path, piece.fill, request.getfixturevalue("_postgresql_url")) as ground:
        yield Rehearsal(piece, ground)


@pytest.mark.parametrize("name", PIECES)
def test_whatever_is_struck_down_is_old_or_new(
    rehearsal: Rehearsal, name: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = strike(rehearsal, kills=TIMES[name], seed=1)

    with capsys.disabled():
        tell(name, kind, tally, rehearsal)
    assert tally.wrong == []


def tell(name: str, kind: str, tally: Tally, rehearsal: Rehearsal) -> None:
    """Tell what came of it, in a line."""
    print(
        f"\n{name} on {kind}: {tally.killed} kills, {tally.finished} too late; {tally.old} old, {tally.new} new, "
        f"{len(tally.wrong)} wrong; {tally.parts} parts left; {rehearsal.work_done:.2f} s of work each",
        *tally.wrong,
        sep="\n  ",
    )

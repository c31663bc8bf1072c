"""SQLite, PostgreSQL and a plain model of the domain say the same, whatever is done in whatever order."""

from pathlib import Path

import pytest

from consortium.models import Database
from tests.concurrency.running import run

#: in the suite; the long run takes 100,000 steps
RUNS, STEPS = 4, 40


def test_both_databases_do_what_the_model_says(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql: Database
) -> None:
    done = run(request.getfixturevalue("_sqlite_master"), tmp_path, postgresql, runs=RUNS, steps=STEPS)

    assert done["done"] > STEPS

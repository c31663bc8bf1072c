"""The domain on both databases beside a plain model, in long: 100,000 steps.

CONSORTIUM_STEPS=100000 pytest tests/long/machine.py -s
"""

import os
import time
from pathlib import Path

import pytest

from consortium.models import Database
from tests.concurrency.running import run

#: steps in all, and those of one run
STEPS, EACH = int(os.environ.get("CONSORTIUM_STEPS", "100000")), 200

#: steps after which everything is compared, and after which two snapshots may be compared again
EVERY, BETWEEN = 100, 20


def test_both_databases_do_what_the_model_says(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql: Database
) -> None:
    began = time.monotonic()

    master = request.getfixturevalue("_sqlite_master")
    done = run(master, tmp_path, postgresql, runs=STEPS // EACH, steps=EACH, every=EVERY, between=BETWEEN)

    took, count = time.monotonic() - began, sum(done.values())
    print(f"\n{count} steps on both databases, {1000 * took / count:.1f} ms each, 0 differences: {dict(done)}")
    assert count > STEPS // 2

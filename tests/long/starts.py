"""The admin is struck down, and starts anew by itself: how long until it answers; ``pytest -s tests/long/starts.py``.

The process is the one that people start, cold, with its modules compiled, as an installed program has them.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.jobs.server import free_port
from tests.long.grounds import sqlite_ground
from tests.long.saving import PATIENCE, fill_with_lead, wait_for

TIMES = int(os.environ.get("CONSORTIUM_STARTS", "10"))

#: seconds until the first answer
MOST = 5.0


def test_whoever_was_struck_down_answers_again_in_seconds(tmp_path: Path) -> None:
    with sqlite_ground(tmp_path, fill_with_lead) as ground:
        _first, *took = [start(ground.url, tmp_path) for _time in range(TIMES + 1)]

    print(f"\n{len(took)} starts: {min(took):.2f} to {max(took):.2f} s until the first answer")
    assert max(took) < MOST


def start(url: str, folder: Path) -> float:
    """Start the admin, wait until it answers, and strike it down; returns the seconds until the answer."""
    port, began = free_port(), time.monotonic()
    command = [sys.executable, "-c", "from consortium.cli import main; main()", "--database", url, "serve"]
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    said = {**os.environ, **compiled}
    with subprocess.Popen([*command, "--port", str(port)], env=said, stdout=subprocess.DEVNULL) as process:  # noqa: S603  # ours
        try:
            wait_for(port, began + PATIENCE)
            return time.monotonic() - began
        finally:
            process.kill()

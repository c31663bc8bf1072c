"""The worker: delivers when it is woken, survives what goes wrong, and ends when told."""

from datetime import timedelta
from threading import Event

import pytest

from consortium import clock
from consortium.errors import DatabaseBusy, InvalidValue
from consortium.i18n.message import _
from consortium.jobs.taking import Taken
from consortium.jobs.worker import Worker, worker_by_setting
from consortium.models import Database, Letter
from consortium.testing import Make
from tests.jobs.outbox import Pigeon, fill, letters, the_letter
from tests.services.letters import HEAD, a_letter

#: longer than any test waits, in seconds
LONG = 30


class Bell(Pigeon):
    """A post that rings when it has a letter."""

    def __init__(self, *faults: BaseException | None) -> None:
        super().__init__(*faults)
        self.rung = Event()

    def send(self, taken: Taken, sender: str) -> None:
        """Ring."""
        self.rung.set()
        super().send(taken, sender)


def test_what_waits_is_delivered_at_once_and_what_comes_when_it_is_woken(make: Make) -> None:
    a_letter(make), a_letter(make)
    make.session.get_one(Letter, 2).next_try += timedelta(hours=1)
    make.keep()
    make.session.close()
    post = Bell()
    with Worker(make.database, post, HEAD, pause=LONG) as worker:
        assert post.rung.wait(LONG)
        post.rung.clear()
        with make.database.write() as session:
            session.get_one(Letter, 2).next_try = clock.now()
        worker.wake()
        assert post.rung.wait(LONG)

    assert [each.state for each in letters(make.database)] == ["sent", "sent"]


def test_it_ends_soon_and_after_the_letter_that_is_on_its_way(make: Make) -> None:
    fill(make, 3)
    begun, going = Event(), Event()

    class Slow(Pigeon):
        def send(self, taken: Taken, sender: str) -> None:
            begun.set()
            assert going.wait(LONG)
            super().send(taken, sender)

    worker = Worker(make.database, Slow(), HEAD, pause=LONG)
    worker.start()
    assert begun.wait(LONG)
    worker._stopped.set()
    going.set()
    worker.stop()

    assert not worker._thread.is_alive()
    assert sorted(each.state for each in letters(make.database)) == ["queued", "queued", "sent"]


def test_a_database_that_is_out_of_reach_for_a_moment_is_asked_again(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fill(make)
    post, asked = Bell(), list[str]()

    def fail_once(database: Database) -> bool:
        asked.append("?")
        if len(asked) == 1:
            raise RuntimeError("borte")
        return the_letter(database).state == "queued"

    monkeypatch.setattr("consortium.jobs.delivering.is_due", fail_once)
    with Worker(make.database, post, HEAD, pause=0.01):
        assert post.rung.wait(LONG)

    assert "letters wait: RuntimeError" in caplog.text


def test_a_database_that_is_busy_is_asked_again_and_said_in_words(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told = Event()

    def refuse(_database: Database) -> bool:
        told.set()
        raise DatabaseBusy(_("Somebody else is writing much at once."))

    monkeypatch.setattr("consortium.jobs.delivering.is_due", refuse)
    with Worker(make.database, Bell(), HEAD, pause=LONG):
        assert told.wait(LONG)

    assert "letters wait: Somebody else is writing" in caplog.text


def test_the_environment_decides_whether_there_is_a_worker(sqlite: Database) -> None:
    assert isinstance(worker_by_setting(sqlite, {}), Worker)
    assert worker_by_setting(sqlite, {"CONSORTIUM_WORKER": "off"}) is None
    with pytest.raises(InvalidValue, match="Write on or off"):
        worker_by_setting(sqlite, {"CONSORTIUM_WORKER": "kanskje"})

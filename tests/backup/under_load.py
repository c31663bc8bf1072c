"""Backups that are taken while somebody writes: each must tell one moment."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import select

from consortium.backup import restore, take
from consortium.models import Consortium, Database, RegisterEntry
from consortium.models.recording import sign

#: opens a new place to restore to, and clears it away
Places = Callable[[], AbstractContextManager[Database]]


#: seconds between two units, so that a hundred backups are not each larger than the one before
PACE = 0.02


@dataclass
class Counter:
    """Counts on in two tables in each unit: the first one a backup reads early, the other one late.

    :ivar written: units that are kept
    """

    database: Database
    written: int = 0
    faults: list[BaseException] = field(default_factory=list)

    def prepare(self) -> None:
        """Make the row of the second count."""
        with self.database.write() as session:
            sign(session, "Counter")
            home = session.scalars(select(Consortium)).one()
            session.add(RegisterEntry(consortium=home, key="count", kind="k", code="c", name="0"))
            home.programme = "0"

    def count_on(self, stop: Event, begun: Event) -> None:
        """Write until somebody says stop."""
        try:
            while not stop.is_set():
                with self.database.write() as session:
                    sign(session, "Counter")
                    session.scalars(select(Consortium)).one().programme = str(self.written + 1)
                    session.scalars(select(RegisterEntry)).one().name = str(self.written + 1)
                self.written += 1
                begun.set()
                stop.wait(PACE)
        except BaseException as fault:  # told by whoever waits for this thread
            self.faults.append(fault)
            begun.set()


@contextmanager
def counting(database: Database) -> Iterator[Counter]:
    """Let somebody count on while the block runs."""
    stop, begun, counter = Event(), Event(), Counter(database)
    counter.prepare()
    thread = Thread(target=counter.count_on, args=(stop, begun))
    thread.start()
    begun.wait()
    try:
        yield counter
    finally:
        stop.set()
        thread.join()
    assert not counter.faults, counter.faults


def torn_backups(database: Database, count: int, folder: Path, places: Places) -> tuple[list[str], int]:
    """Take backups while somebody writes, restore each, and say which do not tell one moment, and how much was written."""
    torn = []
    with counting(database) as counter:
        for turn in range(count):
            path = folder / f"{turn}.zip"
            before = counter.written
            taken = take(database, path)
            after = counter.written
            with places() as place:
                restored = restore(path, place)
                first, second = counts(place)
            if first != second or not before <= first <= after + 1 or restored.broken_at is not None:
                torn.append(
                    f"{turn}: {before} <= {first} = {second} <= {after}, {restored.broken_at}, {taken.manifest.change}"
                )
            path.unlink()
    return torn, counter.written


def counts(database: Database) -> tuple[int, int]:
    """Read both counts."""
    with database.read() as session:
        home, entry = session.scalars(select(Consortium)).one(), session.scalars(select(RegisterEntry)).one()
        return int(home.programme), int(entry.name)


def files_in(folder: Path) -> Places:
    """Restore into SQLite files in ``folder``, each of which goes again."""

    @contextmanager
    def place() -> Iterator[Database]:
        path = folder / "restored.sqlite"
        database = Database(f"sqlite:///{path}")
        yield database
        database.engine.dispose()
        for each in folder.glob("restored.sqlite*"):
            each.unlink()

    return place

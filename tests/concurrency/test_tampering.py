"""Whatever somebody writes past us is found where it was written; and writers never fork the history."""

from consortium.models import Database
from consortium.testing import Make
from tests.concurrency.tampering import build, tamper
from tests.concurrency.writers import forks, write_at_once

#: in the suite; the long run does a thousand
ACTS, WRITERS, WRITTEN = 16, 3, 12


def test_every_act_of_tampering_is_found_in_its_place(make: Make, database: Database) -> None:
    build(make)

    assert sum(tamper(database, ACTS, seed=6).values()) == ACTS


def test_writers_at_once_never_fork_the_history(make: Make, database: Database) -> None:
    make.person()
    make.keep()
    make.session.close()
    before = forks(database)

    told = write_at_once(database, writers=WRITERS, changes=WRITTEN)

    after = forks(database)
    assert told == [""] * WRITERS
    assert (after.count - before.count, after.misfits, after.twice) == (WRITERS * WRITTEN, (), 0)

"""The history in long: a thousand acts of tampering, eight writers and ten thousand changes.

pytest tests/long/history.py -s
"""

from consortium.models import Database
from consortium.testing import Make
from tests.concurrency.tampering import build, tamper
from tests.concurrency.writers import forks, write_at_once

ACTS, WRITERS, WRITTEN = 1000, 8, 1250


def test_a_thousand_acts_of_tampering_are_found(make: Make, database: Database) -> None:
    build(make)

    done = tamper(database, ACTS, seed=2026)

    print(f"{database.engine.dialect.name}: {sum(done.values())} acts found in their place: {done}")
    assert min(done.values()) > 0 or database.engine.dialect.name == "postgresql"


def test_eight_writers_make_ten_thousand_changes_without_a_fork(make: Make, database: Database) -> None:
    make.person()
    make.keep()
    make.session.close()
    before = forks(database).count

    told = write_at_once(database, writers=WRITERS, changes=WRITTEN)

    after = forks(database)
    print(f"{database.engine.dialect.name}: {after.count - before} changes, {after.twice} forks, {told}")
    assert told == [""] * WRITERS
    assert (after.count - before, after.misfits, after.twice) == (WRITERS * WRITTEN, (), 0)

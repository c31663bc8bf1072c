"""Whatever somebody writes past us is found where it was written; and writers never fork the history."""

from sqlalchemy import select, update

from consortium.models import Change, Database, Person
from consortium.testing import Make
from tests.concurrency.tampering import CHANGES, build, tamper, undone, verified
from tests.concurrency.writers import forks, write_at_once

#: in the suite; the long run does a thousand
ACTS, WRITERS, WRITTEN = 16, 3, 12


def test_every_act_of_tampering_is_found_in_its_place(make: Make, database: Database) -> None:
    build(make)

    assert sum(tamper(database, ACTS, seed=6).values()) == ACTS


def test_a_person_whose_values_are_erased_leaves_the_chain_whole(make: Make, database: Database) -> None:
    person = make.person("Kari Nordmann", email="kari@example.org")
    make.keep()
    person.name, person.email = "–", ""
    make.keep()
    number = person.id
    make.session.close()
    with undone(database) as connection:
        own = (CHANGES.c.entity == Person.__tablename__, CHANGES.c.entity_id == number)
        connection.execute(update(CHANGES).where(*own).values(values={}, salt=""))

        found = verified(connection)

        assert (found.findings, len(found.erased)) == ((), 2)
        assert "Kari" not in str(connection.scalars(select(Change.values)).all())


def test_writers_at_once_never_fork_the_history(make: Make, database: Database) -> None:
    make.person()
    make.keep()
    make.session.close()
    before = forks(database)

    told = write_at_once(database, writers=WRITERS, changes=WRITTEN)

    after = forks(database)
    assert told == [""] * WRITERS
    assert (after.count - before.count, after.misfits, after.twice) == (WRITERS * WRITTEN, (), 0)

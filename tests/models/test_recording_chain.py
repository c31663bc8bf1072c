"""The chain of the history: whatever is changed in it afterwards is found."""

from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from consortium.models import Change, Database
from consortium.models.chain import digest_of, verify
from consortium.services.erasing import erase_person
from consortium.testing import Make

CHANGES: Any = Change.__table__


@pytest.fixture
def numbers(make: Make) -> list[int]:
    """Give the numbers of a history of five changes and more, in two consortia."""
    other = make.consortium("Et annet")
    for _ in range(3):
        make.person()
        make.keep()
    make.person(consortium=other)
    make.keep()
    found = list(make.session.scalars(select(Change.id).order_by(Change.id)))
    make.session.close()
    return found


def rewrite(connection: Connection, number: int, **values: Any) -> None:
    """Write past the recorder."""
    connection.execute(update(CHANGES).where(CHANGES.c.id == number).values(values))


@pytest.mark.parametrize(
    "values",
    [
        {"values": {"name": [None, "En annen"]}},
        {"values": {}},
        {"salt": "0" * 32},
        {"salt": ""},
        {"by": "En annen"},
        {"digest": "0" * 64},
        {"link": "0" * 64},
    ],
)
def test_an_edited_change_is_found(database: Database, numbers: list[int], values: dict[str, Any]) -> None:
    with database.engine.begin() as connection:
        assert verify(connection) is None
        rewrite(connection, numbers[2], **values)

        assert verify(connection) == numbers[2]


def test_a_change_moved_to_another_consortium_is_found(make: Make, numbers: list[int]) -> None:
    with make.database.engine.begin() as connection:
        homes = connection.scalars(select(CHANGES.c.consortium_id).order_by(CHANGES.c.id)).all()
        (other,) = {*homes} - {homes[2]}
        rewrite(connection, numbers[2], consortium_id=other)

        assert verify(connection) == numbers[2]


def test_a_change_that_was_deleted_in_the_middle_is_found_at_the_next(database: Database, numbers: list[int]) -> None:
    with database.engine.begin() as connection:
        connection.execute(delete(CHANGES).where(CHANGES.c.id == numbers[2]))

        assert verify(connection) == numbers[3]


def test_two_changes_that_swapped_places_are_found(database: Database, numbers: list[int]) -> None:
    with database.engine.begin() as connection:
        for old, new in ((numbers[2], -1), (numbers[3], numbers[2]), (-1, numbers[3])):
            rewrite(connection, old, id=new)

        assert verify(connection) == numbers[2]


def test_who_knows_the_chain_cannot_guess_what_was_taken_out_of_it(make: Make) -> None:
    """What is left of a change after an erasure: its first digest, whose salt nobody has any more."""
    make.person("Kari Lind", key="kari")
    make.keep()
    before = make.session.execute(select(CHANGES).order_by(CHANGES.c.id.desc())).mappings().first()
    assert before is not None
    erase_person(make.session, make.operator, home=make.home, key="kari")
    make.keep()

    after = make.session.execute(select(CHANGES).where(CHANGES.c.id == before["id"])).mappings().one()

    assert digest_of(before) == before["digest"] == after["digest"]
    assert digest_of({**before, "salt": after["salt"]}) != after["digest"]
    assert verify(make.session) is None


@pytest.mark.parametrize("values", [{"by": "En annen"}, {"values": {}}, {"key": "kari"}, {"salt": "0" * 32}])
def test_a_change_is_found_that_was_edited_after_an_erasure(make: Make, values: dict[str, Any]) -> None:
    make.person("Kari Lind", key="kari")
    make.keep()
    number = make.session.scalars(select(CHANGES.c.id).order_by(CHANGES.c.id.desc())).first()
    assert number is not None
    erase_person(make.session, make.operator, home=make.home, key="kari")
    make.keep()
    make.session.close()

    with make.database.engine.begin() as connection:
        rewrite(connection, number, **values)

        assert verify(connection) == number

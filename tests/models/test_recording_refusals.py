"""What would pass the history by is refused in a session, and a matter of course on a connection."""

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from consortium.models import Database, Participation, Person, SubProject
from consortium.models.organisation import group_member
from consortium.models.recording import UnsignedWrite
from consortium.testing import Make

PERSON = {"consortium_id": 1, "key": "x", "name": "X", "language": "nb"}


@pytest.mark.parametrize(
    "statement",
    [
        update(SubProject.__table__).values(currency="SEK"),  # type: ignore[arg-type]  # it is a table
        delete(SubProject.__table__),  # type: ignore[arg-type]  # it is a table
        update(Participation).values(partner_id=1),
        insert(group_member).values(group_id=1, organisation_id=1),
        select(delete(Person.__table__).returning(Person.id).cte()),  # type: ignore[arg-type]  # it is a table
        text("UPDATE sub_project SET currency = 'SEK'"),
    ],
)
def test_statements_that_write_records_are_refused(make: Make, statement: object) -> None:
    with pytest.raises(UnsignedWrite, match="one by one"):
        make.session.execute(statement)  # type: ignore[call-overload]  # many kinds of statement at once
    with pytest.raises(UnsignedWrite, match="one by one"):
        make.session.connection().execute(statement)  # type: ignore[call-overload]  # as above


def test_bulk_writes_of_a_session_are_refused(make: Make) -> None:
    person = make.person()
    make.keep()

    with pytest.raises(UnsignedWrite, match="person"):
        make.session.bulk_update_mappings(Person.__mapper__, [{"id": person.id, "version": 1, "name": "Y"}])
    make.session.rollback()
    with pytest.raises(UnsignedWrite, match="person"):
        make.session.bulk_insert_mappings(Person.__mapper__, [PERSON])
    make.session.rollback()
    with pytest.raises(UnsignedWrite, match="person"):
        make.session.bulk_save_objects([Person(**PERSON)])


def test_a_unit_that_only_reads_keeps_nothing(database: Database) -> None:
    with database.read() as session, pytest.raises(UnsignedWrite, match="only reads"):
        session.commit()


def test_words_and_queries_may_read(make: Make) -> None:
    assert make.session.scalar(text("SELECT count(*) FROM person")) == 0
    assert make.session.scalars(select(Person)).all() == []


def test_a_connection_without_a_session_writes_as_it_likes(make: Make) -> None:
    make.person()
    make.keep()
    with make.database.engine.begin() as connection:
        assert connection.execute(update(Person.__table__).values(name="Y")).rowcount == 1  # type: ignore[arg-type]  # a table


def test_a_connection_is_free_again_when_its_session_has_ended(database: Database) -> None:
    with database.engine.connect() as connection:
        with Session(connection) as session:
            session.scalars(select(Person)).all()
        assert connection.execute(delete(Person.__table__)).rowcount == 0  # type: ignore[arg-type]  # it is a table

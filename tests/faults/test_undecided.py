"""A connection that is lost while a unit is kept: nobody says that nothing was changed."""

from typing import Any

import psycopg
import pytest

from consortium.errors import DatabaseProblem, Undecided
from consortium.models import Database
from consortium.testing import Make


def test_a_connection_that_is_lost_at_the_very_end_leaves_it_open_whether_it_was_kept(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep_and_go(connection: Any) -> None:
        connection.commit()
        connection.driver_connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(postgresql.engine.dialect, "do_commit", keep_and_go)

    with pytest.raises(Undecided, match="See whether it is there"):
        found(postgresql)


def found(database: Database, *, is_lost: bool = False) -> None:
    with database.write() as session:
        Make(database, session).consortium("Vidda")
        if is_lost:
            session.connection().connection.dbapi_connection.close()  # type: ignore[union-attr]  # it is there
            Make(database, session).consortium("Fjell")


def test_a_connection_that_is_lost_before_has_changed_nothing(postgresql: Database) -> None:
    with pytest.raises(DatabaseProblem, match="Nothing was changed"):
        found(postgresql, is_lost=True)

"""Units of work that meet: one waits, begins anew, or is told so in plain words."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from consortium.errors import Crossed, DatabaseBusy
from consortium.i18n.message import _
from consortium.models import Database
from consortium.models.database import MOST_TRIES, again
from consortium.models.dialect import engines
from consortium.testing import Make
from tests.admin.desk import desk_of
from tests.concurrency.crossing import cross, impatient_of_deadlocks, milestones


def test_who_will_not_wait_is_told_at_once_that_somebody_writes(sqlite: Database) -> None:
    with sqlite.write() as one:
        one.connection()
        with pytest.raises(DatabaseBusy, match="Try again in a moment"), sqlite.write(is_patient=False) as two:
            two.connection()


def test_nobody_waits_on_postgresql_for_ever(postgresql: Database) -> None:
    with postgresql.engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "5s"


@pytest.mark.parametrize(("fault", "tries"), [(Crossed, MOST_TRIES), (DatabaseBusy, 2)])
def test_what_always_meets_another_is_given_up_at_last(fault: type[DatabaseBusy], tries: int) -> None:
    begun = []

    def act() -> None:
        begun.append(1)
        raise fault(_("Stopped."))

    with pytest.raises(fault):
        again(act)
    assert len(begun) == tries


def test_units_that_cross_are_begun_again_and_nobody_is_told(make: Make, postgresql: Database) -> None:
    impatient_of_deadlocks(postgresql)
    milestones(make)
    meet = Barrier(2)

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(cross, postgresql, ("M0", "M1"), meet, "en")
        two = pool.submit(cross, postgresql, ("M1", "M0"), meet, "to")

        assert sorted((one.result(), two.result())) == [1, 2]


def test_whoever_meets_an_import_in_the_admin_reads_it_in_plain_words(
    make: Make, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 20)
    make.database.engine = engines.open_engine(sqlite.url)
    make.organisation("Nordmyr", key="o")
    desk = desk_of(make)
    sheet = desk.open("/organisations/edit/?id=o")

    with sqlite.write() as other:
        other.connection()
        answer = desk.send(sheet, {"name.nb": "Nytt"})

    assert answer.status_code == 503
    assert "Nothing was changed. Try again in a moment." in answer.text
    assert "locked" not in answer.text


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """Give the one database that a test is about."""
    name = "postgresql" if "postgresql" in request.fixturenames else "sqlite"
    ready: Database = request.getfixturevalue(name)
    return ready

"""What the benchmark of the admin rests on: rows as the recorder would keep them, and peers that show the same."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from benchmarks.admin.case import case_of
from benchmarks.admin.filling import Size
from benchmarks.admin.goals import SQL
from benchmarks.admin.keeping import fill_postgresql, fill_sqlite, kept_sqlite
from benchmarks.admin.looking import Differs, insist
from benchmarks.admin.peer_ours import FRAME
from benchmarks.admin.processes import FLOOR, OURS, RAW, Application
from benchmarks.admin.tables import SCHEMA, copy_tables, kept_tables
from consortium.models import Consortium, Database, TextIndex, indexing
from consortium_admin.views.kept import PAGES

#: a list of which something has changed asks so often: what has changed, what is counted, the page and what is told of it
ANEW = 10

#: a page that was kept asks for little more than the end of the history
FEW = 10

TINY = Size("tiny", 5, 120, 240)


class Here:
    """An application in this process."""

    def __init__(self, application: Application, told: dict[str, Any]) -> None:
        from importlib import import_module

        options = {**told, **application.options}
        if application is OURS:
            options.pop("peers")
        self.application = application
        self.peer = import_module(f"benchmarks.admin.{application.module}").open_peer(**options)
        self.peer._turns = count()  # some of the later drafts tell of milestones of days that have not come yet

    def ask(self, job: str) -> dict[str, Any]:
        ask = self.peer.prepare(job)
        self.peer.count()
        status, page = ask()
        return {"status": status, "page": page, "sql": self.peer.count()}

    def close(self) -> None:
        for floor in (getattr(self.peer, "raw", None), getattr(self.peer, "database", None)):
            if floor:
                (floor.connection.close if hasattr(floor, "connection") else floor.engine.dispose)()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    place = tmp_path_factory.mktemp("benchmarks")
    url = kept_sqlite(TINY, place)
    return {"url": url, "peers": str(kept_tables(TINY, place)), "case": case_of(url)}


@pytest.fixture(scope="module")
def ours(told: dict[str, Any]) -> Iterator[Here]:
    here = Here(OURS, told)
    here.ask("save")  # what is remembered is told by the history
    yield here
    here.peer.database.engine.dispose()


def lines(database: Database) -> set[tuple[Any, ...]]:
    columns = [column for column in TextIndex.__table__.columns if column.name != "id"]
    with database.read() as session:
        return {tuple(row) for row in session.execute(select(*columns))}


@pytest.mark.parametrize("fill", [fill_sqlite, fill_postgresql])
def test_the_index_that_is_filled_is_the_one_that_the_recorder_keeps(
    fill: Callable[[Database, Size], None], request: pytest.FixtureRequest
) -> None:
    database: Database = request.getfixturevalue(fill.__name__.removeprefix("fill_"))
    fill(database, replace(TINY, sub_projects=6, updates=12))
    filled = lines(database)
    with database.write() as session:
        indexing.rebuild(session, session.get_one(Consortium, 1))

    assert filled == lines(database)


@pytest.mark.parametrize("application", [RAW, FLOOR, OURS], ids=lambda each: each.name)
def test_every_application_shows_the_same_rows_and_words(application: Application, told: dict[str, Any]) -> None:
    here: Any = Here(application, told)

    insist(here, told["case"], told["peers"], often=1)
    with pytest.raises(Differs, match="is missing in the page “filter”"):
        insist(here, {**told["case"], "partner": "o4"}, told["peers"], often=1)


@pytest.mark.parametrize("application", [RAW, FLOOR, OURS], ids=lambda each: each.name)
def test_every_application_shows_the_same_on_postgresql(
    application: Application, told: dict[str, Any], postgresql: Database
) -> None:
    url = postgresql.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    fill_postgresql(postgresql, TINY)
    copy_tables(Path(told["peers"]), url)
    here: Any = Here(application, {"url": url, "peers": url, "case": case_of(url)})
    try:
        insist(here, told["case"], told["peers"], often=1)
    finally:
        here.close()
        with postgresql.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))


@pytest.mark.parametrize("page", SQL)
def test_a_page_asks_the_database_no_more_often_than_its_bound(page: str, ours: Here) -> None:
    ours.ask(page)
    sent = ours.ask(page)["sql"]

    assert sum(not any(own in statement for own in FRAME) for statement in sent) <= SQL[page]


def test_a_list_that_is_written_anew_asks_a_constant_number_of_times(ours: Here) -> None:
    sent = [each for each in ours.ask("anew")["sql"] if not any(own in each for own in FRAME)]

    assert len(sent) <= ANEW


@pytest.mark.parametrize("page", ["list", "middle", "rare", "common", "two", "filter"])
def test_no_page_walks_through_all_there_is(page: str, ours: Here) -> None:
    engine, plans = ours.peer.database.engine, list[str]()

    def explain(_connection: object, cursor: Any, statement: str, parameters: Any, *_others: object) -> None:
        if not statement.startswith(("BEGIN", "EXPLAIN")):
            plans.extend(row[-1] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    ours.ask(page)
    PAGES._kept.clear()  # so that the page is written anew
    event.listen(engine, "before_cursor_execute", explain)
    ours.ask(page)
    event.remove(engine, "before_cursor_execute", explain)

    assert len(plans) > FEW
    assert not [each for each in plans if each.startswith(("SCAN text_index", "SCAN status_update"))]

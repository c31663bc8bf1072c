"""The admin on the example, which nobody changes: one database and one app for all tests."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consortium import clock
from consortium.models import Database
from consortium.services.importing import import_file
from consortium.services.policy import Role, operator
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.admin.keeping import as_role
from tests.admin.page import Page

Read = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("admin") / "example.sqlite"
    database = Database(f"sqlite:///{path}").prepare()
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)), database.write() as session:
        import_file(session, operator("Olga Operatør"), path=example_file)
    yield database
    database.engine.dispose()


@pytest.fixture
def app(site: Database) -> Flask:
    return create_app(site, settings=Settings(), keeper=as_role(Role.AUDITOR, 1), day=TODAY)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def read(client: FlaskClient) -> Read:
    """Read a page of the example: ``read("/sub-projects/", lang="sv")``."""

    def read_page(path: str, lang: str = "en", **query: str) -> Page:
        response = client.get(path, query_string=query, headers={"Accept-Language": lang})
        assert response.status_code == 200
        return Page(response)

    return read_page

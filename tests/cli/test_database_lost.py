"""What ``serve`` answers when its database is lost under it: the page for that, and nothing of the inside."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from consortium.models import Database
from consortium.models.dialect import writer
from consortium.services.importing import import_file
from consortium.services.policy import Role, operator
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.refusals import PAGES
from consortium_admin.settings import Settings
from tests.admin.keeping import as_role

ROOTS = ("/sub-projects/", "/reports/")


@pytest.fixture
def client(sqlite: Database, example_file: Path) -> FlaskClient:
    with sqlite.write() as session:
        import_file(session, operator("Olga Operatør"), path=example_file)
    return create_app(sqlite, settings=Settings(), keeper=as_role(Role.STAFF, 1), day=TODAY).test_client()


@pytest.mark.parametrize("path", ROOTS)
def test_a_file_that_has_gone_gives_the_page_for_it_and_is_not_made_anew(
    client: FlaskClient, sqlite: Database, path: str
) -> None:
    file = Path(str(sqlite.engine.url.database))
    assert client.get(path).status_code == 200
    kept = file.rename(file.with_suffix(".kept"))

    response = client.get(path)

    assert response.status_code == 503
    assert PAGES[503][0].say("en") in response.text
    assert not file.exists()
    kept.rename(file)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ROOTS)
def test_tables_that_have_changed_give_the_page_for_it(client: FlaskClient, sqlite: Database, path: str) -> None:
    with writer(sqlite.engine).begin() as connection:
        connection.execute(text("ALTER TABLE sub_project RENAME TO hemmelig"))

    response = client.get(path)

    assert response.status_code == 503
    assert "sub_project" not in response.text

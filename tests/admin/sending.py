"""Forms in tests: opened, filled in and sent as a browser does it."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consortium.models import Database
from consortium.services.policy import Role
from consortium.testing import TODAY, Make
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.admin.keeping import Told, as_role
from tests.admin.page import Page


def visitor(make: Make, who: Role | Told = Role.STAFF) -> FlaskClient:
    """Keep what was made, and visit it as somebody of a role."""
    keeper = as_role(who, make.home.id) if isinstance(who, Role) else who
    key = make.home.key
    make.session.expire_on_commit = (
        False  # so that what was made can be asked without a unit of work that keeps others out
    )
    make.keep()
    return visitor_of(make.database, keeper, key)


def visitor_of(database: Database, keeper: Told, key: str | None = None) -> FlaskClient:
    """Visit a database as somebody."""
    return create_app(database, settings=Settings(), keeper=keeper, key=key, day=TODAY).test_client()


def send(client: FlaskClient, address: str, form_at: str = "", **said: str | list[str]) -> TestResponse:
    """Open the page with the form, and send it to ``address``."""
    page = Page(client.get(form_at or address))
    hidden = {
        each.attributes["name"]: each.attributes["value"] for each in page.all("input") if is_hidden(each.attributes)
    }
    kept = {name: value for name, value in hidden.items() if name in {"csrf_token", "version"}}
    return client.post(address, data={**kept, **said})


def is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("type") == "hidden"

"""Somebody at a desk: opens pages and sends their forms as a browser does, with all that is in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from consortium.models import Database, Record
from consortium.services.policy import Role
from consortium.testing import TODAY, Make
from consortium_admin.accounts.tables import Receipt
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from consortium_admin.visit import Visitor
from tests.admin.keeping import Told

K = TypeVar("K", bound=Record)


class Fields(HTMLParser):
    """Reads the fields of the form on a page that changes a record."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._is_in, self._menu, self._area = False, "", ""
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_in = given.get("method") == "post" and "action" not in given
        if not self._is_in or (tag == "input" and not given.get("name")):
            return
        if tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            self.pairs.append((given["name"], given.get("value", "")))
        if tag == "select":
            self._menu = given["name"]
            self.pairs.append((self._menu, ""))
        if tag == "option" and "selected" in given:
            self.pairs[-1] = (self._menu, given["value"])
        if tag == "textarea":
            self._area = given.get("name", "")
            self.pairs.append((self._area, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_in = False
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.pairs[-1] = (self._area, self.pairs[-1][1] + data.removeprefix("\n"))


@dataclass(frozen=True)
class Sheet:
    """A page with a form, as it was opened."""

    path: str
    response: TestResponse

    @property
    def fields(self) -> list[tuple[str, str]]:
        return Fields(self.response.text).pairs

    @property
    def values(self) -> Mapping[str, str]:
        return dict(self.fields)


class Desk:
    """Somebody who works in the admin."""

    def __init__(self, database: Database, keeper: Told, *, key: str | None = None) -> None:
        Receipt.__table__.create(database.engine, checkfirst=True)  # type: ignore[attr-defined]  # a table, not any selectable
        self.app: Flask = create_app(database, settings=Settings(), keeper=keeper, key=key, day=TODAY)
        self.client = self.app.test_client()

    def open(self, path: str) -> Sheet:
        return Sheet(path, self.client.get(path))

    def send(self, sheet: Sheet, said: Mapping[str, str | Iterable[str]]) -> TestResponse:
        """Send a form with some fields written anew; several values stand in as many fields of one name."""
        kept = [(name, value) for name, value in sheet.fields if name not in said]
        new = [(name, each) for name, value in said.items() for each in ([value] if isinstance(value, str) else value)]
        return self.client.post(sheet.path, data=MultiDict([*kept, *new]))

    def write(self, path: str, said: Mapping[str, str | Iterable[str]]) -> TestResponse:
        """Open a form, fill it in and send it."""
        return self.send(self.open(path), said)


def desk_of(make: Make, role: Role = Role.STAFF, **others: Any) -> Desk:
    """Keep what was made, and let somebody of ``role`` work with it."""
    principal = make.principal(role, **others)
    key = make.home.key
    make.keep()
    return Desk(make.database, Told(Visitor(principal.name, principal)), key=key)


def kept(make: Make, kind: type[K], key: str) -> K | None:
    """Find a record in the database as it is now."""
    with make.database.read() as session:
        found: K | None = session.scalar(select(kind).where(kind.key == key))
        if found is not None:
            session.expunge(found)
        return found

"""An admin with accounts, and browsers that visit it."""

import re
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select
from werkzeug.test import TestResponse

from consortium.models import Consortium, Database, Letter, Person
from consortium.services.people import give_capacity
from consortium.services.policy import Role
from consortium.testing import TODAY, Make
from consortium_admin.accounts.engine import totp
from consortium_admin.accounts.ledger import NewAccount, add_account, find_account, set_password
from consortium_admin.accounts.second_factor import new_codes, new_secret
from consortium_admin.accounts.tables import Account, Passkey, SignIn
from consortium_admin.app import create_app
from consortium_admin.settings import Settings

ADDRESS, PASSWORD = "Kari.Lind@Vidda.example.org", "elg rype tiur gaupe ulv"


@dataclass
class House:
    """The admin of one consortium."""

    database: Database
    settings: Settings = field(default_factory=lambda: Settings(is_second_factor_required=False))
    day: date = TODAY

    def __post_init__(self) -> None:
        with self.database.write() as session:
            make = Make(self.database, session)
            make.home.key = "fjell"
        self.app = self.open(self.settings)

    def open(self, settings: Settings) -> Flask:
        return create_app(self.database, settings=settings, day=self.day)

    def account(
        self, address: str = ADDRESS, *, role: Role | None = Role.STAFF, password: str | None = PASSWORD
    ) -> int:
        with self.app.app_context(), self.database.write() as session:
            home = session.scalars(select(Consortium)).one()
            made = add_account(session, NewAccount(address, "Kari Lind", role, language="nb"), consortium=home)
            if password:
                set_password(made, password)
            return made.id

    def person_account(self, *, end: date | None = None) -> int:
        """Make an account of somebody who speaks for a partner, until ``end``."""
        with self.app.app_context(), self.database.write() as session:
            make = Make(self.database, session)
            make.__dict__["home"] = session.scalars(select(Consortium)).one()
            person, partner = make.person("Liv Lind"), make.partner()
            held: dict[str, Any] = {"person": person, "organisation": partner.organisation, "role": "representative"}
            give_capacity(session, make.operator, **held, start=date(2025, 1, 1), end=end)
            made = add_account(
                session, NewAccount(ADDRESS, person=session.get(Person, person.id)), consortium=make.home
            )
            set_password(made, PASSWORD)
            return made.id

    def change(self, number: int, change: Any) -> None:
        with self.app.app_context(), self.database.write() as session:
            change(session.get_one(Account, number))

    def set_up_codes(self, number: int) -> tuple[str, list[str]]:
        """Give an account an app that makes codes; return its secret and the codes on paper."""
        with self.app.app_context(), self.database.write() as session:
            account = session.get_one(Account, number)
            account.tf_totp_secret = new_secret()
            return account.tf_totp_secret, new_codes(account)

    def code(self, secret: str) -> str:
        with self.app.app_context():
            return totp().generate_totp_password(secret)

    def browser(self, **options: Any) -> "Browser":
        return Browser(self.app.test_client(**options))

    def count(self, table: type = SignIn) -> int:
        with self.database.read() as session:
            return int(session.scalar(select(func.count()).select_from(table)) or 0)

    def letters(self) -> list[Letter]:
        with self.database.read() as session:
            return list(session.scalars(select(Letter).order_by(Letter.id)))

    def found(self, address: str = ADDRESS) -> Account:
        with self.database.read() as session:
            account = find_account(session, address)
            assert account
            return account

    def clear(self) -> None:
        with self.database.write() as session:
            for table in (SignIn, Passkey, Account, Letter):
                session.execute(delete(table))


@dataclass
class Browser:
    """Visits pages as a person does: a form carries the secret of its page."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def token(self) -> str:
        return str(value_of(self.get("/accessibility/"), "csrf_token"))

    def post(self, path: str, fields: dict[str, str] | None = None, **options: Any) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token(), **(fields or {})}, **options)

    def sign_in(self, address: str = ADDRESS, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/sign-in/", {"address": address, "password": password, **more})

    def is_in(self) -> bool:
        return self.get("/account/").status_code == 200

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie("visit")
        return found.value if found else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie("visit", value)


def value_of(response: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.text)
    assert found, f"no field {name}"
    return unescape(found[1])

"""A doorkeeper for tests: it believes what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, redirect
from sqlalchemy import select

from consortium.models import Database, Person
from consortium.services.people import principal_of
from consortium.services.policy import Principal, Role
from consortium.testing import TODAY
from consortium_admin.rules import Door, Rule
from consortium_admin.visit import Visit, Visitor


@dataclass
class Told:
    """Takes everybody for the same visitor; ``None`` for somebody who has not signed in."""

    visitor: Visitor | None = None

    def register(self, app: Flask) -> Mapping[Door, Rule]:
        return {}

    def who(self, visit: Visit) -> Visitor | None:
        return self.visitor

    def lead_in(self) -> Response:
        return redirect("/sign-in")  # type: ignore[return-value]  # werkzeug's is Flask's parent


def as_role(role: Role, consortium: int) -> Told:
    """Take everybody for somebody of ``role`` who sees the whole consortium."""
    return Told(Visitor("Sivert Stab", Principal("Sivert Stab", role, consortium)))


def as_person(database: Database, key: str) -> Told:
    """Take everybody for the person called ``key``, who is what their capacities make them."""
    with database.read() as session:
        person = session.scalars(select(Person).where(Person.key == key)).one()
        return Told(Visitor(person.name, principal_of(session, person, TODAY), person.id, language=person.language))

"""Serves a database to browsers that say who they are: ``python -m tests.browser.serving URL``, until it is ended."""

import sys
from typing import Any

from flask import request
from sqlalchemy import select

from consortium.models import Database, Person
from consortium.services.people import principal_of
from consortium.services.policy import Principal, Role
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.server import open_server, run
from consortium_admin.settings import Settings
from consortium_admin.visit import Visit, Visitor
from tests.admin.keeping import Told

#: the cookie in which a browser says who it is: a role, or the key of a person
AS = "as"


class Believing(Told):
    """Believes whoever asks; whoever says nothing has not signed in."""

    def who(self, visit: Visit) -> Visitor | None:
        """Take a role for somebody who has it, anything else for the key of a person."""
        said = request.cookies.get(AS, "")
        if said in {role.value for role in Role}:
            return Visitor("Sivert Stab", Principal("Sivert Stab", Role(said), visit.site.consortium))
        person = visit.session.scalar(select(Person).where(Person.key == said))
        if person is None:
            return None
        principal = principal_of(visit.session, person, TODAY)
        return Visitor(person.name, principal, person.id, language=person.language)


def main() -> None:
    """Print the address, and serve."""
    app = create_app(Database(sys.argv[1]), settings=Settings(), keeper=Believing(), day=TODAY)
    server: Any = open_server(app, 0)
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    run(server)


if __name__ == "__main__":
    main()

"""Serves a database to browsers, until it is ended: ``python -m tests.browser.serving URL``.

They say who they are, and are believed; with ``accounts`` after the URL they sign in, as everybody else does. Whoever
started it may write the URL of another database, which is served from then on.
"""

import sys
from threading import Thread
from typing import Any

from flask import request
from sqlalchemy import select

from consortium.models import Database, Person
from consortium.models.dialect import open_engine
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

#: a password alone lets somebody in
BY_PASSWORD = Settings(is_second_factor_required=False)


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


def change(database: Database) -> None:
    """Serve another database whenever one is named; whoever still reads in the one before may end in peace."""
    for line in sys.stdin:
        database.url = line.strip()
        database.engine = open_engine(database.url)
        print("ready", flush=True)


def main() -> None:
    """Print the address, and serve."""
    keeper = None if "accounts" in sys.argv[2:] else Believing()
    database = Database(sys.argv[1])
    app = create_app(database, settings=BY_PASSWORD, keeper=keeper, day=TODAY)
    server: Any = open_server(app, 0)
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    Thread(target=change, args=(database,), daemon=True).start()
    run(server)


if __name__ == "__main__":
    main()

"""A visit: who asks, about which consortium, of which day, in which language."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from flask import current_app, g
from sqlalchemy.orm import Session

from consortium import clock
from consortium.documents import Speech
from consortium.facts import Facts, SubProjectFacts
from consortium.models import Consortium, Database
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts, since_of
from consortium.services.policy import Principal, Role, operator

#: under this name the app keeps its site
EXTENSION = "consortium"


@dataclass(frozen=True)
class Site:
    """What the admin serves: one consortium in one database, to one reader who changes nothing.

    :ivar day: the day of which the pages speak; today if none
    """

    database: Database
    principal: Principal
    day: date | None = None


def open_site(database: Database, *, reader: str, key: str | None, day: date | None) -> Site:
    """Open the consortium called ``key``, or the only one, to an auditor called ``reader``.

    :raises NotFound: if there is none, or several and no key
    """
    with database.read() as session:
        consortium = find_consortium(session, operator(reader), key)
        return Site(database, Principal(reader, Role.AUDITOR, consortium.id), day)


@dataclass
class Visit:
    """One request: what it needs is looked up when it is first asked for, and closed at its end."""

    site: Site
    language: str
    _open: ExitStack = field(default_factory=ExitStack)

    @property
    def principal(self) -> Principal:
        """Whoever asks."""
        return self.site.principal

    @cached_property
    def day(self) -> date:
        """The day of which the pages speak."""
        return self.site.day or clock.today()

    @cached_property
    def session(self) -> Session:
        """A unit that reads one state of the database from start to end."""
        return self._open.enter_context(self.site.database.read())

    @cached_property
    def consortium(self) -> Consortium:
        """The consortium that is asked about."""
        return find_consortium(self.session, self.principal)

    @cached_property
    def facts(self) -> Facts:
        """What whoever asks may know of it."""
        since = since_of(self.session, self.principal, consortium=self.consortium, words="", day=self.day)
        return gather_facts(self.session, self.principal, consortium=self.consortium, day=self.day, since=since)

    @cached_property
    def sub_projects(self) -> tuple[SubProjectFacts, ...]:
        """The sub-projects, walked once."""
        return tuple(self.facts.sub_projects)

    @cached_property
    def speech(self) -> Speech:
        """Says things in the language of the page."""
        return Speech((self.language,))

    def close(self) -> None:
        """Close what was opened."""
        self._open.close()


def visit() -> Visit:
    """Return the visit that is being answered."""
    present: Visit = g.visit
    return present


def begin(language: str) -> None:
    """Begin a visit in ``language``."""
    g.visit = Visit(current_app.extensions[EXTENSION], language)


def end(_fault: BaseException | None = None) -> None:
    """End the visit, however it went."""
    if present := g.pop("visit", None):
        present.close()

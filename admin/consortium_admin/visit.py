"""A visit: who asks, about which consortium, of which day, in which language."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from flask import Flask, Response, abort, current_app, g
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from consortium import clock
from consortium.documents import Speech, Words
from consortium.facts import Facts, SubProjectFacts
from consortium.models import Consortium, Database
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts, since_of
from consortium.services.policy import Principal, operator
from consortium.services.switches import Switches, switched
from consortium_admin.rules import Door, Rule

#: under this name the app keeps its site
EXTENSION = "consortium"


@dataclass(frozen=True)
class Visitor:
    """Whoever has signed in.

    :ivar name: what they are called
    :ivar principal: what they may do
    :ivar person: number of the person that they are in the consortium, where they are one
    :ivar account: number of their account
    :ivar language: in which they want to be spoken to
    """

    name: str
    principal: Principal
    person: int | None = None
    account: int | None = None
    language: str = ""


class Doorkeeper(Protocol):
    """Knows who asks, and where one signs in."""

    def register(self, app: Flask) -> Mapping[Door, Rule]:
        """Add the pages of signing in to ``app``, and return the rules of their doors."""

    def who(self, visit: "Visit") -> Visitor | None:
        """Tell who asks; ``None`` if nobody has signed in."""

    def lead_in(self) -> Response:
        """Lead somebody who has not signed in to where that is done, and from there back to what they wanted."""


@dataclass(frozen=True)
class Site:
    """What the admin serves: one consortium in one database.

    :ivar consortium: its number
    :ivar key: its key
    :ivar keeper: knows who asks
    :ivar day: the day of which the pages speak; today if none
    """

    database: Database
    consortium: int
    key: str
    keeper: Doorkeeper
    day: date | None = None


def open_site(database: Database, *, keeper: Doorkeeper, key: str | None, day: date | None) -> Site:
    """Open the consortium called ``key``, or the only one.

    :raises NotFound: if there is none, or several and no key
    """
    with database.read() as session:
        consortium = find_consortium(session, operator("admin"), key)
        return Site(database, consortium.id, consortium.key, keeper, day)


#: written once, as every page asks for it
_HOME = select(Consortium).where(Consortium.id == bindparam("number"))


@dataclass
class Visit:
    """One request: what it needs is looked up when it is first asked for, and closed at its end."""

    site: Site
    language: str
    _open: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def visitor(self) -> Visitor | None:
        """Whoever asks; ``None`` if they have not signed in."""
        return self.site.keeper.who(self)

    @property
    def principal(self) -> Principal:
        """What whoever asks may do; a rule has seen to it that they have signed in."""
        if self.visitor is None:
            abort(404)
        return self.visitor.principal

    @cached_property
    def day(self) -> date:
        """The day of which the pages speak."""
        return self.site.day or clock.today()

    @cached_property
    def session(self) -> Session:
        """A unit that reads one state of the database; it ends where a unit that writes begins."""
        return self._open.enter_context(self.site.database.read())

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a unit that is kept as a whole at its end, or not at all; what was read before is read anew.

        :raises Conflict: if somebody else changed one of the records in the meantime
        """
        self.close()
        with self.site.database.write() as session:
            yield session

    def home(self, session: Session) -> Consortium:
        """Find the consortium in a unit of work."""
        number = self.site.consortium
        known = session.identity_map.get(identity_key(Consortium, number))
        return known or session.scalars(_HOME, {"number": number}).one_or_none() or abort(404)

    @cached_property
    def consortium(self) -> Consortium:
        """The consortium that is asked about."""
        return self.home(self.session)

    @cached_property
    def owner(self) -> Words:
        """The name of the consortium."""
        return self.speech.name(self.consortium.name)

    @cached_property
    def switches(self) -> Switches:
        """Where what plugins bring is on."""
        return switched(self.session, consortium=self.consortium)

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
        return Speech((self.language,), is_kin=True)

    def close(self) -> None:
        """Close what was opened, and forget what was read there."""
        self._open.close()
        for name in ("session", "consortium", "switches", "facts", "sub_projects"):
            self.__dict__.pop(name, None)


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

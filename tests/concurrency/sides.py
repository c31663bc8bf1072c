"""One database of two that are told the same: does a verb in a unit of its own, and says what became of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import ConsortiumError
from consortium.facts.canonical import head_of, lines_of
from consortium.models import Consortium, Database, Record, SubProject
from consortium.services import consortia, gatherings, partners, periods
from consortium.services.facts import gather_facts
from consortium.services.policy import Principal, Role, operator
from consortium.services.verifying import verify_history
from consortium.testing import TODAY
from tests.concurrency.model import DONE, LED, STAFF

R = TypeVar("R", bound=Record)

OLGA = operator("Olga Operatør")

#: the periods that there are, of which the last has not ended
PERIODS = {"2025-2": (date(2025, 7, 1), date(2025, 12, 31)), "2026-1": (date(2026, 1, 1), date(2026, 6, 30))}


@dataclass
class Side:
    """A database, and how it is asked.

    :ivar leads: numbers of the sub-projects that the lead leads
    """

    database: Database
    leads: frozenset[int] = frozenset()
    home: int = 0

    def begin(self) -> None:
        """Make what is there from the start."""
        with self.database.write() as session:
            home = consortia.found_consortium(
                session, OLGA, key="hjem", name={"nb": "Fjell", "sv": "Fjäll"}, start=date(2025, 1, 1)
            )
            for key, (start, end) in PERIODS.items():
                periods.add_period(session, OLGA, consortium=home, key=key, start=start, end=end)
            for number in range(3):
                partners.add_partner(
                    session, OLGA, consortium=home, key=f"p{number}", name={"nb": f"P{number}"}, country="NO"
                )
            gatherings.add_gathering(
                session, OLGA, consortium=home, key="G", title={"nb": "Samling"}, kind="project_gathering", start=TODAY
            )
            self.home = home.id

    def principal(self, who: str) -> Principal:
        """Return the principal that ``who`` is here."""
        role = Role.STAFF if who == STAFF else Role.LEAD
        return Principal(who, role, self.home, leads=self.leads if role is Role.LEAD else frozenset())

    def do(self, act: Callable[[Session, Principal], Any], who: str) -> str:
        """Do something in a unit of its own; return that it was done, or how it was refused."""
        try:
            with self.database.write() as session:
                act(session, self.principal(who))
        except ConsortiumError as fault:
            return type(fault).__name__
        return DONE

    def know_leads(self) -> None:
        """Look up which sub-projects the lead leads."""
        with self.database.read() as session:
            rows = session.execute(select(SubProject.id, SubProject.key)).all()
            self.leads = frozenset(row.id for row in rows if int(row.key.removeprefix("DP-")) % LED == 0)

    def told(self) -> str:
        """Return a digest of the canonical facts."""
        with self.database.read() as session:
            home = session.get_one(Consortium, self.home)
            facts = gather_facts(session, OLGA, consortium=home, day=TODAY)
            whole = hashlib.sha256(head_of(facts))
            for line in lines_of(facts):
                whole.update(line)
            return whole.hexdigest()

    def findings(self) -> list[str]:
        """List where history, records and snapshots are not what was recorded."""
        with self.database.read() as session:
            return [each.say("en") for each in verify_history(session, OLGA).findings]


def find(session: Session, kind: type[R], key: str) -> R:
    """Find a record by its key."""
    return session.scalars(select(kind).where(kind.key == key)).one()

"""Puts letters into the outbox, and tells what became of them."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from consortium import clock
from consortium.jobs.delivering import deliver
from consortium.jobs.posts import Post
from consortium.jobs.taking import Taken
from consortium.models import Database, Letter, LetterState
from consortium.testing import Make
from tests.services.letters import HEAD, a_letter


class Pigeon:
    """A post that only remembers, or raises what it is given, one after the other."""

    def __init__(self, *faults: BaseException | None) -> None:
        self.faults = list(faults)
        self.sent: list[Taken] = []

    def send(self, taken: Taken, _sender: str) -> None:
        """Remember a letter; then raise what it was given, as if the machine had died after sending."""
        self.sent.append(taken)
        if self.faults and (fault := self.faults.pop(0)):
            raise fault


def fill(make: Make, count: int = 1) -> None:
    """Put letters into the outbox and keep them."""
    for number in range(count):
        a_letter(make, subject=f"Brev {number}")
    make.keep()
    make.session.close()


def send(database: Database, post: Post, *, after: timedelta = timedelta()) -> Counter[LetterState]:
    """Deliver what is due when ``after`` has passed."""
    with clock.stopped_at(clock.now() + after):
        return deliver(database, post, head=HEAD)


def letters(database: Database) -> list[Letter]:
    """Read the outbox."""
    with database.read() as session:
        found = list(session.scalars(select(Letter).order_by(Letter.id)))
        session.expunge_all()
    return found


def the_letter(database: Database) -> Letter:
    """Read the only letter."""
    (letter,) = letters(database)
    return letter

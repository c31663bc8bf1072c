"""Several processes that write at once into one history."""

import multiprocessing
from dataclasses import dataclass
from functools import partial
from random import Random

from sqlalchemy import func, select

from consortium import clock
from consortium.models import Change, Consortium, Database
from consortium.models.chain import walk
from consortium.models.database import again
from consortium.services.people import add_person
from consortium.services.policy import operator
from consortium.testing.databases import NOON

#: the most changes of one unit of work
MOST = 5


@dataclass(frozen=True)
class Chain:
    """What the history looks like: changes, those that do not fit, and links that two changes have."""

    count: int
    misfits: tuple[int, ...]
    twice: int


def forks(database: Database) -> Chain:
    """Look for forks in the chain."""
    with database.read() as session:
        walked = walk(session)
        links = session.scalar(select(func.count(Change.link.distinct()))) or 0
        return Chain(walked.count, walked.misfits, walked.count - links)


def write_at_once(database: Database, *, writers: int, changes: int) -> list[str]:
    """Let so many processes each make so many changes; return what went wrong in each."""
    database.engine.dispose()
    url = database.engine.url.render_as_string(hide_password=False)
    with multiprocessing.get_context("spawn").Pool(writers) as pool:
        return pool.starmap(write, [(url, number, changes) for number in range(writers)])


def write(url: str, number: int, changes: int) -> str:
    """Add people, some at a time, until so many changes are made."""
    random, made = Random(number), 0  # noqa: S311  # no secret
    database = Database(url)
    try:
        with clock.stopped_at(NOON):
            while made < changes:
                some = min(random.randint(1, MOST), changes - made)
                again(partial(_add, database, number, made, some))
                made += some
    except Exception as fault:
        return repr(fault)
    finally:
        database.engine.dispose()
    return ""


def _add(database: Database, number: int, first: int, some: int) -> None:
    with database.write() as session:
        home = session.scalars(select(Consortium)).one()
        for each in range(first, first + some):
            key = f"w{number}-{each}"
            add_person(session, operator(f"Skriver {number}"), consortium=home, key=key, name=key)

"""Erases people: who asks for it is in no record and no history afterwards, and what they did stays."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from consortium.errors import DatabaseProblem, InvalidValue, NotFound
from consortium.facts.canonical import unpack
from consortium.i18n.message import _
from consortium.models import Change, Consortium, Person, Snapshot, SnapshotLine
from consortium.models.erasing import Erased, called_before, erase
from consortium.models.pseudonym import Pseudonym
from consortium.services.codes import known_key
from consortium.services.policy import Principal, Verb, demand, visible

#: the table of accounts, and the module of the admin that knows what belongs to one
ACCOUNTS, ADMIN = "account", "consortium_admin.accounts.erasing"

#: lines of snapshots that are looked through at a time
PAGE = 200


@dataclass(frozen=True)
class Erasure:
    """What an erasure has done, or would do.

    :ivar name: what the person is called from now on, and ``key``
    :ivar snapshots: keys of those that still name the person, because they are kept as they were reported
    """

    name: str
    key: str
    done: Erased
    snapshots: tuple[str, ...]


def erase_person(
    session: Session, principal: Principal, *, home: Consortium, key: str, is_rehearsal: bool = False
) -> Erasure:
    """Write a pseudonym over all that names a person, also one who was removed: records, history, texts, letters.

    Letters to the person are blanked, one-time links are gone. What the person did stays, under the pseudonym, and so do
    counts. Snapshots are kept as they were; so are reports and backups outside of the database.

    :param is_rehearsal: does it all, and takes it back
    :raises NotFound: if there is no such person
    :raises NotPermitted: if ``principal`` may not remove the person
    :raises InvalidValue: if somebody else has the same name, so that nobody could tell who is meant
    """
    number = _find(session, principal, home, known_key(key))
    demand(session, principal, Verb.REMOVE, Person(consortium_id=home.id))
    called = called_before(session, number)
    pseudonym = _pseudonym(session, home, number, called)
    with session.begin_nested() as trial:
        done = erase(session, number, home.id, pseudonym)
        _erase_account(session, number, pseudonym)
        if is_rehearsal:
            trial.rollback()
    return Erasure(pseudonym.name, pseudonym.key, done, tuple(_naming(session, home, pseudonym)))


def _erase_account(session: Session, number: int, pseudonym: Pseudonym) -> None:
    """Let the admin erase what it keeps of the person, where the database has its tables.

    :raises DatabaseProblem: if it is not installed
    """
    if not inspect(session.connection()).has_table(ACCOUNTS):
        return
    try:
        import_module(ADMIN).erase_account(session, number, pseudonym)
    except ImportError as fault:
        told = _("The tables of the web admin need {package}. Install it with: pip install 'consortium[admin]'")
        raise DatabaseProblem(told.fill(package=fault.name or "consortium_admin")) from fault


def _find(session: Session, principal: Principal, home: Consortium, key: str) -> int:
    """Find the number of the person who is called ``key``, or was when they were removed."""
    own = (Person.consortium_id == home.id, Person.key == key, visible(principal, Person))
    gone = (Change.consortium_id == home.id, Change.entity == Person.__tablename__, Change.key == key)
    removed = select(Change.entity_id).where(*gone, Change.action == "deleted", visible(principal, Change))
    number = session.scalar(select(Person.id).where(*own)) or session.scalar(
        removed.order_by(Change.id.desc()).limit(1)
    )
    if number is None:
        raise NotFound(_("There is no person “{key}” here.").fill(key=key))
    return number


def _pseudonym(session: Session, home: Consortium, number: int, called: Mapping[str, frozenset[str]]) -> Pseudonym:
    others = select(Person.key).where(Person.consortium_id == home.id, Person.id != number)
    if other := session.scalar(others.where(Person.name.in_(called["name"])).order_by(Person.key).limit(1)):
        told = _("“{key}” has the same name. Call one of the two otherwise first, or both would be erased.")
        raise InvalidValue(told.fill(key=other))
    name = _("Erased person {number}").fill(number=str(number)).say(home.tags[0])
    return Pseudonym(name, f"erased-{number}", called["name"], called["key"], called["email"])


def _naming(session: Session, home: Consortium, pseudonym: Pseudonym) -> Iterator[str]:
    """Walk the snapshots that name the person."""
    needles = [each.encode() for each in sorted({*pseudonym.names, *pseudonym.addresses})]
    for snapshot in session.execute(
        select(Snapshot.id, Snapshot.key).where(Snapshot.consortium_id == home.id).order_by(Snapshot.key)
    ).all():
        lines = select(SnapshotLine.content).where(SnapshotLine.snapshot_id == snapshot.id)
        with closing(session.scalars(lines.execution_options(yield_per=PAGE))) as packed:
            if any(needle in line for line in map(unpack, packed) for needle in needles):
                yield snapshot.key

"""Erases people: who asks for it is in no record and no history afterwards, and what they did stays."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from consortium.errors import DatabaseProblem, InvalidValue, NotFound
from consortium.facts.canonical import unpack
from consortium.i18n.message import _
from consortium.models import Change, Consortium, Person, Snapshot, SnapshotLine
from consortium.models.dialect import lock_for_append
from consortium.models.erasing import Erased, called_before, erase
from consortium.models.pseudonym import Pseudonym
from consortium.models.recording import write_history
from consortium.services.addresses import known_address
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
    demand(session, principal, Verb.REMOVE, Person(consortium_id=home.id))
    write_history(session)  # what this unit has changed before is told too
    lock_for_append(session.connection(), Change.__tablename__)
    numbers = _find(session, principal, home, known_key(key))
    pseudonym = _pseudonym(session, home, numbers)
    with session.begin_nested() as trial:
        done = erase(session, numbers, home.id, pseudonym)
        if accounts := _accounts(session):
            accounts.erase_account(session, numbers)
        if is_rehearsal:
            trial.rollback()
    return Erasure(pseudonym.name, pseudonym.key, done, tuple(_naming(session, home, pseudonym)))


def _accounts(session: Session) -> Any:
    """Return the module of the admin that knows the accounts of people; nothing where the database has none.

    :raises DatabaseProblem: if the admin is not installed
    """
    if not inspect(session.connection()).has_table(ACCOUNTS):
        return None
    try:
        return import_module(ADMIN)
    except ImportError as fault:
        told = _("The tables of the web admin need {package}. Install it with: pip install 'consortium[admin]'")
        raise DatabaseProblem(told.fill(package=fault.name or "consortium_admin")) from fault


def _find(session: Session, principal: Principal, home: Consortium, key: str) -> frozenset[int]:
    """Find the number of the person who is called ``key``, and of those who were when they were removed."""
    own = (Person.consortium_id == home.id, Person.key == key, visible(principal, Person))
    gone = (Change.consortium_id == home.id, Change.entity == Person.__tablename__, Change.key == key)
    removed = select(Change.entity_id).where(*gone, Change.action == "deleted", visible(principal, Change))
    numbers = frozenset([*session.scalars(select(Person.id).where(*own)), *session.scalars(removed)])
    if not numbers:
        raise NotFound(_("There is no person “{key}” here.").fill(key=key))
    return numbers


def _pseudonym(session: Session, home: Consortium, numbers: frozenset[int]) -> Pseudonym:
    called = called_before(session, numbers)
    names, addresses = called["name"], frozenset(each for each in called["email"] if _is_address(each))
    if accounts := _accounts(session):
        more, further = accounts.called(session, numbers)
        names, addresses = names | more, addresses | further
    query = select(Person.key, Person.name, Person.email).where(Person.consortium_id == home.id)
    others = session.execute(query.where(Person.id.not_in(numbers)).order_by(Person.key)).all()
    if same := next((each.key for each in others if each.name in names), ""):
        told = _("“{key}” has the same name. Call one of the two otherwise first, or both would be erased.")
        raise InvalidValue(told.fill(key=same))
    number, taken = str(max(numbers)), {each.key for each in others}
    key = next(each for each in (f"erased-{number}{'-' * times}" for times in count()) if each not in taken)
    theirs = {each.email.lower() for each in others}
    return Pseudonym(
        _("Erased person {number}").fill(number=number).say(home.tags[0]),
        key,
        names,
        called["key"] - taken,
        frozenset(each for each in addresses if each.lower() not in theirs),
        frozenset(each.name for each in others if any(name in each.name for name in names)),
    )


def _is_address(words: str) -> bool:
    try:
        return bool(known_address(words))
    except InvalidValue:
        return False


def _naming(session: Session, home: Consortium, pseudonym: Pseudonym) -> Iterator[str]:
    """Walk the snapshots that name the person."""
    called = {each.lower() for each in (*pseudonym.names, *pseudonym.addresses)}
    needles = {each for words in called for each in (words, json.dumps(words, ensure_ascii=False)[1:-1])}
    for snapshot in session.execute(
        select(Snapshot.id, Snapshot.key).where(Snapshot.consortium_id == home.id).order_by(Snapshot.key)
    ).all():
        lines = select(SnapshotLine.content).where(SnapshotLine.snapshot_id == snapshot.id)
        with closing(session.scalars(lines.execution_options(yield_per=PAGE))) as packed:
            lines_of = (unpack(each).decode().lower() for each in packed)
            if any(needle in line for line in lines_of for needle in needles):
                yield snapshot.key

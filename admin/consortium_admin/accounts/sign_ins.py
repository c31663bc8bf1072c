"""Who is signed in: begun, found, listed and ended in the database, so that a copy of a cookie is worth nothing."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from sqlalchemy import Select, bindparam, delete, exists, select, update
from sqlalchemy.orm import Session, joinedload

from consortium import clock
from consortium.models import Person
from consortium_admin.accounts.tables import Account, Passkey, SignIn
from consortium_admin.settings import Settings

#: how long the second factor may take, and how long somebody counts as just having proved who they are
WAIT, FRESH = timedelta(minutes=10), timedelta(minutes=15)

#: how often it is written down that somebody is still there
SEEN_EVERY = timedelta(minutes=1)

#: when ended sign-ins are forgotten
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Present:
    """A live sign-in, its account, and the person whose account it is.

    :ivar has_second_factor: tells whether the account has an app that makes codes, or a passkey
    """

    sign_in: SignIn
    account: Account
    person: Person | None
    has_second_factor: bool

    @property
    def is_fresh(self) -> bool:
        """Tell whether whoever sits there has proved only lately who they are."""
        return clock.now() - self.sign_in.confirmed <= FRESH

    @property
    def is_due(self) -> bool:
        """Tell whether it should be written down again that somebody is there."""
        return clock.now() - self.sign_in.seen >= SEEN_EVERY


def begin(session: Session, account: Account, *, agent: str, waits: bool = False) -> str:
    """Begin a sign-in with a new token, which only the browser gets; forget what ended long ago.

    :param waits: tells that the second factor is still to come
    """
    now, token = clock.now(), secrets.token_urlsafe(32)
    session.execute(
        delete(SignIn).where(SignIn.account_id == account.id, SignIn.seen < now - FORGOTTEN_AFTER),
        execution_options={"synchronize_session": False},
    )
    printable = "".join(sign for sign in agent if sign.isprintable())
    session.add(
        SignIn(
            account_id=account.id,
            digest=digest_of(token),
            uniquifier=account.fs_uniquifier,
            waits=waits,
            agent=printable[:200],
            begun=now,
            seen=now,
            confirmed=now,
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, settings: Settings) -> Present | None:
    """Find the live sign-in of a token, in one statement; one that waits for its second factor is found too."""
    row = session.execute(_sought(), {"digest": digest_of(token)}).unique().one_or_none()
    if row is None or not _is_live(row[0], row[1], settings):
        return None
    return Present(row[0], row[1], row[2], bool(row[1].tf_totp_secret) or bool(row[3]))


@cache  # it is asked for on every page
def _sought() -> Select[SignIn, Account, Person, bool]:
    passkey = exists().where(Passkey.account_id == Account.id)
    return (
        select(SignIn, Account, Person, passkey)
        .join(Account, Account.id == SignIn.account_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .options(joinedload(Person.capacities))
        .where(SignIn.digest == bindparam("digest"))
    )


def touch(session: Session, number: int) -> None:
    """Write down that somebody is still there."""
    session.execute(update(SignIn).where(SignIn.id == number).values(seen=clock.now()))


def confirm(session: Session, number: int) -> None:
    """Write down that somebody has just proved who they are."""
    session.execute(update(SignIn).where(SignIn.id == number).values(confirmed=clock.now()))


def note_elsewhere(session: Session, token: str, *, proven: datetime | None, is_strong: bool) -> None:
    """Write down what another service has told of a sign-in that it has just begun.

    :param proven: when they proved there who they are; if nobody knows, they have not done so lately
    """
    found = session.scalars(select(SignIn).where(SignIn.digest == digest_of(token))).one()
    found.is_strong = is_strong
    found.confirmed = min(found.begun, proven or found.begun - 2 * FRESH)


def live(session: Session, account: int, settings: Settings) -> Sequence[SignIn]:
    """List where an account is signed in, the latest first."""
    asked = select(SignIn).options(joinedload(SignIn.account)).where(SignIn.account_id == account)
    found = session.scalars(asked.order_by(SignIn.seen.desc(), SignIn.id.desc()))
    return [each for each in found if not each.waits and _is_live(each, each.account, settings)]


def end(session: Session, account: int, *, number: int) -> bool:
    """End a sign-in of an account, and tell whether there was one; those of others are none."""
    return _end(session, account, SignIn.id == number)


def end_token(session: Session, token: str) -> None:
    """End the sign-in of a token."""
    mine = SignIn.digest == digest_of(token), SignIn.ended.is_(None)
    session.execute(update(SignIn).where(*mine).values(ended=clock.now()))


def end_others(session: Session, account: int, *, number: int) -> bool:
    """End all sign-ins of an account but one."""
    return _end(session, account, SignIn.id != number)


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def _end(session: Session, account: int, which: object) -> bool:
    mine = (SignIn.account_id == account, SignIn.ended.is_(None), which)
    ended = session.execute(update(SignIn).where(*mine).values(ended=clock.now()).returning(SignIn.id))  # type: ignore[arg-type]  # a criterion
    return bool(ended.all())


def _is_live(sign_in: SignIn, account: Account, settings: Settings) -> bool:
    now: datetime = clock.now()
    in_time = now - sign_in.begun < (WAIT if sign_in.waits else settings.longest) and now - sign_in.seen < settings.idle
    return bool(sign_in.ended is None and account.active and sign_in.uniquifier == account.fs_uniquifier and in_time)

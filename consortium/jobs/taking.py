"""Takes a due letter out of the outbox, and notes what became of it: two short units of work around the sending."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue
from consortium.models import Database, Letter, LetterState
from consortium.models.dialect import claiming
from consortium.services.addresses import Letterhead
from consortium.services.envelopes import lay_out
from consortium.services.letters import may_still_get

#: how long whoever took a letter has it: longer than any server may take to answer
LEASE = timedelta(minutes=15)

#: how long to wait after each try in vain; after the last one the letter is given up, about two days later
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360, 720, 1440))

#: states in which a letter waits for somebody to take it, once it is due
_WAITING = (LetterState.QUEUED, LetterState.FAILED, LetterState.SENDING)

#: states after which nobody needs the secret
_OVER = frozenset({LetterState.SENT, LetterState.WITHDRAWN, LetterState.EXPIRED})

#: the longest answer of a server that is kept
_LONGEST_ERROR = 300


@dataclass(frozen=True)
class Taken:
    """A letter that is about to be sent.

    :ivar tries: with this one; whoever comes later has a higher number
    """

    number: int
    key: str
    queued_at: datetime
    tries: int
    is_repeatable: bool
    address: str
    message: bytes


def is_due(database: Database) -> bool:
    """Tell whether anything is due; only reads, so that looking stands in nobody's way."""
    with database.read() as session:
        return session.scalar(_due().with_only_columns(Letter.id)) is not None


def take(database: Database, head: Letterhead) -> Taken | LetterState | None:
    """Take the next due letter, so that nobody else does; or tell what became of it unsent, or ``None`` for none."""
    with database.write() as session:
        letter: Letter | None = session.scalar(claiming(_due()))
        if letter is None:
            return None
        message = b""
        state = _fate(session, letter, clock.today())
        if state is LetterState.SENDING:
            try:
                message = lay_out(letter, head)
            except InvalidValue as fault:
                state, letter.error = LetterState.DEAD, str(fault)
        if state is not LetterState.SENDING:
            _settle(letter, state)
            return state
        letter.state, letter.tries, letter.next_try = state, letter.tries + 1, clock.now() + LEASE
        return Taken(
            letter.id, letter.key, letter.queued_at, letter.tries, letter.is_repeatable, letter.address, message
        )


def note(database: Database, taken: Taken, state: LetterState, error: str = "") -> LetterState:
    """Note what became of a letter; a failure only if nobody else has taken it up since."""
    with database.write() as session:
        own = select(Letter).where(Letter.id == taken.number)
        letter: Letter | None = session.scalar(claiming(own, is_patient=True))
        if letter is None:
            return state
        if state is LetterState.FAILED and taken.tries > len(PAUSES):
            state = LetterState.DEAD
        if state is LetterState.SENT or (letter.state == LetterState.SENDING and letter.tries == taken.tries):
            letter.error = _plain(error, letter.secret)
            _settle(letter, state)
    return state


def forget_secrets(database: Database, day: date) -> None:
    """Blank the secrets that have expired in letters which were given up."""
    old = (Letter.secret != "", Letter.expires < day, Letter.state.not_in(_WAITING))
    with database.read() as session:
        if session.scalar(select(Letter.id).where(*old).limit(1)) is None:
            return
    with database.write() as session:
        session.execute(update(Letter).where(*old).values(secret=""))


def _due() -> Select[Letter]:
    query = select(Letter).where(Letter.state.in_(_WAITING), Letter.next_try <= clock.now())
    return query.order_by(Letter.next_try, Letter.id).limit(1)


def _fate(session: Session, letter: Letter, day: date) -> LetterState:
    """Decide what becomes of a letter that is due."""
    is_stale = letter.state == LetterState.SENDING  # whoever took it has not come back
    if is_stale and not letter.is_repeatable:
        return LetterState.UNSURE
    if letter.tries > len(PAUSES):
        return LetterState.DEAD
    if letter.expires and letter.expires < day:
        return LetterState.EXPIRED
    return LetterState.SENDING if may_still_get(session, letter, day) else LetterState.WITHDRAWN


def _settle(letter: Letter, state: LetterState) -> None:
    letter.state = state
    if state is LetterState.SENT:
        letter.sent_at = clock.now()
    if state is LetterState.FAILED:
        letter.next_try = clock.now() + PAUSES[letter.tries - 1]
    if state in _OVER:
        letter.secret = ""


def _plain(error: str, secret: str) -> str:
    """Keep what a server said on one line, and nothing secret of it."""
    said = error.replace(secret, "…") if secret else error
    return "".join(sign if sign.isprintable() else " " for sign in said)[:_LONGEST_ERROR].strip()

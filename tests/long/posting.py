"""Letters whose sending is struck down: none is lost, and a second copy has the name of the first."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update

from consortium import clock
from consortium.models import Consortium, Database, Letter, LetterState
from consortium.services.letters import NewLetter, queue_letter
from consortium.testing.databases import NOON
from tests.jobs.server import Server
from tests.long.grounds import Ground, fill_world, settled
from tests.long.promises import broken
from tests.long.stage import Play, play, words
from tests.services.letters import HEAD
from tests.services.rows import ME

#: letters in the outbox at the start; every other one is sent once at most, a reminder for example
LETTERS = 6

#: when whoever was killed does not hold a letter any more
LATER = NOON + timedelta(minutes=16)


@dataclass
class Posted:
    """What came of letters whose sending was struck down."""

    killed: int = 0
    finished: int = 0
    lost: int = 0
    twice: int = 0
    unsure: int = 0
    wrong: list[str] = field(default_factory=list)


def fill_outbox(database: Database) -> None:
    """Write letters."""
    fill_world(database)
    with clock.stopped_at(NOON), database.write() as session:
        home = session.scalars(select(Consortium)).one()
        for number in range(LETTERS):
            new = NewLetter("account", "nb", f"Brev {number}", "Hei.", address=f"liv{number}@example.org")
            queue_letter(session, ME, consortium=home, new=new, head=HEAD)
        session.execute(update(Letter).where(Letter.id % 2 == 0).values(is_repeatable=False))


def strike_post(ground: Ground, server: Server, *, kills: int, seed: int) -> Posted:
    """Strike the sending of all letters down ``kills`` times, and send the rest a little later."""
    chance, posted = random.Random(seed), Posted()  # noqa: S311  # the same moments every time
    work = _sent(ground, server, moment_after=0)
    while posted.killed < kills and posted.finished <= kills:
        _begin(ground, server)
        end = play(_work(ground, server), kill_after=chance.random() * work, and_wait=chance.random() * 0.02)
        posted.killed, posted.finished = posted.killed + end.is_killed, posted.finished + (not end.is_killed)
        posted.wrong += [*_untrue(ground, server), *([] if "Traceback" not in end.said else [end.said])]
        _sent(ground, server, moment_after=1)
        _judge(ground, server, posted)
    return posted


def _begin(ground: Ground, server: Server) -> None:
    ground.reset()
    server.taken.clear()


def _work(ground: Ground, server: Server, *, is_later: bool = False) -> Play:
    said = {
        "CONSORTIUM_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        "CONSORTIUM_MAIL_FROM": HEAD.sender,
        "CONSORTIUM_ADDRESS": HEAD.web,
    }
    return Play(words(ground.url, "mail", "send"), ground.folder / "log", LATER if is_later else NOON, said)


def _sent(ground: Ground, server: Server, *, moment_after: int) -> float:
    """Send all that is due to the end, and tell how much work that was."""
    if not moment_after:
        _begin(ground, server)
    end = play(_work(ground, server, is_later=bool(moment_after)))
    assert end.code == 0, end.said
    return end.work


def _copies(server: Server) -> Counter[str]:
    return Counter(str(letter["Message-ID"]) for letter in server.taken)


def _letters(ground: Ground) -> tuple[list[Letter], list[str]]:
    database = settled(ground)
    with database.read() as session:
        found = list(session.scalars(select(Letter)))
        session.expunge_all()
    wrong = broken(database)
    database.engine.dispose()
    return found, wrong


#: how many copies may have left of a letter of which the outbox says this right after a kill
_TRUE = {LetterState.QUEUED: {0}, LetterState.SENT: {1}, LetterState.SENDING: {0, 1}}


def _untrue(ground: Ground, server: Server) -> Iterator[str]:
    """Walk what the outbox says untruly right after a kill."""
    copies = _copies(server)
    letters, wrong = _letters(ground)
    yield from wrong
    for each in letters:
        if copies[each.message_id] not in _TRUE[LetterState(each.state)]:
            yield f"{each.subject} is {each.state}, and {copies[each.message_id]} were taken"


def _judge(ground: Ground, server: Server, posted: Posted) -> None:
    copies = _copies(server)
    letters, wrong = _letters(ground)
    posted.wrong += wrong
    for each in letters:
        count, state = copies[each.message_id], LetterState(each.state)
        posted.lost += state is LetterState.SENT and count == 0
        posted.unsure += state is LetterState.UNSURE
        is_open = state is LetterState.UNSURE and not each.is_repeatable
        if not (is_open or (state is LetterState.SENT and count)) or (count > 1 and not each.is_repeatable):
            posted.wrong.append(f"{each.subject} is {state}, and {count} were taken")
    more = sum(copies.values()) - len(copies)
    posted.twice += more
    if more > 1 or set(copies) - {each.message_id for each in letters}:
        posted.wrong.append(f"{more} copies too many, or under a strange name")

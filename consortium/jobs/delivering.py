"""Delivers what is due in the outbox."""

import logging
from collections import Counter
from collections.abc import Callable

from consortium import clock
from consortium.jobs.posts import Post, Refused
from consortium.jobs.taking import Taken, forget_secrets, is_due, note, take
from consortium.models import Database, LetterState
from consortium.services.addresses import Letterhead, letterhead

log = logging.getLogger(__name__)


def deliver(
    database: Database,
    post: Post,
    *,
    head: Letterhead | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Counter[LetterState]:
    """Send the letters that are due, one by one, and count what became of them; as many may do so at once as want to.

    :param is_stopped: asked between two letters
    """
    head, became = head or letterhead(), Counter[LetterState]()
    forget_secrets(database, clock.today())
    while not is_stopped() and is_due(database):
        taken = take(database, head)
        if taken is None:
            break
        became[taken if isinstance(taken, LetterState) else _send(database, post, taken, head)] += 1
    return became


def _send(database: Database, post: Post, taken: Taken, head: Letterhead) -> LetterState:
    """Give a letter to the post, and note what came of it; logs say which letter, neither to whom nor what."""
    try:
        post.send(taken, head.sender)
    except Refused as fault:
        state = LetterState.DEAD if fault.is_final else LetterState.FAILED
        log.warning("letter %s was not taken", taken.key)
        return note(database, taken, state, str(fault))
    except Exception as fault:  # whatever it is, nobody knows whether the letter has left
        state = LetterState.FAILED if taken.is_repeatable else LetterState.UNSURE
        log.warning("letter %s may have been taken: %s", taken.key, type(fault).__name__)
        return note(database, taken, state, str(fault) or type(fault).__name__)
    return note(database, taken, LetterState.SENT)

"""A thread that delivers letters beside the server."""

import logging
import os
from collections.abc import Mapping
from contextvars import copy_context
from threading import Event, Thread
from traceback import format_tb

from consortium.errors import ConsortiumError, InvalidValue
from consortium.i18n.message import _
from consortium.jobs.delivering import deliver
from consortium.jobs.posts import Post, post_by_setting
from consortium.models import Database
from consortium.services.addresses import Letterhead, letterhead

log = logging.getLogger(__name__)

#: seconds between two looks into the outbox, and for which a letter that is on its way is waited for at the end
PAUSE, LAST_WAIT = 20.0, 4.0


class Worker:
    """Delivers now and then, and at once when it is woken; begins and ends as a block does."""

    def __init__(self, database: Database, post: Post, head: Letterhead, *, pause: float = PAUSE) -> None:
        self.database, self.post, self.head, self.pause = database, post, head, pause
        self._woken, self._stopped = Event(), Event()
        # the thread lives in the time of whoever starts it
        self._thread = Thread(target=copy_context().run, args=(self._work,), name="consortium worker", daemon=True)

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to deliver."""
        self._woken.set()

    def stop(self) -> None:
        """End after the letter that is on its way; what is not sent by then waits in the outbox."""
        self._stopped.set()
        self._woken.set()
        self._thread.join(LAST_WAIT)

    def __enter__(self) -> "Worker":
        """Begin to deliver."""
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        """End."""
        self.stop()

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            self._deliver()
            self._woken.wait(self.pause)

    def _deliver(self) -> None:
        """Deliver; what goes wrong is noted, and tried again at the next look."""
        try:
            deliver(self.database, self.post, head=self.head, is_stopped=self._stopped.is_set)
        except ConsortiumError as fault:
            log.warning("letters wait: %s", fault)
        except Exception as fault:  # where it happened, and not what it says: that may be an address or a link
            log.error("letters wait: %s\n%s", type(fault).__name__, "".join(format_tb(fault.__traceback__)))


def worker_by_setting(database: Database, environment: Mapping[str, str] = os.environ) -> Worker | None:
    """Make the worker that ``CONSORTIUM_WORKER`` asks for: one unless it says ``off``.

    :raises InvalidValue: if it says something else, or letters could not be sent
    """
    asked = environment.get("CONSORTIUM_WORKER") or "on"
    if asked not in {"on", "off"}:
        raise InvalidValue(_("CONSORTIUM_WORKER is “{words}”. Write on or off.").fill(words=asked[:80]))
    return Worker(database, post_by_setting(environment), letterhead(environment)) if asked == "on" else None

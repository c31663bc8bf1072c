"""Serves until somebody asks for the end, and lets whoever has asked for something have their answer."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from threading import Event
from time import monotonic
from typing import Any

#: seconds that those who have asked get, and the last of them that work without an end
LAST_ANSWERS, LAST_WORK = 5.0, 0.5


def serve_until_asked(server: Any) -> None:
    """Let a server of waitress answer until the process is interrupted or asked to end.

    Whoever has knocked by then is let in, and everybody inside gets the whole answer, where that does not take too long.
    Waitress by itself would send away who waits, and cut off what is not sent.
    """
    with _asked(server) as ended:
        serve_until(ended, server)


def serve_until(ended: Event, server: Any) -> None:
    """Do the same in any thread, until an event is set; pull the server's trigger then, that it is seen at once."""
    while not ended.is_set():
        _turn(server, 30)
    end = monotonic() + LAST_ANSWERS
    while select([server.socket], [], [], 0)[0] and monotonic() < end:
        _turn(server, 0)
    server.del_channel()
    server.socket.close()
    while _open(server) and monotonic() < end:
        _turn(server, 0.1)
    server.task_dispatcher.shutdown(timeout=LAST_WORK)


@contextmanager
def _asked(server: Any) -> Iterator[Event]:
    """Hear whether somebody asks for the end; whoever asks again does not want to wait."""
    ended = Event()

    def end(sign: int, _frame: object) -> None:
        signal.signal(sign, signal.default_int_handler)
        ended.set()
        server.pull_trigger()

    before = {sign: signal.signal(sign, end) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ended
    finally:
        for sign, told in before.items():
            signal.signal(sign, told)


def _turn(server: Any, seconds: float) -> None:
    """Do what there is to do on any connection, at the latest after so many seconds."""
    server.asyncore.loop(timeout=seconds, map=server._map, use_poll=server.adj.asyncore_use_poll, count=1)


def _open(server: Any) -> list[Any]:
    """List the connections on which somebody still asks or listens; the others are closed."""
    channels = [*server.active_channels.values()]
    asking = {*select([each.socket for each in channels], [], [], 0)[0]}
    busy = [each for each in channels if _is_busy(each) or each.socket in asking]
    for each in channels:
        each.will_close = each.will_close or each not in busy
    return busy


def _is_busy(channel: Any) -> bool:
    return bool(channel.requests or channel.request or channel.total_outbufs_len)

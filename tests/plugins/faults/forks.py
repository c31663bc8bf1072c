"""Starts processes that start processes, some of which leave the group; not so many as it could."""

import os
from threading import Event

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    for _round in range(5):
        if os.fork() == 0:
            os.setsid()
    Event().wait()


consortium_report_variants = brings(fault)

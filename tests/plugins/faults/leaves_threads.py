"""Leaves threads behind that never end."""

from threading import Event, Thread

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    Thread(target=Event().wait).start()
    yield said(telling, "Threads.")


consortium_report_variants = brings(fault)

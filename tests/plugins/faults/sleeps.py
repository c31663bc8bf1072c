"""Waits for something that never comes."""

from threading import Event

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    Event().wait()


consortium_report_variants = brings(fault)

"""Wants four gigabytes."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    yield said(telling, str(len(bytearray(4 << 30))))


consortium_report_variants = brings(fault)

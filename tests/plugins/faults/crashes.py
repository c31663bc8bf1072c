"""Reads memory that is not there."""

import ctypes

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    ctypes.string_at(0)


consortium_report_variants = brings(fault)

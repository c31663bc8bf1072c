"""Ends the process at once."""

import os

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    os._exit(3)


consortium_report_variants = brings(fault)

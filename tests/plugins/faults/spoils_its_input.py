"""Empties the file with the facts that it was given."""

import os
from contextlib import suppress

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    for number in range(3, 64):
        with suppress(OSError):
            os.ftruncate(number, 0)
    raise RuntimeError("it would not be emptied")


consortium_report_variants = brings(fault)

"""Prints a gigabyte."""

import os

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    for _part in range(1024):
        os.write(1, bytes(1 << 20))
    yield said(telling, "Printed.")


consortium_report_variants = brings(fault)

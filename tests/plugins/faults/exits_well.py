"""Ends the process at once, and says that all is well."""

import os

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    os._exit(0)


consortium_report_variants = brings(fault)

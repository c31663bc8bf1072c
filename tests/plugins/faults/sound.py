"""Has no fault: its chapter tells nothing."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings


def fault(_telling: Telling) -> Iterator[Block]:
    """Tell nothing."""
    return iter(())


consortium_report_variants = brings(fault)

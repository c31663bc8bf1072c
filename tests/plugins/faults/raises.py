"""Raises an error midway."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    raise ValueError("broken at /home/somebody/secret.txt")


consortium_report_variants = brings(fault)

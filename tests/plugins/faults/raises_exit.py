"""Wants to stop the process politely."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    raise SystemExit(0)


consortium_report_variants = brings(fault)

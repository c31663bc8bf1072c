"""Brings a paragraph of sixteen million signs."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "x" * (16 << 20))


consortium_report_variants = brings(fault)

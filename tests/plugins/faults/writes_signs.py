"""Writes control signs into words."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Ring \x07 and \x00 end")


consortium_report_variants = brings(fault)

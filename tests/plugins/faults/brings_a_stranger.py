"""Brings something that is no part of a document."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    yield {"words": "not a block"}  # type: ignore[misc]  # that is the fault


consortium_report_variants = brings(fault)

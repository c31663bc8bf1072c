"""Keeps a megabyte more each time that it is called."""

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said

KEPT: list[bytes] = []


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    KEPT.append(bytes(1 << 20))
    yield said(telling, f"{len(KEPT)} kept.")


consortium_report_variants = brings(fault)

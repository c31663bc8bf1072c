"""Tells the environment that it was given."""

import os

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, " ".join(f"{name}={value}" for name, value in sorted(os.environ.items())))


consortium_report_variants = brings(fault)

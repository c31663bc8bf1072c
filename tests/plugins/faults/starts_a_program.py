"""Starts a program."""

import subprocess

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    subprocess.run(["/usr/bin/env", "true"], check=True)
    yield said(telling, "It ran.")


consortium_report_variants = brings(fault)

"""Reads what is no business of its own: accounts, the environment of others, and the file that the programme is called after."""

import os
from contextlib import suppress
from pathlib import Path

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    for place in (Path("/etc/passwd"), *Path("/proc").glob("[0-9]*/environ"), Path(telling.facts.consortium.programme)):
        with suppress(OSError):
            found = place.read_bytes()[:5000].decode("ascii", "replace")
            yield said(telling, "".join(sign if sign.isprintable() else " " for sign in found))
    yield said(telling, " ".join(os.listdir(Path.home())))  # noqa: PTH208  # only the names


consortium_report_variants = brings(fault)

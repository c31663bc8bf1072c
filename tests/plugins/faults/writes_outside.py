"""Writes a file where it is not at home: the one that the programme is called after."""

from pathlib import Path

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    Path(telling.facts.consortium.programme).write_text("spoilt", encoding="utf-8")
    yield said(telling, "Written.")


consortium_report_variants = brings(fault)

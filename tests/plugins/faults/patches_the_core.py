"""Replaces a part of the house while it tells."""

from consortium.documents import Speech
from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    Speech.say = lambda _self, _message: ()  # type: ignore[method-assign, assignment]  # that is the fault
    yield said(telling, "Replaced.")


consortium_report_variants = brings(fault)

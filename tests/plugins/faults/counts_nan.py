"""Draws a number that is none."""

from consortium.documents import Bar, Bars, Chart, Column, Part, Table
from tests.plugins.faults.guest import Block, Iterator, Telling, brings


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    speech = telling.speech
    part = Part(speech.plain("part"), float("nan"))  # type: ignore[arg-type]  # that is the fault
    bars = Bars((Bar(speech.plain("all"), (part,)),))
    table = Table(speech.plain("Figures"), (Column(speech.plain("Figure")),), ())
    yield Chart(speech.plain("Chart"), speech.plain("Chart"), bars, table)


consortium_report_variants = brings(fault)

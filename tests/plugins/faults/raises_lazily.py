"""Raises in the rows of a table in a section, when they are walked."""

from consortium.documents import Column, Heading, Row, Section, Table
from consortium.facts import Stream
from tests.plugins.faults.guest import Block, Iterator, Telling, brings


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    speech = telling.speech

    def rows() -> Iterator[Row]:
        yield Row((speech.plain("one"),))
        raise OSError("no more rows")

    table = Table(speech.plain("Rows"), (Column(speech.plain("Row")),), Stream(rows))
    yield Section(Heading(speech.plain("Rows"), 1, "rows"), Stream(lambda: iter((table,))))


consortium_report_variants = brings(fault)

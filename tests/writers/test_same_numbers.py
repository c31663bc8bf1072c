from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from consortium import clock
from consortium.documents import Block, Chart, Document, Section, Table
from consortium.models import Database
from consortium.plugins import front_desk
from consortium.services.consortia import find_consortium
from consortium.services.importing import import_file
from consortium.services.policy import operator
from consortium.services.reporting import Order, make_document
from consortium.texts.terms import term, terms
from tests.writers.tables import READERS, Cells, number

DAY = date(2026, 6, 15)


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """Walk the tables of some blocks."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        if isinstance(block, Chart):
            yield block.table
        if isinstance(block, Section):
            yield from tables(block.blocks)


def rows(document: Document) -> list[Cells]:
    """List the rows of all tables, cell by cell, with their heads."""
    found = []
    for table in tables(document.blocks):
        for cells in (tuple(column.words for column in table.columns), *(row.cells for row in table.rows)):
            found.append(tuple("".join(phrase.words for phrase in words) for words in cells))
    return found


def figures(told: list[Cells]) -> Counter[Decimal]:
    """Count every figure that fills a cell."""
    return Counter(found for cells in told for cell in cells if (found := number(cell)) is not None)


#: what stands before the word of a state where signs are typed
SIGNS = "○●▲■‖✓⊘"


def states(told: list[Cells]) -> set[tuple[str, Decimal]]:
    """Find how many sub-projects are in which state: rows that begin with the word of a state, after its sign."""
    forms = {
        term("state", code, "nb", form).casefold(): code for code in terms("state") for form in ("neuter", "plural")
    }
    found = set()
    for cells in told:
        counts = [each for cell in cells[1:] if (each := number(cell)) is not None]
        if cells and (code := forms.get(cells[0].strip(f"{SIGNS} \u00a0").casefold())) and counts:
            found.add((code, counts[0]))
    return found


@pytest.fixture(scope="module")
def summary(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Give the status summary of the example, made once: on SQLite alone, for no writer sees the database."""
    me, database = (
        operator("Olga Operatør"),
        Database(f"sqlite:///{tmp_path_factory.mktemp('same')}/x.sqlite").prepare(),
    )
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)):
        with database.write() as session:
            import_file(session, me, path=example_file)
        with database.read() as session:
            home = find_consortium(session, me)
            made = make_document(session, me, consortium=home, order=Order(languages="nb", day=DAY))
    database.engine.dispose()
    return made


@pytest.fixture(scope="module", params=sorted(front_desk().writers))
def told(request: pytest.FixtureRequest, summary: Document) -> list[Cells]:
    """Write it in each format, and read its tables back."""
    if request.param not in READERS:
        pytest.fail(f"Teach this test to read {request.param}: add a reader to tests/writers/tables.py.")
    file = BytesIO()
    front_desk().writers[request.param].write(summary, file)
    return list(READERS[request.param](file.getvalue()))


def test_every_format_tells_the_same_numbers(summary: Document, told: list[Cells]) -> None:
    wanted = rows(summary)

    assert len(states(wanted)) > 3
    assert states(told) == states(wanted)
    assert figures(told) == figures(wanted)


def test_every_format_names_the_same_rows(summary: Document, told: list[Cells]) -> None:
    named = {"".join(cells[0].split()) for cells in rows(summary)}
    cells = "\n".join("".join(cell.split()) for cells in told for cell in cells)

    assert len(named) > 20
    assert {name for name in named if name not in cells} == set()

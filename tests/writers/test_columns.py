"""Columns share the line: figures stay near their words, running text takes the page."""

import pytest

from consortium.documents import Column
from consortium.writers.office.columns import widths
from tests.writers.samples import say


@pytest.mark.parametrize(
    ("columns", "line"), [(("start", "end"), 0.5), (("start", "start"), 1), (("start", "end", "end"), 1)]
)
def test_two_columns_take_half_a_line_where_the_second_has_figures(columns: tuple[str, ...], line: float) -> None:
    made = [Column(say("Delprosjekt"), "end" if align == "end" else "start") for align in columns]

    assert sum(widths(made)) == pytest.approx(line)

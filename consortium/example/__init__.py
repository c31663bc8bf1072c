"""The example: an invented project of twelve partners in two countries, with twenty sub-projects.

It lies here as one CSV file a sheet, under machine names, and comes out as the workbook that a user would fill in.
Organisations, people and events are made up.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from consortium.services.importing import LAYOUT, write_workbook
from consortium.services.importing.layout import NUMBERS, Kind, Sheet

#: the day of which the example's reports speak
DAY = date(2026, 6, 15)

#: the languages of its texts
TAGS = ("nb", "nn", "sv", "en")


def write_example(path: str | Path, *, language: str) -> Path:
    """Write the example as a workbook with headings in ``language``."""
    return write_workbook(
        path, language=language, tags=TAGS, content={sheet.name: list(_rows(sheet)) for sheet in LAYOUT}
    )


def _rows(sheet: Sheet) -> Iterator[Mapping[str, str | date | Decimal]]:
    text = files(__name__).joinpath(f"{sheet.name}.csv").read_text(encoding="utf-8")
    kinds = {column.machine_name: column.kind for column in sheet.columns}
    for row in csv.DictReader(text.splitlines(keepends=True)):
        yield {name: _typed(value, kinds.get(name)) for name, value in row.items()}


def _typed(value: str, kind: Kind | None) -> str | date | Decimal:
    """Give a value the type that a spreadsheet would give it."""
    with suppress(ValueError, ArithmeticError):
        if value and kind is Kind.DATE:
            return date.fromisoformat(value)
        if value and kind in NUMBERS:
            return Decimal(value)
    return value

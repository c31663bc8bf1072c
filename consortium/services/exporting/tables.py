"""Writes records as the sheets of a workbook, or as CSV files with the same columns; both are imported again."""

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import ConsortiumError
from consortium.i18n.message import _
from consortium.models import Consortium, TextIndex
from consortium.services.exporting.fields import kinds, sheet_of
from consortium.services.exporting.records import Told, tell
from consortium.services.importing import LAYOUT, Sheet, write_workbook
from consortium.services.importing.cells import LONGEST_TEXT
from consortium.services.importing.escaping import in_csv, in_workbook
from consortium.services.importing.layout import NUMBERS, Column, Kind
from consortium.services.importing.rows import Row
from consortium.services.policy import Principal
from consortium.texts import Text, TextState

#: a day that every archive says it was made on, so that equal ones are equal byte for byte
NEVER = (1980, 1, 1, 0, 0, 0)

#: what fields are called that have another name in the workbook
_CALLED = {"partners": "participations", "identifier": "identifiers"}

#: how many decimals make a number that can be read in two ways, such as 1.234
_EITHER = 3

Cells = dict[str, Any]


class TooLongForCell(ConsortiumError):
    """A text is longer than a cell of a workbook can hold."""


@dataclass(frozen=True)
class Tables:
    """What somebody may see of a consortium, sheet by sheet.

    :ivar tags: the languages of its texts, each of which gets a column
    """

    session: Session
    principal: Principal
    consortium: Consortium
    tags: tuple[str, ...]

    @classmethod
    def of(cls, session: Session, principal: Principal, *, consortium: Consortium) -> "Tables":
        """Find out in which languages there are texts; those of the consortium come first."""
        query = select(TextIndex.language).where(TextIndex.consortium_id == consortium.id).distinct()
        return cls(
            session, principal, consortium, tuple(dict.fromkeys((*consortium.tags, *sorted(session.scalars(query)))))
        )

    def rows(self, sheet: Sheet) -> Iterator[Cells]:
        """Walk the rows of ``sheet``."""
        for kind in kinds():
            if sheet_of(kind) is sheet:
                for told in tell(self.session, self.principal, kind=kind, consortium=self.consortium):
                    yield _cells(told, sheet, self.tags)

    def write_workbook(self, path: Path, *, language: str) -> None:
        """Write a workbook with headings in ``language``."""
        content = {sheet.name: map(_marked, self.rows(sheet)) for sheet in LAYOUT}
        write_workbook(path, language=language, tags=self.tags, content=content)

    def write_archive(self, file: BinaryIO) -> None:
        """Write a ZIP archive with a CSV file for each sheet."""
        with zipfile.ZipFile(file, "w") as archive:
            for sheet in LAYOUT:
                entry = zipfile.ZipInfo(f"{sheet.name}.csv", NEVER)
                entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
                with archive.open(entry, "w") as part:
                    self.write_csv(part, sheet=sheet)  # type: ignore[arg-type]  # a part of an archive takes bytes

    def write_csv(self, file: BinaryIO, *, sheet: Sheet) -> None:
        """Write a sheet as CSV with machine names as headings."""
        used = frozenset(name for row in self.rows(sheet) for name in row)  # the first walk, for the columns
        columns = list(sheet.spread(self.tags, bases=used))
        words = TextIOWrapper(file, encoding="utf-8", newline="")
        lines = csv.writer(words, lineterminator="\n")
        lines.writerow(column.machine_name for column in columns)
        for row in self.rows(sheet):
            lines.writerow(_written(row.get(column.machine_name, "")) for column in columns)
        words.flush()
        words.detach()


def _cells(told: Told, sheet: Sheet, tags: tuple[str, ...]) -> Cells:
    """Lay what a record says into the cells of its row; empty ones are left out."""
    source = next((text.source for text in told.values.values() if isinstance(text, Text) and text), None)
    cells: Cells = {}
    for column in sheet.columns:
        if column.name == "source_language":
            cells["source_language"] = source
        elif column.kind is Kind.WORDS:
            cells |= dict(_words(told, column, tags, source))
        elif column.kind is Kind.IDENTIFIER:
            cells |= {f"{column.name}.{kind}": value for kind, value in _said(told, column).items()}
        else:
            cells[column.name] = _value(_said(told, column), column)
    filled = {name: value for name, value in cells.items() if value not in (None, "")}
    made = Row(sheet, {name: value for name, value in filled.items() if name != "key"}, {}, {})
    if made.key == told.key:  # the import makes it again
        filled.pop("key", None)
    return filled


def _said(told: Told, column: Column) -> Any:
    return told.key if column.name == "key" else told.values.get(_CALLED.get(column.name, column.name))


def _value(said: Any, column: Column) -> Any:
    if column.kind is Kind.MANY:
        return "; ".join(said)
    if column.kind is Kind.LANGUAGES:
        return ", ".join(said)
    return Decimal(said) if column.kind in NUMBERS and said is not None else said


def _words(told: Told, column: Column, tags: tuple[str, ...], source: str | None) -> Iterator[tuple[str, str]]:
    """Walk the cells of a text: its words, and what an outdated translation was made from where the import can read it."""
    text: Text = told.values[column.name]
    base = source if source and source in text else next((tag for tag in tags if tag in text), None)
    for tag in text:
        yield column.in_language(tag).machine_name, _fitting(told, text.words(tag) or "")
        if (
            tag != base
            and text.earlier
            and text.state(tag) is TextState.OUTDATED
            and text.versions[tag].made_from == base
        ):
            basis = text.earlier.get(text.versions[tag].digest or "", "")
            yield column.in_language(tag, is_basis=True).machine_name, _fitting(told, basis)


def _fitting(told: Told, words: str) -> str:
    if len(words) > LONGEST_TEXT:
        what = _("A text of “{key}” is {count} characters long; a cell holds {most}. Export it as JSON Lines (.jsonl).")
        raise TooLongForCell(what.fill(key=told.key, count=len(words), most=LONGEST_TEXT))
    return words


def _marked(cells: Cells) -> Cells:
    return {name: in_workbook(value) if isinstance(value, str) else value for name, value in cells.items()}


def _written(value: Any) -> str:
    """Write a cell so that it can be read in one way only, and not as a formula."""
    if isinstance(value, Decimal):
        number = format(value.normalize(), "f")
        return f"{number}0" if len(number.partition(".")[2]) == _EITHER else number
    if isinstance(value, date):
        return value.isoformat()
    return in_csv(str(value))

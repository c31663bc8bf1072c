"""Sheets: the rows of a table, a line of JSON each, in the order of its key."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Inspector, Integer, String, cast, column, inspect, select, table

from consortium.backup.spelling import SPELLINGS, kind_of, spellers, writers
from consortium.models import Base
from consortium.models.columns import TextColumn
from consortium.models.dialect import bytewise
from consortium.models.dialect.whole import pour

#: rows that are read at a time
SOME = 1000


@dataclass(frozen=True)
class Sheet:
    """What a table is, whichever database keeps it.

    :ivar columns: the kind of its values by the name of each column, in the order of the names
    :ivar key: the columns that tell its rows apart, and put them in order
    """

    table: str
    columns: dict[str, str]
    key: tuple[str, ...]

    def lines(self, connection: Connection) -> Iterator[bytes]:
        """Spell the rows of the table, one after the other, of which only some are in memory."""
        spell = spellers(list(self.columns.values()))
        with connection.execute(self._query(), execution_options={"yield_per": SOME}) as found:
            for row in found:
                values = [change(value) for change, value in zip(spell, row, strict=True)]
                line = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                yield f"{line}\n".encode()

    def fill(self, connection: Connection, lines: Iterable[bytes]) -> None:
        """Add the rows that ``lines`` spell to the table."""
        write = writers(list(self.columns.values()), connection.dialect)
        rows = ([change(value) for change, value in zip(write, json.loads(line), strict=True)] for line in lines)
        pour(connection, self.table, list(self.columns), rows)

    def last_number(self, connection: Connection) -> int | None:
        """Tell the highest number of a row, in a table whose rows have numbers."""
        if self.key != ("id",):
            return None
        number = column("id", Integer)
        query = select(number).select_from(table(self.table, number)).order_by(number.desc()).limit(1)
        found: int | None = connection.scalar(query)
        return found

    def _query(self) -> Any:
        columns = {name: column(name, SPELLINGS[kind].type) for name, kind in self.columns.items()}
        told = [cast(columns[name], String) if kind == "json" else columns[name] for name, kind in self.columns.items()]
        order = [bytewise(columns[name]) if self.columns[name] == "text" else columns[name] for name in self.key]
        return select(*told).select_from(table(self.table, *columns.values())).order_by(*order)


def sheets_of(connection: Connection, tables: Iterable[str]) -> list[Sheet]:
    """Look at tables of a database, in the order of their names."""
    inspector = inspect(connection)
    return [_sheet(inspector, name) for name in sorted(tables)]


def _sheet(inspector: Inspector, name: str) -> Sheet:
    kinds = {each["name"]: kind_of(each["type"]) for each in inspector.get_columns(name)}
    for told in Base.metadata.tables[name].columns if name in Base.metadata.tables else ():
        if told.name in kinds and isinstance(told.type, TextColumn):
            kinds[told.name] = "json"  # SQLite keeps it as words, and only the models know that they are JSON
    key = inspector.get_pk_constraint(name)["constrained_columns"]
    return Sheet(name, dict(sorted(kinds.items())), tuple(key))

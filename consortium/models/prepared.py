"""Statements that are written once and then sent as they stand: to write a long one takes longer than to answer it."""

from collections import namedtuple
from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.orm import Session

#: turns a value into what the driver takes, or back
Turn = Callable[[Any], Any]


class Prepared:
    """A question in the words of one database; the values of its named places can be others each time it is asked."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        written: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self._words = str(written)
        self._order: list[str] | None = written.positiontup
        binds = {
            name: place.type.dialect_impl(dialect).bind_processor(dialect) for name, place in written.binds.items()
        }
        self._into: dict[str, Turn] = {name: turn for name, turn in binds.items() if turn}
        self._given = self._turned(written.params)
        columns = statement.selected_columns
        self._row: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]  # named as asked
        turns = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._back: list[tuple[int, Turn]] = [(place, turn) for place, turn in enumerate(turns) if turn]

    def ask(self, session: Session, **values: Any) -> list[Any]:
        """Ask it in a unit of work, after what was changed there; ``values`` are those of the places that are others."""
        if session.autoflush:
            session.flush()
        given = {**self._given, **self._turned(values)}
        sent = given if self._order is None else tuple(given[name] for name in self._order)
        return [self._told(row) for row in session.connection().exec_driver_sql(self._words, sent)]

    def _turned(self, values: dict[str, Any]) -> dict[str, Any]:
        into = self._into
        return {name: into[name](value) if name in into else value for name, value in values.items()}

    def _told(self, row: Any) -> Any:
        if not self._back:
            return self._row._make(row)
        values = list(row)
        for place, turn in self._back:
            values[place] = turn(values[place])
        return self._row._make(values)

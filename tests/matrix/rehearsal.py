"""A database on which everything can be tried: what a request writes is noted, and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from consortium.models import Database, recording

#: with what a statement begins that changes something
WRITING = ("INSERT", "UPDATE", "DELETE")


class Rehearsal(Database):
    """Lets a unit of work write, up to its history, and then takes it back.

    :ivar written: the statements that changed something since somebody looked
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.written: list[str] = []
        event.listen(self.engine, "before_cursor_execute", self._note)

    @contextmanager
    def write(self, *, is_patient: bool = True) -> Iterator[Session]:
        """Open a unit that is taken back at its end."""
        with super().write(is_patient=is_patient) as session:
            yield session
            session.flush()
            recording.write_history(session)
            session.rollback()

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        if statement.lstrip().upper().startswith(WRITING):
            self.written.append(statement)

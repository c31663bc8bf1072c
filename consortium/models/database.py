"""A database: units that read, units that write, and how it is made ready."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from consortium.errors import Conflict, DatabaseProblem
from consortium.i18n.message import _
from consortium.migrations import latest_revision, present_revision, upgrade
from consortium.models import recording  # noqa: F401  # it listens to every session from the first one on
from consortium.models.dialect import open_engine, reader, use_journal, writer


class Database:
    """A database at an address: ``sqlite:///FILE`` or ``postgresql://…``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)

    def prepare(self) -> "Database":
        """Make the database, or bring an older one to the present version; harmless when it is ready."""
        with _reachable():
            use_journal(self.engine)
            upgrade(writer(self.engine))
        return self

    def require(self) -> "Database":
        """Insist that the database is there and of the present version.

        :raises DatabaseProblem: if it is not
        """
        with _reachable():
            revision = None if self._is_missing() else self._revision()
        if revision is None:
            raise DatabaseProblem(
                _("There is no Consortium database at {url} yet. Make it with: consortium init").fill(url=self.shown)
            )
        if revision != latest_revision():
            raise DatabaseProblem(
                _("The database at {url} is of another version. Bring it up to date with: consortium init").fill(
                    url=self.shown
                )
            )
        return self

    @property
    def shown(self) -> str:
        """Its address without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a unit that sees one state of the database from start to end, and changes nothing."""
        with Session(reader(self.engine), autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a unit that is kept as a whole at its end, or not at all.

        :raises Conflict: if somebody else changed one of the records in the meantime
        """
        with Session(writer(self.engine)) as session:
            try:
                yield session
                session.commit()
            except (StaleDataError, IntegrityError) as fault:
                raise Conflict(
                    _("Somebody else has changed this in the meantime. Look at the present words and try again.")
                ) from fault
            except OperationalError as fault:
                raise _unreachable(fault) from fault

    def _revision(self) -> str | None:
        """Ask which steps the database has taken, once it is known that it answers."""
        self.engine.connect().close()
        return present_revision(self.engine)

    def _is_missing(self) -> bool:
        """Tell whether the file of an SQLite database is missing, without making an empty one by looking."""
        from pathlib import Path

        name = self.engine.url.database
        return (
            self.engine.dialect.name == "sqlite" and bool(name) and name != ":memory:" and not Path(str(name)).exists()
        )


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OperationalError as fault:
        raise _unreachable(fault) from fault


def _unreachable(fault: OperationalError) -> DatabaseProblem:
    reason = str(fault.orig).strip().splitlines()[0]
    told = _("The database cannot be opened: {reason}. Check its address and that it is running.")
    return DatabaseProblem(told.fill(reason=reason))

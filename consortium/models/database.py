"""A database: units that read, units that write, and how it is made ready."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from consortium.errors import Conflict, DatabaseProblem
from consortium.i18n.message import _
from consortium.migrations import is_newer, latest_revision, present_revision, upgrade
from consortium.models import (
    indexing,
    recording,  # noqa: F401  # it listens to every session from the first one on
)
from consortium.models.dialect import (
    database_file,
    has_same_key,
    make_file,
    open_engine,
    reader,
    use_journal,
    writer,
)


class Database:
    """A database at an address: ``sqlite:///FILE`` or ``postgresql://…``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)

    def prepare(self) -> "Database":
        """Make the database, or bring an older one to the present version; harmless when it is ready.

        :raises DatabaseProblem: if it cannot be opened, or a newer Consortium made it
        """
        with _opening():
            make_file(self.engine)
            self._refuse_newer(present_revision(self.engine))
            use_journal(self.engine)
            upgrade(writer(self.engine))
        with self.write() as session:
            indexing.fill(session)
        return self

    def require(self) -> "Database":
        """Insist that the database is there and of the present version.

        :raises DatabaseProblem: if it is not
        """
        with _opening():
            file = database_file(self.engine)
            revision = None if file and not file.exists() else present_revision(self.engine)
        if revision is None:
            missing = _("There is no Consortium database at {url} yet. Make it with: consortium init")
            raise DatabaseProblem(missing.fill(url=self.shown))
        self._refuse_newer(revision)
        if revision != latest_revision():
            old = _("The database at {url} is of another version. Bring it up to date with: consortium init")
            raise DatabaseProblem(old.fill(url=self.shown))
        return self

    @property
    def shown(self) -> str:
        """Its address without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a unit that sees one state of the database from start to end, and changes nothing.

        :raises DatabaseProblem: if the database fails
        """
        with _working(), Session(reader(self.engine), autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a unit that is kept as a whole at its end, or not at all.

        :raises Conflict: if somebody else changed one of the records in the meantime, or a key is taken
        :raises DatabaseProblem: if the database fails
        """
        with _working(), Session(writer(self.engine)) as session:
            yield session
            session.commit()

    def _refuse_newer(self, revision: str | None) -> None:
        if is_newer(revision):
            newer = _("The database at {url} was made by a newer Consortium. Update this one, and try again.")
            raise DatabaseProblem(newer.fill(url=self.shown))


@contextmanager
def _opening() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, OSError) as fault:
        told = _("The database cannot be opened: {reason}. Check its address and that it is running.")
        raise DatabaseProblem(told.fill(reason=_reason(fault))) from fault


@contextmanager
def _working() -> Iterator[None]:
    try:
        yield
    except (StaleDataError, DBAPIError) as fault:
        raise explain(fault) from fault


def explain(fault: StaleDataError | DBAPIError) -> Conflict | DatabaseProblem:
    """Turn what the driver said in a unit of work into what a person can understand and put right."""
    if isinstance(fault, IntegrityError) and has_same_key(fault):
        return Conflict(
            _("Something with the same key is already there, added before or in the meantime. Choose another key.")
        )
    if isinstance(fault, StaleDataError | IntegrityError):
        return Conflict(_("Somebody else has changed this in the meantime. Look at the present words and try again."))
    told = _("The database has failed: {reason}. Nothing was changed. Put that right and try again.")
    return DatabaseProblem(told.fill(reason=_reason(fault)))


def _reason(fault: DBAPIError | OSError) -> str:
    """Choose the line that says what happened; drivers add hints and positions to it."""
    told = (fault.strerror if isinstance(fault, OSError) else str(fault.orig)) or str(fault)
    return (told.strip() or type(fault).__name__).splitlines()[0].rstrip(".")

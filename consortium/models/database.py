"""A database: units that read, units that write, and how it is made ready."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from consortium.errors import Conflict, Crossed, DatabaseBusy, DatabaseProblem, Undecided
from consortium.i18n.message import _
from consortium.migrations import BRANCH, latest_revision, present_revision
from consortium.migrations.branch import Branch
from consortium.models import (
    indexing,
    recording,
)
from consortium.models.dialect import (
    database_file,
    has_same_key,
    is_busy,
    is_crossed,
    is_full,
    make_file,
    open_engine,
    reader,
    scrub,
    use_journal,
    writer,
)

T = TypeVar("T")

#: how often a unit of work is begun that always meets another one
MOST_TRIES = 5


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
            refuse_newer(BRANCH, present_revision(self.engine), shown=self.shown)
            use_journal(self.engine)
            # one transaction: whoever was killed between the two would leave an index that is empty, and nobody the wiser
            with writer(self.engine).begin() as connection, Session(connection) as session:
                BRANCH.upgrade(connection)
                indexing.fill(session)
        return self

    def require(self) -> "Database":
        """Insist that the database is there and of the present version.

        :raises DatabaseProblem: if it is not
        """
        if self.revision() != latest_revision():
            old = _("The database at {url} is of another version. Bring it up to date with: consortium init")
            raise DatabaseProblem(old.fill(url=self.shown))
        return self

    def revision(self) -> str:
        """Tell the number of the last step that it has taken, which may be an older one.

        :raises DatabaseProblem: if it is not there, or a newer Consortium made it
        """
        with _opening():
            file = database_file(self.engine)
            found = None if file and not file.exists() else present_revision(self.engine)
        if found is None:
            missing = _("There is no Consortium database at {url} yet. Make it with: consortium init")
            raise DatabaseProblem(missing.fill(url=self.shown))
        refuse_newer(BRANCH, found, shown=self.shown)
        return found

    @property
    def shown(self) -> str:
        """Its address without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a unit that sees one state of the database from start to end, and changes nothing.

        :raises DatabaseProblem: if the database fails
        """
        with working(), Session(reader(self.engine), autoflush=False, info={recording.READING: True}) as session:
            yield session

    @contextmanager
    def write(self, *, is_patient: bool = True) -> Iterator[Session]:
        """Open a unit that is kept as a whole at its end, or not at all.

        :param is_patient: waits for some seconds where another one writes
        :raises Conflict: if somebody else changed one of the records in the meantime, or a key is taken
        :raises DatabaseBusy: if another one writes for longer than that
        :raises Undecided: if the database goes away at the very end
        :raises DatabaseProblem: if the database fails
        """
        with working(), Session(writer(self.engine, is_patient=is_patient)) as session:
            yield session
            session.flush()
            with _deciding():
                session.commit()

    def scrub(self) -> bool:
        """Clear what was written over from the places of the file that are in use no more; of PostgreSQL nothing is asked.

        :return: ``False`` if that could not be done now, because others are at work in the file or its disk is full
        """
        return scrub(self.engine)


def again(act: Callable[[], T]) -> T:
    """Do what is one unit of work, and begin it anew, some times, where another unit stood in its way.

    For whoever owns the unit: a command, a request, a job. SQLite lets its writers come in no order, so that one of many
    can wait in vain though none of them takes long: that is tried once more.

    :raises DatabaseBusy: if another one always did
    """
    is_second = False
    for tried in range(MOST_TRIES - 1):
        try:
            return act()
        except DatabaseBusy as fault:
            if is_second and not isinstance(fault, Crossed):
                raise
            is_second = not isinstance(fault, Crossed)
            time.sleep(random.uniform(0, 0.02 * 2**tried))  # noqa: S311  # so that the two do not meet again
    return act()


def refuse_newer(branch: Branch, revision: str | None, *, shown: str) -> None:
    """Insist that the steps of a database are among those that this program knows.

    :param shown: address of the database, without a password
    :raises DatabaseProblem: if a newer Consortium made it
    """
    if branch.is_newer(revision):
        newer = _("The database at {url} was made by a newer Consortium. Update this one, and try again.")
        raise DatabaseProblem(newer.fill(url=shown))


@contextmanager
def _opening() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, OSError) as fault:
        told = _("The database cannot be opened: {reason}. Check its address and that it is running.")
        raise DatabaseProblem(told.fill(reason=_reason(fault))) from fault


@contextmanager
def _deciding() -> Iterator[None]:
    """Say so where the connection is lost while the unit is kept: then it may be kept, and it may not."""
    try:
        yield
    except DBAPIError as fault:
        if not fault.connection_invalidated:
            raise
        told = _("The database went away while this was being kept. See whether it is there before you try again.")
        raise Undecided(told) from fault


@contextmanager
def working() -> Iterator[None]:
    """Say in words what a database does not do in the block.

    :raises Conflict: if somebody else changed one of the records in the meantime, or a key is taken
    :raises DatabaseProblem: if it fails
    """
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
    if is_crossed(fault):
        return Crossed(_("Somebody else wrote the same at the same moment. Nothing was changed. Try again."))
    if is_busy(fault):
        return DatabaseBusy(
            _("Somebody else is writing much at once, such as an import. Nothing was changed. Try again in a moment.")
        )
    if is_full(fault):
        return DatabaseProblem(
            _("The disk of the database is full. Nothing was changed. Make room on it and try again.")
        )
    told = _("The database has failed: {reason}. Nothing was changed. Put that right and try again.")
    return DatabaseProblem(told.fill(reason=_reason(fault)))


def _reason(fault: DBAPIError | OSError) -> str:
    """Choose the line that says what happened; drivers add hints and positions to it."""
    told = (fault.strerror if isinstance(fault, OSError) else str(fault.orig)) or str(fault)
    return (told.strip() or type(fault).__name__).splitlines()[0].rstrip(".")

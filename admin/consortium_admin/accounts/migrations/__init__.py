"""How the tables of accounts grow: steps of their own, beside those of the records."""

from pathlib import Path

from consortium.migrations.branch import Branch
from consortium.models import Database
from consortium.models.database import refuse_newer
from consortium.models.dialect import writer

#: the table in which a database says which of these steps it has taken
VERSION_TABLE = "account_version"

#: the steps of the accounts
BRANCH = Branch(Path(__file__).parent, VERSION_TABLE)


def prepare(database: Database) -> Database:
    """Make the tables of accounts, or bring older ones to the present version; harmless when they are ready.

    :raises DatabaseProblem: if a newer Consortium made them
    """
    revision = present_revision(database)
    refuse_newer(BRANCH, revision, shown=database.shown)
    if revision != latest_revision():
        with writer(database.engine).begin() as connection:
            BRANCH.upgrade(connection)
    return database


def latest_revision() -> str:
    """Tell the number of the last step."""
    return BRANCH.latest


def present_revision(database: Database) -> str | None:
    """Tell the number of the last step that the database has taken; ``None`` before the first."""
    with database.engine.connect() as connection:
        return BRANCH.present(connection)

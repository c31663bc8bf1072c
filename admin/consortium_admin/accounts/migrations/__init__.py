"""How the tables of accounts grow: steps of their own, beside those of the records."""

from pathlib import Path

from sqlalchemy import inspect, text

from consortium.models import Database
from consortium.models.dialect import writer

HERE = Path(__file__).parent

#: the table in which a database says which of these steps it has taken
VERSION_TABLE = "account_version"


def prepare(database: Database) -> Database:
    """Make the tables of accounts, or bring older ones to the present version; harmless when they are ready."""
    if present_revision(database) != latest_revision():
        _upgrade(database)
    return database


def latest_revision() -> str:
    """Tell the number of the last step: the files are named after them, in order."""
    return max(path.name.split("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def present_revision(database: Database) -> str | None:
    """Tell the number of the last step that the database has taken; ``None`` before the first."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608  # a name of ours
        return str(found) if found else None


def _upgrade(database: Database) -> None:
    from alembic import command  # takes half a second, which only a step is worth
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    with writer(database.engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

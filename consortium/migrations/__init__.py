"""How we grow: Alembic's steps, run from the installed package."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent

#: the table in which a database says which steps it has taken
VERSION_TABLE = "consortium_version"


def configure(connection: Connection | None = None) -> "Config":
    """Tell Alembic where the steps are and which connection to take them on."""
    from alembic.config import Config  # takes half a second, which only a step is worth

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Take all steps up to ``revision`` in one transaction."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(configure(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the steps back to ``revision`` in one transaction."""
    from alembic import command

    with engine.begin() as connection:
        command.downgrade(configure(connection), revision)


def is_modelled(name: str | None, _kind: str, _parents: object) -> bool:
    """Tell whether the models know what is called ``name``: all but the index of words, which each database has its own way."""
    return name is None or not name.startswith("text_search")


def latest_revision() -> str:
    """Tell the number of the last step: the files are named after them, in order."""
    return max(_revisions())


def is_newer(revision: str | None) -> bool:
    """Tell whether a database with the step ``revision`` was made by a newer Consortium than this one."""
    return revision is not None and revision not in _revisions()


def present_revision(engine: Engine) -> str | None:
    """Tell the number of the last step that the database has taken; ``None`` for one that is not ours yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608  # a name of ours
        return str(found) if found else None


def _revisions() -> set[str]:
    return {path.name.split("_")[0] for path in (HERE / "versions").glob("[0-9]*.py")}

"""How we grow: Alembic's steps, run from the installed package."""

from pathlib import Path

from sqlalchemy import Engine

from consortium.migrations.branch import Branch

#: the table in which a database says which steps it has taken
VERSION_TABLE = "consortium_version"

#: the steps of the records
BRANCH = Branch(Path(__file__).parent, VERSION_TABLE)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Take all steps up to ``revision`` in one transaction."""
    with engine.begin() as connection:
        BRANCH.upgrade(connection, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the steps back to ``revision`` in one transaction."""
    with engine.begin() as connection:
        BRANCH.downgrade(connection, revision)


def is_modelled(name: str | None, _kind: str, _parents: object) -> bool:
    """Tell whether the models know what is called ``name``: all but the index of words, which each database has its own way."""
    return name is None or not name.startswith("text_search")


def latest_revision() -> str:
    """Tell the number of the last step."""
    return BRANCH.latest


def present_revision(engine: Engine) -> str | None:
    """Tell the number of the last step that the database has taken; ``None`` for one that is not ours yet."""
    with engine.connect() as connection:
        return BRANCH.present(connection)

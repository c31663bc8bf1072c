"""A branch of steps: by it some tables of a database grow, apart from the others."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config


@dataclass(frozen=True)
class Branch:
    """Alembic's steps in a folder, taken on a connection whose unit belongs to whoever asks for them.

    :ivar folder: where ``env.py`` and ``versions`` are
    :ivar table: in which a database says which step it has taken last
    """

    folder: Path
    table: str

    def upgrade(self, connection: Connection, revision: str = "head") -> None:
        """Take all steps up to ``revision``."""
        from alembic import command  # takes half a second, which only a step is worth

        command.upgrade(self.configure(connection), revision)

    def downgrade(self, connection: Connection, revision: str) -> None:
        """Take the steps back to ``revision``."""
        from alembic import command

        command.downgrade(self.configure(connection), revision)

    def configure(self, connection: Connection | None = None) -> "Config":
        """Tell Alembic where the steps are and which connection to take them on."""
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        return config

    def present(self, connection: Connection) -> str | None:
        """Tell the number of the last step that the database has taken; ``None`` before the first."""
        if not inspect(connection).has_table(self.table):
            return None
        found = connection.scalar(text(f"SELECT version_num FROM {self.table}"))  # noqa: S608  # a name of ours
        return str(found) if found else None

    @property
    def revisions(self) -> tuple[str, ...]:
        """The numbers of all steps, in order: the files are named after them."""
        return tuple(sorted(path.name.split("_")[0] for path in (self.folder / "versions").glob("[0-9]*.py")))

    @property
    def latest(self) -> str:
        """The number of the last step."""
        return self.revisions[-1]

    def is_newer(self, revision: str | None) -> bool:
        """Tell whether a database with the step ``revision`` was made by a newer Consortium than this one."""
        return revision is not None and revision not in self.revisions

"""All that commands import late, imported before they are forked; the front desk has its plugins."""

from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages

import consortium
import consortium_admin
from consortium.plugins import front_desk

#: what comes from elsewhere, and only when it is needed
LATE = (
    "alembic.command",
    "alembic.config",
    "openpyxl",
    "psycopg",
    "psycopg_binary",
    "pysqlite3.dbapi2",
    "pytest",
    "rich.console",
    "rich.progress",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "tests.long.saving",
    "tests.long.stage",
    "waitress.server",
)

#: what runs by itself when it is imported, or is a model for somebody else
STRANGE = (".versions.", ".scaffold.", ".env", "__main__")


def _names() -> list[str]:
    found = (
        each.name for own in (consortium, consortium_admin) for each in walk_packages(own.__path__, f"{own.__name__}.")
    )
    return [*LATE, *(name for name in found if not any(part in name for part in STRANGE))]


for _name in _names():
    with suppress(ImportError):  # whoever needs it will say so
        import_module(_name)
DESK = front_desk()

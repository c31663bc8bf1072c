"""A copy of the example for a test that changes it; to import the example anew takes seconds."""

import sqlite3
from contextlib import closing
from pathlib import Path

from consortium.models import Database


def copy_of(site: Database, folder: Path) -> Database:
    """Copy an SQLite database into ``folder``."""
    path = folder / "copy.sqlite"
    with closing(sqlite3.connect(str(site.engine.url.database))) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
    return Database(f"sqlite:///{path}")

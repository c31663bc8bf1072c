"""Makes records in the database that the commands use."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.models import Consortium, Database
from consortium.testing import Make


@contextmanager
def making(tmp_path: Path) -> Iterator[Make]:
    """Give a maker of records in the database of the folder, in the consortium that is already there if one is."""
    database = Database(f"sqlite:///{tmp_path}/var/consortium.sqlite")
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        make = Make(database, session)
        if there := session.scalar(select(Consortium)):
            make.__dict__["home"] = there
        yield make
        make.keep()
    database.engine.dispose()

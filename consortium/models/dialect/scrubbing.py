"""Clears what a database has in places that are in use no more."""

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from consortium.models.dialect.engines import ALONE

#: the index of words keeps old ones until it is merged; the file keeps what was in pages until it is written anew
SCRUBBING = ("INSERT INTO text_search (text_search) VALUES ('optimize')", "VACUUM")


def scrub(engine: Engine) -> bool:
    """Write an SQLite file anew and empty its log, so that what was written over cannot be read from them any more.

    PostgreSQL uses such places again in its own time.

    :return: ``False`` if that could not be done now, because others are at work in the file or its disk is full
    """
    if engine.dialect.name != "sqlite":
        return True
    try:
        with engine.execution_options(**{ALONE: True}).connect() as connection:
            for statement in SCRUBBING:
                connection.exec_driver_sql(statement)
            return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
    except DBAPIError:
        return False

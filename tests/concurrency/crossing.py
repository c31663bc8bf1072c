"""Two units of work that write the same two records, in opposite orders."""

from threading import Barrier

from sqlalchemy import select

from consortium.models import Database, Milestone
from consortium.models.database import again
from consortium.models.recording import sign
from consortium.testing import Make


def milestones(make: Make) -> None:
    """Make the two records."""
    own = make.sub_project()
    for key in ("M0", "M1"):
        make.milestone(own, key=key, title={"nb": "Ord"})
    make.keep()
    make.session.close()


def impatient_of_deadlocks(database: Database) -> None:
    """Let PostgreSQL look for deadlocks at once, not after a second."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {database.engine.url.database} SET deadlock_timeout = '20ms'")
    database.engine.dispose()


def cross(database: Database, keys: tuple[str, str], meet: Barrier, word: str) -> int:
    """Write two milestones, one after the other; return how often that was begun."""
    begun = 0

    def act() -> None:
        nonlocal begun
        begun += 1
        with database.write() as session:
            sign(session, "Prøve")
            for place, key in enumerate(keys):
                found = session.scalars(select(Milestone).where(Milestone.key == key).with_for_update()).one()
                found.title = found.title.write("nb", f"{found.title.words('nb')} {word}")
                session.flush()
                if place == 0 and begun == 1:
                    meet.wait(timeout=60)

    again(act)
    return begun

"""Runs the domain's machine on databases of its own."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import event

from consortium.models import Database
from consortium.testing.databases import _forget
from tests.concurrency.domain import Domain
from tests.concurrency.sides import Side


def careless(url: str) -> Database:
    """Open a database of tests, by itself, so that it loses everything when the machine stops."""
    database = Database(url)
    said = "PRAGMA synchronous = off" if database.engine.dialect.name == "sqlite" else "SET synchronous_commit = off"

    def say(connection: Any, _record: object) -> None:
        connection.execute(said)
        connection.commit()

    event.listen(database.engine, "connect", say)
    return database


def run(
    master: Path, folder: Path, postgresql: Database, *, runs: int, steps: int, every: int = 25, between: int = 1
) -> Counter[str]:
    """Let so many people work for so many steps each; return how often verbs were done, and refused.

    :param every: steps after which everything is compared
    :param between: steps after which two snapshots may be compared again
    """
    file = folder / "machine.sqlite"
    on_sqlite = careless(f"sqlite:///{file}")
    on_postgresql = careless(postgresql.engine.url.render_as_string(hide_password=False))
    Domain.every, Domain.between = every, between

    def fresh() -> tuple[Side, ...]:
        on_sqlite.engine.dispose()
        for each in folder.glob("machine.sqlite*"):
            each.unlink()
        shutil.copyfile(master, file)
        _forget(on_postgresql)
        sides = (Side(on_sqlite), Side(on_postgresql))
        for side in sides:
            side.begin()
        return sides

    Domain.fresh, Domain.steps = staticmethod(fresh), Counter()
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    given = settings(
        max_examples=runs, stateful_step_count=steps, derandomize=True, database=None, deadline=None,
        suppress_health_check=checks, phases=(Phase.generate,),
    )  # fmt: skip
    run_state_machine_as_test(Domain, settings=given)
    for database in (on_sqlite, on_postgresql):
        database.engine.dispose()

    return Domain.steps

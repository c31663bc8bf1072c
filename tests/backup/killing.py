"""Kills whoever takes a backup or restores one, at any moment, and looks at what is left."""

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from sqlalchemy import inspect

from consortium.backup import restore, take
from consortium.models import Database
from tests.backup.kept import digests


def halves_after_kills(
    work: str, count: int, database: Database, empty: Database, folder: Path
) -> tuple[list[str], int]:
    """Kill ``work`` at random moments; return what was left half done, and how often it was done before the kill.

    :param work: ``backup`` or ``restore``
    """
    whole, made = folder / "whole.zip", folder / "made.zip"
    take(database, whole)
    kept, halves, done = digests(database, folder), [], 0
    database.engine.dispose()
    empty.engine.dispose()

    def play() -> None:
        if work == "backup":
            take(Database(database.url), made)
        else:
            restore(whole, Database(empty.url))

    begun = perf_counter()
    _in_a_child(play, 600)
    longest = perf_counter() - begun
    _clear(empty, made)
    chance = random.Random(2026)  # noqa: S311  # moments, no secret
    for turn in range(count):
        done += _in_a_child(play, chance.uniform(0.001, longest))
        if made.exists():
            halves += [] if _digests_of(made, folder) == kept else [f"{turn}: backup"]
        if _is_there(empty):
            halves += [] if digests(empty, folder) == kept else [f"{turn}: database"]
        _clear(empty, made)
    return halves, done


def _in_a_child(play: Callable[[], None], seconds: float) -> bool:
    """Play in a process of its own, which the kernel ends after ``seconds``; tell whether it was done before."""
    number = os.fork()
    if not number:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends a process at once, as SIGKILL does
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            play()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _number, status = os.waitpid(number, 0)
    assert status == 0 or os.WIFSIGNALED(status), "it failed by itself"
    return status == 0


def _digests_of(backup: Path, folder: Path) -> dict[str, str]:
    place = Database(f"sqlite:///{folder}/checked.sqlite")
    restore(backup, place)
    found = digests(place, folder)
    place.engine.dispose()
    (folder / "checked.sqlite").unlink()
    return found


def _is_there(place: Database) -> bool:
    file = Path(str(place.engine.url.database))
    if place.engine.dialect.name == "sqlite":
        return file.exists()
    return bool(inspect(place.engine).get_table_names())


def _clear(place: Database, made: Path) -> None:
    """Take away what was made, so that the next one begins with nothing."""
    made.unlink(missing_ok=True)
    place.engine.dispose()  # SQLite takes its journal away when the last one closes
    if place.engine.dialect.name == "sqlite":
        Path(str(place.engine.url.database)).unlink(missing_ok=True)
    elif _is_there(place):
        with place.engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    place.engine.dispose()

"""Imports files, each in a process of its own, and tells what each took: ``python -m tests.importing.alone URL FILE …``."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from consortium.errors import ConsortiumError
from consortium.models import Database
from consortium.services.exporting import import_lines
from consortium.services.importing import import_file
from tests.services.rows import ME


def took(work: Callable[[], None]) -> tuple[float, int]:
    """Do ``work`` in a child, and give the seconds of processor time and the megabytes of memory that it took."""
    child = os.fork()
    if not child:
        work()
        sys.stdout.flush()
        os._exit(0)
    _child, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"a child ended with {status}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def bring(url: str, path: Path) -> str:
    """Import a file; say in Norwegian why it is refused, or nothing."""
    database = Database(url)
    bringing = import_lines if path.suffix == ".jsonl" else import_file
    try:
        with database.write() as session:
            bringing(session, ME, path=path)
    except ConsortiumError as fault:
        problems = getattr(fault, "problems", ())
        return " / ".join(each.say("nb") for each in (fault, *problems[:2]))
    finally:
        database.engine.dispose()
    return ""


def main(url: str, *paths: str) -> None:
    """Tell of each file what importing it took; one line of JSON a file."""
    bring(url, Path(paths[0]))  # all that is read once is read
    for each in paths:
        said = Path(each).with_name("said.txt")
        path = Path(each)
        seconds, megabytes = took(lambda path=path, said=said: said.write_text(bring(url, path)) and None)  # type: ignore[misc]  # a default binds it
        line = {"seconds": round(seconds, 2), "megabytes": megabytes, "said": said.read_text()}
        sys.stdout.write(json.dumps({"path": each, **line}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

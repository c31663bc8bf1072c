"""The facts that a preview shows: those of the example, or of the author's own database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from consortium import clock
from consortium.facts import Facts
from consortium.facts.canonical import head_of, line_of
from consortium.models import Database
from consortium.services.comparing import compared_with
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts
from consortium.services.policy import Principal

#: writes facts into a file: the head, and a line for each sub-project
Source = Callable[[Path], None]


def example_source(principal: Principal, folder: Path) -> Source:
    """Gather the facts of the example when they are first asked for, in a database of its own in ``folder``."""
    kept = folder / "example.jsonl"

    def write(path: Path) -> None:
        if not kept.is_file():
            _gather_example(principal, folder, kept)
        path.write_bytes(kept.read_bytes())

    return write


def own_source(principal: Principal, database: Database, consortium: str = "") -> Source:
    """Gather the facts of the author's own database anew each time."""

    def write(path: Path) -> None:
        with database.read() as session:
            write_facts(_gather(session, principal, consortium, clock.today()), path)

    return write


def _gather_example(principal: Principal, folder: Path, kept: Path) -> None:
    from consortium.example import DAY, write_example
    from consortium.services.importing import import_file

    database = Database(f"sqlite:///{folder / 'example.sqlite'}").prepare()
    with database.write() as session:
        import_file(session, principal, path=write_example(folder / "example.xlsx", language="nb"))
    with database.read() as session:
        write_facts(_gather(session, principal, "", DAY), kept)
    database.engine.dispose()


def _gather(session: Session, principal: Principal, key: str, day: date) -> Facts:
    home = find_consortium(session, principal, key or None)
    since = compared_with(session, principal, consortium=home, words="", day=day)
    return gather_facts(session, principal, consortium=home, day=day, since=since)


def write_facts(facts: Facts, path: Path) -> None:
    """Write facts into a file: the fingerprint, the head, and a line for each sub-project."""
    with path.open("wb") as file:
        file.write(f"{facts.fingerprint}\n".encode())
        file.write(head_of(facts))
        file.writelines(map(line_of, facts.sub_projects))

"""Runs one job in a process of its own and tells what it cost: ``python -m benchmarks.measure JOB DATABASE``."""

import json
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.data import DAY
from benchmarks.raw import write_raw
from consortium.documents import Block, Section, Table
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.policy import operator
from consortium.services.reporting import Order, make_document, write_report
from consortium.testing import counted

#: the report that is measured
ORDER = Order(languages="nb+sv", day=DAY)


def main(job: str, path: str) -> None:
    """Run ``job`` (``raw``, ``facts``, ``document``, or a format) on the database at ``path``; prints seconds of CPU, SQL, MB and bytes."""
    before = _peak()
    begin = time.process_time()
    with TemporaryDirectory() as folder:
        target = Path(folder) / f"report.{job}"
        statements = 0
        if job == "raw":
            write_raw(Path(path), target)
        elif job in {"facts", "document"}:
            statements = _part(job, path)
        else:
            statements = _report(path, target)
        cost = {
            "cpu": time.process_time() - begin,
            "sql": statements,
            "mb": _peak() - before,
            "bytes": target.stat().st_size if target.exists() else 0,
        }
    sys.stdout.write(json.dumps(cost))


def _part(job: str, path: str) -> int:
    """Gather the facts, and for the document walk all its blocks too."""
    database, me = Database(f"sqlite:///{path}"), operator("bench")
    with counted(database) as statements, database.read() as session:
        document = make_document(session, me, consortium=find_consortium(session, me), order=ORDER)
        if job == "document":
            _walk(document.blocks)
    return len(statements)


def _walk(blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, Section):
            _walk(block.blocks)
        elif isinstance(block, Table):
            for _row in block.rows:
                pass


def _report(path: str, target: Path) -> int:
    database, me = Database(f"sqlite:///{path}"), operator("bench")
    with counted(database) as statements, database.read() as session:
        write_report(session, me, consortium=find_consortium(session, me), path=target, order=ORDER)
    return len(statements)


def _peak() -> float:
    """Tell the most memory that this program has held, in MB; what its parent held before it was begun does not count."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

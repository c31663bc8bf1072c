"""Runs one job in a process of its own and tells what it cost: ``python -m benchmarks.measure JOB DATABASE``."""

import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.data import DAY
from benchmarks.raw import write_raw
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.policy import operator
from consortium.services.reporting import write_report
from consortium.testing import counted


def main(job: str, path: str) -> None:
    """Run ``job`` (``raw``, ``html`` or ``pdf``) on the database at ``path``; prints seconds of CPU, SQL, MB and bytes."""
    before = _peak()
    begin = time.process_time()
    with TemporaryDirectory() as folder:
        target = Path(folder) / f"report.{job}"
        statements = 0
        if job == "raw":
            write_raw(Path(path), target)
        else:
            statements = _report(path, target)
        cost = {
            "cpu": time.process_time() - begin,
            "sql": statements,
            "mb": _peak() - before,
            "bytes": target.stat().st_size,
        }
    sys.stdout.write(json.dumps(cost))


def _report(path: str, target: Path) -> int:
    database, me = Database(f"sqlite:///{path}"), operator("bench")
    with counted(database) as statements, database.read() as session:
        write_report(session, me, consortium=find_consortium(session, me), path=target, languages="nb+sv", day=DAY)
    return len(statements)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

"""Runs one job in a process of its own and tells what it cost: ``python -m benchmarks.report.worker JOB URL SMALL``.

It knows only the standard library, because peers may have an interpreter of their own.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

#: what writes a report: the address of a database, and the file; some tell how many statements they sent
Write = Callable[[str, Path], Any]

#: jobs that are no format of ours
OTHERS = ("raw", "orm", "django", "pandas", "docxtpl", "xlsxwriter", "typst", "weasyprint")


def job_of(name: str) -> Write:
    """Find what does a job.

    :param name: a peer; or ``facts``, ``document`` or a format, after ``short-`` for the short summary
    """
    if name not in OTHERS:
        write: Write = import_module("benchmarks.report.ours").job(name)
        return write
    peer: Write = import_module(f"benchmarks.report.{'raw' if name == 'raw' else f'peer_{name}'}").write
    return peer


def main(name: str, url: str, small: str) -> None:
    """Print the cost of a job: seconds of CPU, statements, MB above what was loaded, bytes.

    :param small: a small database, on which the job is done first: what is loaded and compiled once does not count
    """
    with TemporaryDirectory() as folder:
        write, target = job_of(name), Path(folder) / f"report.{name.rpartition('-')[2]}"
        write(small, target)
        target.unlink(missing_ok=True)
        held, begun = _peak(), _cpu()
        statements = write(url, target)
        cost = {"cpu": _cpu() - begun, "mb": _peak() - held, "sql": statements or 0}
        cost["bytes"] = target.stat().st_size if target.exists() else 0
    sys.stdout.write(json.dumps(cost))


def _cpu() -> float:
    """Tell the seconds of the processor, those of processes that were begun and ended among them."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak() -> float:
    """Tell the most memory that this program has held, in MB; what its parent held before it was begun does not count."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])

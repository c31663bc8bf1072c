"""``python -m consortium.plugins.apart``: a guest's process, which is given a task and tells what comes of it."""

import os
import sys

from consortium.plugins.apart.limits import bind, let_time_run
from consortium.plugins.apart.task import read_task


def main() -> None:
    """Bind this process to its limits, let the guest in, and do the task."""
    task = read_task(sys.argv[1])
    bind(task.limits)
    sys.path[:] = dict.fromkeys((*sys.path, *task.path))
    from consortium.plugins.apart.working import work

    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):  # until here, what goes wrong is our own fault and is told
        os.dup2(nowhere, number)
    with os.fdopen(task.files[-1], "wb", buffering=1 << 16) as file:
        let_time_run(task.limits)
        work(task, file)
    os._exit(0)  # whatever threads the guest has left behind


if __name__ == "__main__":
    main()

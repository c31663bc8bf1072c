"""Serves pages that wait until somebody writes a line, as ``consortium serve`` serves: ``python -m tests.admin.slow_site``."""

import sys
from threading import Event, Thread
from typing import Any

from flask import Flask

from consortium_admin.server import open_server, run

#: so much is answered: more than a socket takes at once
LONG = 8_000_000


def main() -> None:
    """Print the port, then a line for each page that is begun; a line on the input lets all go on."""
    told, app = Event(), Flask(__name__)

    @app.post("/")
    def page() -> str:
        sys.stdout.write("begun\n")  # as one, other than print
        sys.stdout.flush()
        told.wait()
        return "x" * LONG

    server: Any = open_server(app, 0)
    print(server.effective_port, flush=True)
    Thread(target=wait_for_a_line, args=(told,), daemon=True).start()
    run(server)


def wait_for_a_line(told: Event) -> None:
    """Let all go on once somebody writes a line."""
    sys.stdin.readline()
    told.set()


if __name__ == "__main__":
    main()

"""Serves the admin on this machine, and ends cleanly."""

import signal
import socket
from typing import Protocol

from flask import Flask
from waitress import create_server

from consortium.errors import ConsortiumError
from consortium.i18n.message import _

#: the one address we listen on: no other machine reaches it
LOOPBACK = "127.0.0.1"


class Server(Protocol):
    """A server of waitress, which has no types of its own."""

    effective_host: str
    effective_port: int

    def run(self) -> None:
        """Answer until interrupted."""

    def close(self) -> None:
        """Finish what was begun, and close the port."""


class PortTaken(ConsortiumError):
    """The port is in use or may not be used."""


def open_server(app: Flask, port: int) -> Server:
    """Open a server for ``app`` on this machine alone; port 0 takes any that is free.

    :raises PortTaken: if the port cannot be had
    """
    try:
        door = socket.create_server((LOOPBACK, port))
    except OSError as fault:
        raise PortTaken(
            _("Port {port} cannot be used: {reason}. Choose another one with --port.").fill(
                port=port, reason=fault.strerror or fault
            )
        ) from fault
    server: Server = create_server(app, sockets=[door], ident=None, threads=8)  # type: ignore[no-untyped-call]  # as above
    return server


def run(server: Server) -> None:
    """Answer until the process is interrupted or asked to end; then finish what was begun."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run()
    finally:
        server.close()

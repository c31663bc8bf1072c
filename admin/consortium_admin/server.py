"""Serves the admin, and ends cleanly."""

import gc
import socket
from typing import Protocol

from flask import Flask
from waitress import create_server
from werkzeug.middleware.proxy_fix import ProxyFix

from consortium.errors import ConsortiumError
from consortium.i18n.message import _
from consortium_admin.ending import serve_until_asked
from consortium_admin.settings import Settings

#: the address we listen on unless told otherwise: no other machine reaches it
LOOPBACK = "127.0.0.1"


class Server(Protocol):
    """A server of waitress, which has no types of its own."""

    def run(self) -> None:
        """Answer until interrupted."""

    def close(self) -> None:
        """Finish what was begun, and close the port."""


class PortTaken(ConsortiumError):
    """The port is in use or may not be used."""


def open_port(port: int, host: str = LOOPBACK) -> socket.socket:
    """Open a port; 0 takes any that is free.

    :raises PortTaken: if it cannot be had
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as fault:
        raise PortTaken(
            _("Port {port} cannot be used: {reason}. Choose another one with --port.").fill(
                port=port, reason=fault.strerror or fault
            )
        ) from fault


def open_server(app: Flask, port: int | socket.socket, settings: Settings | None = None) -> Server:
    """Open a server for ``app`` at a port, on this machine alone, or where a port was opened.

    What proxies say of a visitor reaches the app in any case, as a sign that they passed a request on; it is believed
    only of as many proxies as the settings count. Where browsers come by https, no proxy is needed to say so.

    :raises PortTaken: if the port cannot be had
    """
    door = open_port(port) if isinstance(port, int) else port
    is_tls, count = (settings.is_behind_tls, settings.proxies) if settings else (False, 0)
    if count:
        told = ProxyFix(app.wsgi_app, x_for=count, x_proto=0 if is_tls else count, x_host=0)
        app.wsgi_app = told  # type: ignore[method-assign]  # Flask's own way
    server: Server = create_server(  # type: ignore[no-untyped-call]  # it has no types
        app,
        sockets=[door],
        ident=None,
        threads=8,
        url_scheme="https" if is_tls else "http",
        clear_untrusted_proxy_headers=False,
    )
    return server


def run(server: Server) -> None:
    """Answer until the process is interrupted or asked to end; then finish what was begun, in seconds."""
    gc.freeze()  # what is there by now stays; to look through it for garbage stopped every visitor for 0.2 s at a time
    serve_until_asked(server)

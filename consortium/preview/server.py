"""Serves a preview on this machine only, under an address that nobody can guess."""

import json
import secrets
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from consortium.preview.pages import frame_page
from consortium.preview.stage import Stage

#: how long a page waits for a change before it asks again, in seconds
PATIENCE = 20.0

STATIC = Path(__file__).with_name("static")

#: the files of the page, with what they are
FILES = {"preview.js": "text/javascript; charset=utf-8", "preview.css": "text/css; charset=utf-8"}

HTML = "text/html; charset=utf-8"

WALLS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

#: a report has a wall of its own in its head, which lets in its style by a digest and nothing else
REPORT_WALLS = {**WALLS, "Content-Security-Policy": "frame-ancestors 'self'"}


class PreviewServer(ThreadingHTTPServer):
    """Shows what stands on a stage.

    :ivar room: the first part of every path, which only the author is told
    """

    daemon_threads = True

    def __init__(self, stage: Stage, port: int) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.stage = stage
        self.room = secrets.token_urlsafe(12)

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.server_port}/{self.room}/"


class Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PreviewServer

    def do_GET(self) -> None:
        """Give the page, the report in it, its files, or the version that there is, once it is a higher one."""
        stage, path = self.server.stage, urlsplit(self.path)
        room, _slash, name = path.path.removeprefix("/").partition("/")
        if not self._is_ours() or not secrets.compare_digest(room.encode(), self.server.room.encode()):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif name == "":
            self._give(frame_page(f"{stage.target.name} – Consortium", stage.language), HTML)
        elif name == "report":
            stage.wait(0, PATIENCE)  # until it has been rendered once
            self._give(stage.page, HTML, WALLS if stage.failure else REPORT_WALLS)
        elif name == "changes":
            self._give(json.dumps({"version": stage.wait(_since(path.query), PATIENCE)}).encode(), "application/json")
        elif name in FILES:
            self._give((STATIC / name).read_bytes(), FILES[name])
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _is_ours(self) -> bool:
        """Tell whether it was asked by our address, and not by a name that somebody else has let lead here."""
        return self.headers.get("Host", "") in {
            f"{name}:{self.server.server_port}" for name in ("127.0.0.1", "localhost")
        }

    def _give(self, body: bytes, kind: str, walls: dict[str, str] = WALLS) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in {**walls, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        with suppress(ConnectionError):  # whoever waited has gone
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request: the author reads what she has saved."""


def _since(query: str) -> int:
    found = parse_qs(query).get("since", ["0"])[0]
    return int(found) if found.isdecimal() and len(found) < 10 else 0  # noqa: PLR2004  # figures of a number that anybody counts to

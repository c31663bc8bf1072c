"""The logbook: a line of JSON for each request and each fault, on standard error.

It tells what was done, never what was said: no words of a query or a form, no names, addresses, passwords or tokens.
"""

import logging
import sys
import traceback
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request

from consortium.plugin_log import Line, plugin_log
from consortium_admin.visit import visit

#: faults of the app come here as the standard library's records
APP = "consortium_admin"


class Standard:
    """Writes lines to standard error, whatever that is at the moment."""

    def msg(self, line: str) -> None:
        """Write a line."""
        print(line, file=sys.stderr, flush=True)

    log = debug = info = warning = error = critical = msg


logbook: Any = structlog.wrap_logger(
    Standard(),
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
)


class Copyist(logging.Handler):
    """Copies what Flask has to say into the logbook, and of a fault only what kind it is and where it happened.

    The words of a fault may be anybody's: those of a database tell the values that it was given.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record down as a line."""
        fault = record.exc_info[1] if record.exc_info else None
        if fault is None:
            logbook.log(record.levelno, "notice", said=record.getMessage())
            return
        places = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)
        ]
        logbook.log(record.levelno, "fault", kind=type(fault).__name__, endpoint=_endpoint(), at=places[-12:])


def register(app: Flask) -> None:
    """Let ``app`` write into the logbook."""
    standard = logging.getLogger(APP)
    if not any(isinstance(each, Copyist) for each in standard.handlers):
        standard.addHandler(Copyist())
    if _copy not in plugin_log.listeners:
        plugin_log.listeners.append(_copy)
    app.before_request(_begin)
    app.after_request(_write)


def _copy(line: Line) -> None:
    """Copy what the plugins' log is told, but for a fault's words, which may be anybody's."""
    said = {name: value for name, value in line.items() if name not in {"when", "what", "words"}}
    logbook.info(f"plugin {line['what']}", **said)


def _begin() -> None:
    g.began = perf_counter()


def seconds() -> float:
    """Tell how long the present request has taken."""
    began: float | None = g.get("began")
    return perf_counter() - began if began is not None else 0.0


def _endpoint() -> str:
    return (request.endpoint if has_request_context() else None) or "none"


def _write(response: Response) -> Response:
    logbook.info(
        "request",
        method=request.method,
        endpoint=_endpoint(),
        status=response.status_code,
        ms=round(seconds() * 1000, 1),
        visitor=_visitor(),
    )
    return response


def _visitor() -> str | None:
    """Name whoever asks by number, if that was looked up at all."""
    known = visit().__dict__.get("visitor") if "visit" in g else None
    if known is None:
        return None
    return f"account {known.account}" if known.account else f"person {known.person}" if known.person else "unnumbered"

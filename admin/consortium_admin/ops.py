"""For whoever runs the admin: does it answer, how much is asked of it, and what have browsers refused."""

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from consortium.errors import ConsortiumError
from consortium.models import Letter
from consortium.services.policy import Principal, Role
from consortium_admin.logbook import logbook, seconds
from consortium_admin.rules import Door, Rule, anyone
from consortium_admin.visit import visit
from consortium_admin.walls import METHODS, OWN_HOST

#: under this name the app keeps its figures
FIGURES = "consortium-figures"

#: how proxies show that they have passed a request on, beside all that begins with ``X-Forwarded``
PASSED_ON = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"})

#: a browser's report is small, and brings few things at once; whatever is more is none
LARGEST_REPORT, MOST_REPORTS = 16 * 1024, 20


class Outbox(Collector):
    """Counts the letters of the outbox by state, when it is asked."""

    def collect(self) -> Iterator[Metric]:
        """Count them."""
        letters = GaugeMetricFamily("consortium_letters", "Letters of the outbox by state.", labels=["state"])
        counted = select(Letter.state, func.count()).group_by(Letter.state)
        for state, count in visit().session.execute(counted):
            letters.add_metric([str(state)], count)
        yield letters

    def describe(self) -> Iterator[Metric]:
        """Describe nothing: nobody has asked anything when the app is made."""
        return iter(())


class Figures:
    """How much is asked of the app, and how long it takes to answer; each app counts for itself."""

    def __init__(self) -> None:
        self.registry = own = CollectorRegistry()
        own.register(Outbox())
        labels = ["endpoint", "method", "status"]
        self.requests = Counter("consortium_requests", "Answers by endpoint and status.", labels, registry=own)
        self.seconds = Histogram("consortium_request_seconds", "Time an answer took.", ["endpoint"], registry=own)
        self.refused = Counter("consortium_csp_reports", "What browsers refused.", ["directive"], registry=own)

    def count(self, response: Response) -> Response:
        """Count an answer."""
        endpoint = request.endpoint or "none"
        method = request.method if request.method in METHODS else "other"
        self.requests.labels(endpoint, method, str(response.status_code)).inc()
        self.seconds.labels(endpoint).observe(seconds())
        return response


def register(app: Flask) -> Mapping[Door, Rule]:
    """Add the doors for whoever runs ``app``, and return their rules."""
    figures = app.extensions[FIGURES] = Figures()
    app.after_request(figures.count)
    app.add_url_rule("/healthz", "healthz", healthz, methods=["GET"])
    app.add_url_rule("/metrics", "metrics", metrics, methods=["GET"])
    app.add_url_rule("/csp-reports", "csp_reports", csp_reports, methods=["POST"])
    app.extensions["csrf"].exempt(csp_reports)  # a browser sends it by itself
    return {("healthz", "GET"): anyone, ("metrics", "GET"): watcher, ("csp_reports", "POST"): anyone}


def watcher(principal: Principal | None) -> bool:
    """Let in administrators, and whoever asks on this very machine and not through a proxy."""
    return (principal is not None and principal.role is Role.ADMINISTRATOR) or _is_near()


def _is_near() -> bool:
    """Tell whether this very machine asks; where others come by a proxy that nobody counted, nobody can tell."""
    setting, host = current_app.config, request.environ.get("HTTP_HOST", "")
    if (setting["CONSORTIUM_HOSTS"] and not setting["CONSORTIUM_PROXIES"]) or not OWN_HOST.fullmatch(host):
        return False
    if any(name.lower() in PASSED_ON or name.lower().startswith("x-forwarded") for name, _value in request.headers):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def healthz() -> Response:
    """Tell whether the admin answers, and its database too."""
    try:
        visit().session.execute(text("SELECT 1"))
    except (ConsortiumError, SQLAlchemyError, OSError):
        return Response("not ok\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


def metrics() -> Response:
    """Tell the figures, as Prometheus reads them."""
    return Response(generate_latest(current_app.extensions[FIGURES].registry), content_type=CONTENT_TYPE_LATEST)


def csp_reports() -> Response:
    """Take note of what a browser refused to load; where it happened is told by endpoint, as addresses may be secrets."""
    if (request.content_length or 0) > LARGEST_REPORT:
        abort(413)
    told = request.get_json(force=True, silent=True)
    for report in [each for each in (told if isinstance(told, list) else [told]) if isinstance(each, dict)][
        :MOST_REPORTS
    ]:
        _note(report)
    return Response(status=204)


def _note(report: dict[str, Any]) -> None:
    body = report.get("csp-report") or report.get("body")
    said = body if isinstance(body, dict) else {}
    first = said.get("effective-directive") or said.get("effectiveDirective") or said.get("violated-directive")
    directive = str(first) if str(first) in DIRECTIVES else "other"
    current_app.extensions[FIGURES].refused.labels(directive).inc()
    where = _endpoint_of(str(said.get("document-uri") or said.get("documentURL") or ""))
    what = _origin_of(str(said.get("blocked-uri") or said.get("blockedURL") or ""))
    logbook.warning("csp report", directive=directive, page=where, blocked=what)


#: what may stand in a report; any other word there is somebody's invention
DIRECTIVES = frozenset(
    f"{kind}-src{part}"
    for kind in (
        "default",
        "script",
        "style",
        "font",
        "img",
        "connect",
        "frame",
        "object",
        "media",
        "worker",
        "manifest",
    )
    for part in ("", "-elem", "-attr")
) | {"form-action", "frame-ancestors", "base-uri"}


#: the name of a machine as a browser writes it; the logbook takes no other words
HOST = re.compile(r"[a-z0-9.:_-]{1,100}")


def _endpoint_of(address: str) -> str:
    try:
        return str(current_app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")[0])
    except (HTTPException, ValueError):
        return "none"


def _origin_of(address: str) -> str:
    if address in {"inline", "eval", "wasm-eval", "data", "blob", "self"}:
        return address
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "other"
    is_site = parts.scheme in {"http", "https", "ws", "wss"} and HOST.fullmatch(parts.hostname or "")
    return f"{parts.scheme}://{parts.hostname}{port}" if is_site else "other"

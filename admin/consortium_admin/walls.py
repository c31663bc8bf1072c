"""The walls: which hosts, methods and endpoints are let in, and what every answer carries."""

import re
from collections.abc import Mapping

from flask import Response, current_app, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound

from consortium_admin.rules import Door, Rule, anyone, nobody
from consortium_admin.visit import visit

#: under this name the app keeps the rules of its doors
RULES = "consortium-rules"

#: names of this machine; any other in ``Host`` is a foreign page that has bent its name to our address
OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1])(:[0-9]{1,5})?", re.IGNORECASE)

#: what the browser may be asked for; whatever else comes is refused before anything is looked up
METHODS = ("GET", "HEAD", "POST")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
        "report-uri /csp-reports; report-to csp"
    ),
    "Reporting-Endpoints": 'csp="/csp-reports"',
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: browsers that have come by TLS once come by TLS only
TWO_YEARS = "max-age=63072000"


class ForeignHost(BadRequest):
    """Somebody asked for this machine under a name that is not its own."""


def guard() -> Response | None:
    """Refuse what is not let in; whoever could come in after signing in is led to where that is done.

    :raises ForeignHost: if the page was asked for under a foreign name
    :raises MethodNotAllowed: if it was not asked for as a browser asks
    :raises NotFound: if no rule lets in whoever asks
    """
    host = request.environ.get("HTTP_HOST", "")
    if not OWN_HOST.fullmatch(host) and host.lower() not in current_app.config["CONSORTIUM_HOSTS"]:
        raise ForeignHost
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS)
    if request.routing_exception is not None:
        return None
    if "\0" in request.path:  # no key has it, and PostgreSQL cannot even be asked for it
        raise NotFound
    rule = rule_of(request.endpoint or "", request.method)
    visitor = None if rule is anyone else visit().visitor
    if rule(visitor.principal if visitor else None):
        return None
    if visitor is None and rule is not nobody:
        return visit().site.keeper.lead_in()
    raise NotFound


def rule_of(endpoint: str, method: str) -> Rule:
    """Return the rule of a door; nobody is let in where there is none."""
    rules: Mapping[Door, Rule] = current_app.extensions[RULES]
    return rules.get((endpoint, "GET" if method == "HEAD" else method), nobody)


def protect(response: Response) -> Response:
    """Give every answer the headers that keep foreign pages, scripts and caches out."""
    own_policy = response.headers.get("Referrer-Policy")
    response.headers.update(HEADERS)
    if own_policy == "no-referrer":  # the address itself is a secret
        response.headers["Referrer-Policy"] = own_policy
    if current_app.config["SESSION_COOKIE_SECURE"]:
        beneath = "; includeSubDomains" if current_app.config["CONSORTIUM_TLS_BENEATH"] else ""
        response.headers["Strict-Transport-Security"] = TWO_YEARS + beneath
    # what the pages look like is no secret, and is asked for anew only when it has changed
    is_look = request.endpoint == "look.file" and response.status_code in {200, 304}
    response.headers["Cache-Control"] = "no-cache" if is_look else "no-store"
    return response

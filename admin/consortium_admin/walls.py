"""The walls: which hosts, methods and endpoints are let in, and what every answer carries."""

import re

from flask import Response, request
from werkzeug.exceptions import BadRequest, MethodNotAllowed, NotFound

#: names of this machine; any other in ``Host`` is a foreign page that has bent its name to our address
OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1])(:[0-9]{1,5})?", re.IGNORECASE)

#: nothing can be changed yet
METHODS = ("GET", "HEAD")

#: the endpoints that answer; one that is not named here is refused, whoever put it into the url map
OPEN = frozenset(
    {
        "look.file",
        "admin.index",
        "sub_projects.index_view",
        "sub_projects.details_view",
        "summary.index",
    }
)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ForeignHost(BadRequest):
    """Somebody asked for this machine under a name that is not its own."""


def guard() -> None:
    """Refuse what is not let in.

    :raises ForeignHost: if the page was asked for under a foreign name
    :raises MethodNotAllowed: if something was to be changed
    :raises NotFound: if the endpoint is not open
    """
    if not OWN_HOST.fullmatch(request.environ.get("HTTP_HOST", "")):
        raise ForeignHost
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS)
    if request.routing_exception is None and request.endpoint not in OPEN:
        raise NotFound


def protect(response: Response) -> Response:
    """Give every answer the headers that keep foreign pages, scripts and caches out."""
    response.headers.update(HEADERS)
    # what the pages look like is no secret, and is asked for anew only when it has changed
    is_look = request.endpoint == "look.file" and response.status_code in {200, 304}
    response.headers["Cache-Control"] = "no-cache" if is_look else "no-store"
    return response

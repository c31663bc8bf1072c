"""Refusals: pages that say what is wrong and what to do, in the user's language, and nothing of the inside."""

from flask import Flask, Response, current_app, render_template
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from consortium.errors import ConsortiumError, DatabaseProblem, NotFound, NotPermitted, PluginProblem
from consortium.i18n.message import Message, _
from consortium.models import database
from consortium_admin.visit import visit
from consortium_admin.walls import ForeignHost

#: for each status code, what is wrong and what to do about it
PAGES: dict[int, tuple[Message, Message]] = {
    400: (
        _("This address cannot be read"),
        _("Something in it is not as it should be. Go back, or begin with the list of sub-projects."),
    ),
    403: (_("You may not see this"), _("Ask the staff of the consortium if you need it.")),
    404: (
        _("This page does not exist"),
        _("Or you may not see it. Check the address, or begin with the list of sub-projects."),
    ),
    405: (_("Nothing can be changed here"), _("These pages are for reading only. Nothing was changed.")),
    500: (
        _("Something went wrong on our side"),
        _("Nothing was changed. Try again in a moment; if it happens again, tell whoever runs this service."),
    ),
    503: (_("The database does not answer"), _("Nothing was changed. Try again in a moment.")),
}

_CODES: dict[type[ConsortiumError], int] = {NotFound: 404, NotPermitted: 403, DatabaseProblem: 503, PluginProblem: 500}


def register(app: Flask) -> None:
    """Let ``app`` refuse with our pages."""
    app.register_error_handler(ForeignHost, refuse_host)
    app.register_error_handler(HTTPException, refuse)
    app.register_error_handler(ConsortiumError, explain)
    app.register_error_handler(DBAPIError, refuse_database)


def refuse(fault: HTTPException) -> Response:
    """Refuse a request with the page of its status code; headers such as ``Allow`` stay."""
    code = fault.code or 500
    response = Response(headers=fault.get_response().headers, status=code)
    response.set_data(_page(code))
    response.content_type = "text/html; charset=utf-8"
    return response


def explain(fault: ConsortiumError) -> Response:
    """Tell a fault that the user can understand in its own words."""
    code = next((code for kind, code in _CODES.items() if isinstance(fault, kind)), 400)
    return Response(_page(code, fault.message), status=code, mimetype="text/html")


def refuse_database(fault: DBAPIError) -> Response:
    """Say that the database does not answer; what it said is for whoever runs the service."""
    current_app.logger.error("%s", database.explain(fault))
    return Response(_page(503), status=503, mimetype="text/html")


def refuse_host(_fault: ForeignHost) -> Response:
    """Refuse a foreign name with a bare page: whoever bent it learns nothing of ours."""
    words = _("Open the admin under the address that “consortium serve” printed.").say(visit().language)
    return Response(render_template("admin/bare.html", words=words), status=400, mimetype="text/html")


def _page(code: int, told: Message | None = None) -> str:
    title, advice = PAGES.get(code) or PAGES[400 if code < 500 else 500]  # noqa: PLR2004  # where the server's faults begin
    language = visit().language
    return render_template("admin/refusal.html", title=title.say(language), advice=(told or advice).say(language))

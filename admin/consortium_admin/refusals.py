"""Refusals: pages that say what is wrong and what to do, in the user's language, and nothing of the inside."""

from flask import Flask, Response, current_app, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from consortium import errors
from consortium.errors import ConsortiumError, ManyProblems
from consortium.i18n.message import Message, _
from consortium_admin.logbook import logbook
from consortium_admin.visit import visit
from consortium_admin.walls import ForeignHost

_UNKNOWN = (
    _("This page does not exist"),
    _("Or it is not for you to see or to change. Check the address, or begin with the start page."),
)

#: for each status code, what is wrong and what to do about it
PAGES: dict[int, tuple[Message, Message]] = {
    400: (
        _("This cannot be read"),
        _(
            "Something in the address, or in what was sent, is not as it should be. Nothing was changed. Go back and try again."
        ),
    ),
    # what one may not see looks like what is not there
    403: _UNKNOWN,
    404: _UNKNOWN,
    405: (_("There is no page here"), _("Nothing was changed. Go back, or begin with the start page.")),
    409: (
        _("Somebody was faster"),
        _(
            "This has been changed in the meantime, and nothing of yours was kept. Go back, load the page anew and try again."
        ),
    ),
    413: (_("That is too much at once"), _("Nothing was changed. Go back and send a smaller file, or fewer words.")),
    429: (_("That was too often"), _("Nothing was changed. Wait for some minutes and try again.")),
    500: (
        _("Something went wrong on our side"),
        _("Nothing was changed. Try again in a moment; if it happens again, tell whoever runs this service."),
    ),
    503: (_("The database does not answer"), _("Nothing was changed. Try again in a moment.")),
}

#: a form whose secret is not that of the visit: somebody else's, or one of long ago
STALE = (
    _("This page has been open for too long"),
    _("Nothing was changed. Go back, load the page anew and send it once more."),
)

#: what the user can put right is told in its own words under this heading
UNDONE = _("This was not done")

_CODES: dict[type[ConsortiumError], int] = {
    errors.NotFound: 404,
    errors.NotPermitted: 404,
    errors.Conflict: 409,
    errors.FrozenWords: 409,
    errors.PeriodLocked: 409,
    errors.DatabaseProblem: 503,
    errors.PluginProblem: 500,
}

#: where the server's own faults begin
_OURS = 500


def register(app: Flask) -> None:
    """Let ``app`` refuse with our pages."""
    app.register_error_handler(ForeignHost, refuse_host)
    app.register_error_handler(CSRFError, refuse_stale)
    app.register_error_handler(HTTPException, refuse)
    app.register_error_handler(ConsortiumError, explain)
    app.register_error_handler(SQLAlchemyError, refuse_database)


def refuse(fault: HTTPException) -> Response:
    """Refuse a request with the page of its status code; headers such as ``Allow`` stay."""
    # a foreign row must not look otherwise than a missing one, not even by its number
    code = 404 if fault.code in {403, 404} else fault.code or 500
    response = _page(code, *_told(code))
    given = fault.get_response().headers
    response.headers.update({name: given[name] for name in ("Allow", "Retry-After") if name in given})
    return response


def refuse_stale(_fault: CSRFError) -> Response:
    """Refuse a form that was not made for this visit."""
    return _page(400, *STALE)


def explain(fault: ConsortiumError) -> Response:
    """Tell a fault that the user can understand in its own words."""
    code = next((code for kind, code in _CODES.items() if isinstance(fault, kind)), 400)
    title, advice = _told(code)
    if isinstance(fault, errors.DatabaseBusy):
        return _page(code, UNDONE, fault.message)
    if isinstance(fault, errors.Undecided):
        return _page(code, title, fault.message)
    if code in {404, 503}:
        logbook.info("refusal", kind=type(fault).__name__)
        return _page(code, title, advice)
    problems = fault.problems if isinstance(fault, ManyProblems) else ()
    return _page(code, title if code >= _OURS else UNDONE, fault.message, problems)


def refuse_database(fault: SQLAlchemyError) -> Response:
    """Say that the database does not answer; what it said may hold anybody's words, so only its kind is written down."""
    logbook.error("database", kind=type(fault).__name__, reason=type(getattr(fault, "orig", None)).__name__)
    return _page(503, *_told(503))


def refuse_host(_fault: ForeignHost) -> Response:
    """Refuse a foreign name with a bare page: whoever bent it learns nothing of ours."""
    return _bare(400, "400", _("Open the admin under its own address."))


def _told(code: int) -> tuple[Message, Message]:
    return PAGES.get(code) or PAGES[400 if code < _OURS else 500]


def _page(code: int, title: Message, advice: Message, problems: tuple[Message, ...] = ()) -> Response:
    here = visit()
    if code >= _OURS:
        here.__dict__.setdefault("visitor", None)  # where the database fails, the frame must not ask it who asks
    said = {"title": title.say(here.language), "advice": advice.say(here.language)}
    try:
        html = render_template("admin/refusal.html", problems=[each.say(here.language) for each in problems], **said)
    except Exception:
        current_app.logger.exception("A refusal could not be shown")
        return _bare(code, said["title"], advice)
    return Response(html, status=code, mimetype="text/html")


def _bare(code: int, title: str, advice: Message) -> Response:
    here = visit()
    here.__dict__["visitor"] = None  # the page has no frame, and must come without the database
    html = render_template("admin/bare.html", title=title, advice=advice.say(here.language))
    return Response(html, status=code, mimetype="text/html")

"""The app: Flask and Flask-Admin, our theme, our walls."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request
from flask.typing import ResponseReturnValue
from flask_admin import Admin
from flask_admin.theme import Theme
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from consortium.models import Database
from consortium.models.database import again
from consortium_admin import addresses, chrome, frame, logbook, ops, refusals, rules, speaking, visit, walls
from consortium_admin.look import look
from consortium_admin.settings import Settings
from consortium_admin.views import VIEWS
from consortium_admin.views.door import Door
from consortium_admin.visit import Doorkeeper

#: no folder of Flask-Admin's has this name, so that none of its Bootstrap 4 templates is ever found
THEME = Theme(folder="consortium", base_template="admin/base.html")

#: with these an address depends on more than the application
SPECIAL = frozenset({"_external", "_method", "_scheme"})


class Admitting(Flask):
    """Answers requests, and begins one anew whose unit of work stood in another one's way."""

    def __init__(self, name: str) -> None:
        super().__init__(name, static_folder=None)
        self._written = lru_cache(maxsize=addresses.WRITTEN)(self._write)

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer a request."""
        return again(super().dispatch_request)

    def url_for(self, endpoint: str, **values: Any) -> str:
        """Write the address of an endpoint; those of a page are mostly the same as those of the page before."""
        is_plain = all(value is None or type(value) is str for value in values.values())
        if not has_request_context() or endpoint[:1] == "." or not is_plain or not SPECIAL.isdisjoint(values):
            return super().url_for(endpoint, **values)
        return self._written(request.root_path, endpoint, *values.items())

    def _write(self, _root: str, endpoint: str, *values: tuple[str, str | None]) -> str:
        return super().url_for(endpoint, **dict(values))  # type: ignore[arg-type]  # as above


def create_app(
    database: Database,
    *,
    settings: Settings,
    keeper: Doorkeeper | None = None,
    key: str | None = None,
    day: date | None = None,
) -> Flask:
    """Make the admin of the consortium called ``key``, or of the only one.

    :param keeper: knows who asks; accounts unless told otherwise
    :param day: the day of which the pages speak; today if none
    :raises NotFound: if there is no such consortium
    """
    app = Admitting("consortium_admin")
    app.config.update(settings.for_flask())
    keeper = keeper or _accounts(database, settings)
    app.extensions[visit.EXTENSION] = visit.open_site(database, keeper=keeper, key=key, day=day)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(speaking.VOICE)
    app.jinja_env.globals.update(frame.FRAME, around=chrome.around)
    _build_walls(app)
    app.register_blueprint(look)
    app.extensions[walls.RULES] = {**keeper.register(app), **ops.register(app), **rules.collect(_add_views(app))}
    return app


def _accounts(database: Database, settings: Settings) -> Doorkeeper:
    from consortium_admin.accounts.keeper import Accounts

    return Accounts(database, settings)


def _build_walls(app: Flask) -> None:
    """Begin, guard and end every visit; later functions of a response run first."""
    logbook.register(app)
    app.before_request(lambda: visit.begin(speaking.choose(request)))
    app.before_request(walls.guard)
    CSRFProtect(app)
    app.after_request(walls.protect)
    app.after_request(speaking.label)
    app.teardown_request(visit.end)
    app.context_processor(_given)
    refusals.register(app)


def _given() -> dict[str, Any]:
    """Give every page what its frame needs."""
    here = visit.visit()
    return {
        "language": here.language,
        "day": here.day,
        "owner": (),
        "visitor": here.visitor,
    }


def _add_views(app: Flask) -> list[Any]:
    """Add the views; where they lie on their own, Flask-Admin's static files are on no address at all."""
    with app.app_context():
        first = Door()
        admin = Admin(app, name="Consortium", theme=THEME, index_view=first, static_url_path="/nowhere")
        others = [view() for view in VIEWS]
        admin.add_views(*others)
        return [first, *others]

"""The app: Flask and Flask-Admin, our theme, our walls."""

from datetime import date
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_admin import Admin
from flask_admin.theme import Theme
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from consortium.models import Database
from consortium.models.database import again
from consortium_admin import frame, logbook, ops, refusals, rules, speaking, visit, walls
from consortium_admin.look import look
from consortium_admin.parts import parts
from consortium_admin.settings import Settings
from consortium_admin.views import VIEWS
from consortium_admin.views.door import Door
from consortium_admin.visit import Doorkeeper

#: no folder of Flask-Admin's has this name, so that none of its Bootstrap 4 templates is ever found
THEME = Theme(folder="consortium", base_template="admin/base.html")


class Admitting(Flask):
    """Answers requests, and begins one anew whose unit of work stood in another one's way."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer a request."""
        return again(super().dispatch_request)


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
    app = Admitting("consortium_admin", static_folder=None)
    app.config.update(settings.for_flask())
    keeper = keeper or _accounts(database, settings)
    app.extensions[visit.EXTENSION] = visit.open_site(database, keeper=keeper, key=key, day=day)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(speaking.VOICE)
    app.jinja_env.globals.update(frame.FRAME)
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
        "parts": parts(here.visitor.principal if here.visitor else None),
    }


def _add_views(app: Flask) -> list[Any]:
    """Add the views; where they lie on their own, Flask-Admin's static files are on no address at all."""
    with app.app_context():
        first = Door()
        admin = Admin(app, name="Consortium", theme=THEME, index_view=first, static_url_path="/nowhere")
        others = [view() for view in VIEWS]
        admin.add_views(*others)
        return [first, *others]

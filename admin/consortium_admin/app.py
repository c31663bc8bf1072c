"""The app: Flask and Flask-Admin, our theme, our walls."""

from datetime import date

from flask import Flask, request
from flask_admin import Admin
from flask_admin.theme import Theme
from jinja2 import StrictUndefined

from consortium.models import Database
from consortium_admin import refusals, speaking, visit, walls
from consortium_admin.look import look
from consortium_admin.views.door import Door
from consortium_admin.views.sub_projects import SubProjectsView
from consortium_admin.views.summary import SummaryView

#: no folder of Flask-Admin's has this name, so that none of its Bootstrap 4 templates is ever found
THEME = Theme(folder="consortium", base_template="admin/base.html")


def create_app(database: Database, *, reader: str = "reader", key: str | None = None, day: date | None = None) -> Flask:
    """Make the admin of the consortium called ``key``, or of the only one, for an auditor called ``reader``.

    :param day: the day of which the pages speak; today if none
    :raises NotFound: if there is no such consortium
    """
    app = Flask("consortium_admin", static_folder=None)
    app.extensions[visit.EXTENSION] = visit.open_site(database, reader=reader, key=key, day=day)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(speaking.VOICE)
    _build_walls(app)
    app.register_blueprint(look)
    _add_views(app)
    return app


def _build_walls(app: Flask) -> None:
    """Begin, guard and end every visit; later functions of a response run first."""
    app.before_request(lambda: visit.begin(speaking.choose(request)))
    app.before_request(walls.guard)
    app.after_request(walls.protect)
    app.after_request(speaking.remember)
    app.teardown_request(visit.end)
    app.context_processor(lambda: {"language": visit.visit().language, "day": visit.visit().day, "owner": ()})
    refusals.register(app)


def _add_views(app: Flask) -> None:
    """Add the views; where they lie on their own, Flask-Admin's static files are on no address at all."""
    with app.app_context():
        admin = Admin(app, name="Consortium", theme=THEME, index_view=Door(), static_url_path="/nowhere")
        admin.add_views(SubProjectsView(), SummaryView())

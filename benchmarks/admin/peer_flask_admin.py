"""Flask-Admin with its SQLAlchemy views: an afternoon's code, and tuned as its documentation recommends."""

import sys
from datetime import date
from typing import Any
from urllib.parse import urlencode

if "flask_babel" not in sys.modules:  # Flask-Admin is quickest where it finds no translations
    sys.modules["flask_babel"] = None  # type: ignore[assignment]  # that it is not there

import flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView  # noqa: TID251  # it is what we are compared with
from flask_admin.theme import Bootstrap4Theme
from flask_login import (  # type: ignore[import-untyped]  # it has no types
    LoginManager,
    UserMixin,
    current_user,
    login_user,
)
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine, ForeignKey, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, scoped_session, sessionmaker

from benchmarks.admin.worker import Ask, Form, draft_of, newest_sqlite, turns

TEXTS = tuple(
    f"{field}_{language}"
    for field in ("summary", "achieved", "next_steps", "support_needs")
    for language in ("nb", "sv")
)


class Base(DeclarativeBase):
    """The tables of the peers."""


class Partner(Base):
    """A partner."""

    __tablename__ = "peer_partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]
    country: Mapped[str]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class SubProject(Base):
    """A sub-project."""

    __tablename__ = "peer_sub_project"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    title_nb: Mapped[str]
    title_sv: Mapped[str]
    partner_id: Mapped[int] = mapped_column(ForeignKey("peer_partner.id"))
    place: Mapped[int]
    state: Mapped[str]
    reported: Mapped[date]
    partner: Mapped[Partner] = relationship()

    def __str__(self) -> str:
        """Return the title."""
        return self.title_nb


class Update(Base):
    """A status update."""

    __tablename__ = "peer_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    sub_project_id: Mapped[int] = mapped_column(ForeignKey("peer_sub_project.id"))
    day: Mapped[date]
    state: Mapped[str]
    workflow: Mapped[str]
    summary_nb: Mapped[str]
    summary_sv: Mapped[str]
    achieved_nb: Mapped[str]
    achieved_sv: Mapped[str]
    next_steps_nb: Mapped[str]
    next_steps_sv: Mapped[str]
    support_needs_nb: Mapped[str]
    support_needs_sv: Mapped[str]
    sub_project: Mapped[SubProject] = relationship()


class Protected(ModelView):
    """A view for whoever has signed in."""

    page_size = 50
    can_view_details = True

    def is_accessible(self) -> bool:
        """Let in whoever has signed in."""
        return bool(current_user.is_authenticated)


class Stock(Protected):
    """As one begins."""


class Tuned(Protected):
    """As is recommended: nothing is counted, related rows are joined, references are looked up."""

    simple_list_pager = True


def _views(session: Any, labels: dict[str, str], *, is_tuned: bool) -> list[Any]:
    base: type[Any] = Tuned if is_tuned else Stock
    said = {"state": lambda _view, _context, model, _name: labels.get(model.state, model.state)}

    class Projects(base):  # type: ignore[misc]  # as above
        column_list = ("key", "title_nb", "partner.name", "state", "reported")
        column_default_sort = "place"
        column_filters = ("state", "partner.key")
        column_formatters = said

    class Updates(base):  # type: ignore[misc]  # as above
        column_list = ("key", "sub_project.title_nb", "day", "summary_nb", "summary_sv")
        column_searchable_list = TEXTS if not is_tuned else ("summary_nb", "summary_sv")
        column_default_sort = ("id", True)

    if is_tuned:
        Projects.column_select_related_list = (SubProject.partner,)
        Updates.column_select_related_list = (Update.sub_project,)
        Updates.form_ajax_refs = {"sub_project": {"fields": ("title_nb", "key"), "page_size": 10}}
        Projects.form_ajax_refs = {"partner": {"fields": ("name", "key"), "page_size": 10}}
    return [
        Projects(SubProject, session, endpoint="projects", url="/projects"),
        Updates(Update, session, endpoint="updates", url="/updates"),
    ]


def _engine(peers: str) -> Engine:
    if not peers.startswith("postgresql"):
        return create_engine(f"sqlite:///{peers}", module=newest_sqlite())
    return create_engine(
        make_url(peers).set(drivername="postgresql+psycopg"), connect_args={"options": "-c search_path=peers"}
    )


class FlaskAdmin:
    """Flask-Admin, asked as a browser asks."""

    def __init__(self, case: dict[str, Any], peers: str, *, is_tuned: bool) -> None:
        self.case, self.statements, self._turns, self.is_tuned = case, list[str](), turns(), is_tuned
        engine = _engine(peers)
        event.listen(engine, "before_cursor_execute", self._note)
        session = scoped_session(sessionmaker(engine))
        app = flask.Flask("peer")
        app.secret_key = "only for the benchmark"  # noqa: S105  # nobody else reaches it
        CSRFProtect(app)
        app.teardown_appcontext(lambda _fault: session.remove())
        manager = LoginManager(app)

        class User(UserMixin):  # type: ignore[misc]  # as above
            id = "1"

        @manager.user_loader  # type: ignore[untyped-decorator]  # as above
        def load(_number: str) -> Any:
            return User() if session.get(Partner, 1) else None

        @app.get("/sign-in")
        def sign_in() -> str:
            login_user(User())
            return ""

        admin = Admin(app, theme=Bootstrap4Theme())
        for view in _views(session, case["labels"], is_tuned=is_tuned):
            admin.add_view(view)
        self.client = app.test_client()
        self.client.get("/sign-in")

    def _note(self, _connection: object, _cursor: object, statement: str, *_others: object) -> None:
        self.statements.append(statement)

    def count(self) -> list[str]:
        """Return the statements that were sent since the last time."""
        found, self.statements = self.statements, []
        return found

    def prepare(self, job: str) -> Ask:
        """Make ready what a visitor has before them."""
        case = self.case
        if job == "save":
            return self._save()
        filtered = urlencode({"flt0_0": case["state"], "flt1_7": case["partner"]})
        address = {
            "list": "/projects/",
            "middle": f"/projects/?page={case['before'] // 50}",
            "filter": f"/projects/?{filtered}",
            "edit": f"/updates/edit/?id={case['drafts'][0]['id']}",
        }.get(job) or f"/updates/?{urlencode({'search': case.get(job, '')})}"
        return lambda: self._read(address)

    def _read(self, address: str) -> tuple[int, str]:
        found = self.client.get(address)
        return found.status_code, found.get_data(as_text=True)

    def _save(self) -> Ask:
        turn = next(self._turns)
        draft = draft_of(self.case["drafts"], turn)
        address = f"/updates/edit/?id={draft['id']}"
        fields = Form(self._read(address)[1]).fields | {"summary_nb": f"{draft['summary']} {turn}."}

        def send() -> tuple[int, str]:
            found = self.client.post(address, data=fields)
            return found.status_code, found.get_data(as_text=True)

        return send


def open_peer(url: str, case: dict[str, Any], peers: str, *, is_tuned: bool = True) -> FlaskAdmin:
    """Open Flask-Admin on the tables of the peers."""
    return FlaskAdmin(case, peers, is_tuned=is_tuned)

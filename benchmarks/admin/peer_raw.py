"""The practical limit: bare WSGI, the driver, one well-indexed statement and a compiled template; and the floor on it.

The floor is Flask with a sign-in around the same; both show the words of our database and keep history and index.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment

from benchmarks.admin.tables import SCHEMA
from benchmarks.admin.worker import Ask, Form, draft_of, turns
from consortium.models.dialect import sqlite_module
from consortium.texts.stems import stems

PAGES = Environment(autoescape=True)
LIST = PAGES.from_string(
    "<!DOCTYPE html><title>Sub-projects</title><table>{% for key, title, name, state, day in rows %}"
    '<tr><th><a href="/details/?id={{ key }}">{{ title }}</a> {{ key }}<td>{{ name }}<td>{{ labels[state] }}<td>{{ day }}'
    '{% endfor %}</table><a href="?after={{ after }}">Next</a>'
)
HITS = PAGES.from_string(
    "<!DOCTYPE html><title>Search</title><ol>{% for key, title, words in rows %}"
    "<li><h2>{{ title }}</h2><p>{{ key }}</p><p>{{ words[:240] }}</p>{% endfor %}</ol>"
)
FORM = PAGES.from_string(
    '<!DOCTYPE html><title>Status</title><h1>{{ title }}</h1><form method="post">'
    '<input type="hidden" name="csrf_token" value="{{ token }}"><input type="hidden" name="version" value="{{ version }}">'
    "{% for code, label in labels.items() %}"
    '<label><input type="radio" name="state" value="{{ code }}"{{ " checked" if code == state }}>{{ label }}</label>'
    '{% endfor %}<input name="day" value="{{ day }}">'
    '{% for name, words in texts %}<label>{{ name }}<textarea name="{{ name }}">\n{{ words }}</textarea></label>'
    "{% endfor %}<button>Save</button></form>"
)
FIELDS = ("summary", "achieved", "next_steps", "support_needs")

_LIST = """
SELECT s.key, s.title_nb, p.name, s.state, s.reported, s.place FROM peer_sub_project s
JOIN peer_partner p ON p.id = s.partner_id WHERE {where} ORDER BY s.place LIMIT 50
"""
_HITS = """
SELECT u.key, s.title_nb, t.words FROM (
    SELECT line.entity_id, line.words FROM text_search f CROSS JOIN text_index line ON line.id = f.rowid
    WHERE text_search MATCH ? AND line.entity = 'status_update' LIMIT 100
) t JOIN status_update u ON u.id = t.entity_id
JOIN peer_sub_project s ON s.id = u.sub_project_id GROUP BY u.id ORDER BY u.id DESC LIMIT 50
"""
_EDIT = f"""
SELECT u.id, u.version, u.state, u.day, s.title_nb, {", ".join("u." + name for name in FIELDS)}
FROM status_update u JOIN peer_sub_project s ON s.id = u.sub_project_id WHERE u.consortium_id = 1 AND u.key = ?
"""  # noqa: S608  # names of ours


_HITS_ON_SERVER = """
SELECT DISTINCT ON (u.id) u.key, s.title_nb, t.words FROM (
    SELECT entity_id, words FROM text_index
    WHERE array_to_tsvector(string_to_array(btrim(stems), ' ')) @@ CAST(? AS tsquery) AND entity = 'status_update' LIMIT 100
) t JOIN status_update u ON u.id = t.entity_id
JOIN peer_sub_project s ON s.id = u.sub_project_id ORDER BY u.id DESC LIMIT 50
"""


def _on_sqlite(url: str, peers: str) -> Any:
    # every thread of a server has a connection of its own
    connection = sqlite_module().connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("PRAGMA synchronous = full")
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("ATTACH ? AS peers", (peers,))
    return connection


def _on_server(url: str) -> Any:
    import psycopg

    return psycopg.connect(url, autocommit=True, options=f"-c search_path=public,{SCHEMA}")


class Raw:
    """What shows the pages: each by one statement."""

    def __init__(self, url: str, case: dict[str, Any], peers: str) -> None:
        self.case, self.statements = case, list[str]()
        self.is_server = url.startswith("postgresql")
        self.connection = _on_server(url) if self.is_server else _on_sqlite(url, peers)
        self.token = secrets.token_hex(16)

    def ask(self, statement: str, *values: Any) -> list[Any]:
        """Ask the database."""
        self.statements.append(statement)
        cursor = self.connection.execute(statement.replace("?", "%s") if self.is_server else statement, values)
        found: list[Any] = cursor.fetchall() if cursor.description else []
        return found

    def kept(self, told: Any) -> Any:
        """Read a value that is kept as JSON; the driver of PostgreSQL has read it already."""
        return told if self.is_server else json.loads(told)

    def list(self, query: Mapping[str, str]) -> str:
        """Show 50 sub-projects."""
        wanted = ("after", "s.place > ?"), ("state", "s.state = ?"), ("partner", "p.key = ?")
        limits = [(how, query[name]) for name, how in wanted if name in query]
        where = " AND ".join(how for how, _value in limits) or "1 = 1"
        rows = self.ask(_LIST.format(where=where), *(value for _how, value in limits))
        return LIST.render(
            rows=[row[:5] for row in rows], labels=self.case["labels"], after=rows[-1][5] if rows else ""
        )

    def search(self, query: Mapping[str, str]) -> str:
        """Show 50 updates with some words."""
        own = stems(query["q"], "nb").split()
        if self.is_server:
            return HITS.render(rows=self.ask(_HITS_ON_SERVER, " & ".join(f"'{stem}'" for stem in own)))
        return HITS.render(rows=self.ask(_HITS, " AND ".join(f'"{stem}"' for stem in own)))

    def edit(self, key: str) -> str:
        """Show the form of an update."""
        _number, version, state, day, title, *kept = self.ask(_EDIT, key)[0]
        texts = [
            (f"{name}.{language}", version["words"])
            for name, raw in zip(FIELDS, kept, strict=True)
            for language, version in self.kept(raw)["versions"].items()
        ]
        told = {"version": version, "state": state, "day": day, "title": title, "texts": texts}
        return FORM.render(**told, labels=self.case["labels"], token=self.token)

    def save(self, key: str, fields: Mapping[str, str]) -> None:
        """Keep the form of an update, with its history and its index, in one unit."""
        if fields["csrf_token"] != self.token:
            raise PermissionError
        self.ask("BEGIN" if self.is_server else "BEGIN IMMEDIATE")
        if self.is_server:
            self.ask("SELECT pg_advisory_xact_lock(1)")  # one after the other, so that the history does not fork
        number, _version, state, _day, _title, raw, *_others = self.ask(_EDIT, key)[0]
        kept = self.kept(raw)
        before, kept["versions"]["nb"]["words"] = kept["versions"]["nb"]["words"], fields["summary.nb"]
        row = (json.dumps(kept, ensure_ascii=False), fields["state"], number, int(fields["version"]))
        self.ask(
            "UPDATE status_update SET summary = ?, state = ?, version = version + 1 WHERE id = ? AND version = ?", *row
        )
        index = "UPDATE text_index SET words = ?, stems = ? WHERE entity = ? AND entity_id = ? AND field = ? AND language = ?"
        words = fields["summary.nb"]
        self.ask(index, words, stems(words, "nb"), "status_update", number, "summary", "nb")
        self._tell(number, key, {"summary": [before, words], "state": [state, fields["state"]]})
        self.ask("COMMIT")

    def _tell(self, number: int, key: str, values: Mapping[str, Any]) -> None:
        last = self.ask("SELECT link FROM change ORDER BY id DESC LIMIT 1")
        told, salt = json.dumps(values), secrets.token_hex(16)
        digest = hashlib.sha256((salt + told).encode()).hexdigest()
        link = hashlib.sha256(((last[0][0] if last else "") + digest).encode()).hexdigest()
        row = ("2026-06-15 12:00:00", "Bench", told, salt, digest, link, number, key)
        self.ask(
            'INSERT INTO change (at, "by", "values", salt, digest, link, entity_id, key, consortium_id, entity, action)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 'status_update', 'changed')",
            *row,
        )


def bare(raw: Raw) -> Callable[..., Any]:
    """Make the bare WSGI application."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        query = {name: found[0] for name, found in parse_qs(environ["QUERY_STRING"]).items()}
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "POST":
            sent = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode(), keep_blank_values=True)
            raw.save(query["id"], {name: found[0] for name, found in sent.items()})
            start("303 See Other", [("Location", "/")])
            return [b""]
        shown = raw.list(query) if path == "/" else raw.search(query) if path == "/search" else raw.edit(query["id"])
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [shown.encode()]

    return application


def floor(raw: Raw) -> Any:
    """Make the same on Flask, behind a sign-in."""
    import flask
    from flask_login import (  # type: ignore[import-untyped]  # it has no types
        LoginManager,
        UserMixin,
        login_required,
        login_user,
    )

    app = flask.Flask("floor")
    app.secret_key = "only for the benchmark"  # noqa: S105  # nobody else reaches it
    manager = LoginManager(app)

    class User(UserMixin):  # type: ignore[misc]  # it has no types
        id = "1"

    @manager.user_loader  # type: ignore[untyped-decorator]  # as above
    def load(_number: str) -> Any:
        return User() if raw.ask("SELECT 1 FROM consortium WHERE id = 1") else None

    @app.get("/sign-in")
    def sign_in() -> str:
        login_user(User())
        return ""

    @app.get("/")
    @login_required  # type: ignore[untyped-decorator]  # as above
    def show_list() -> str:
        return raw.list(flask.request.args)

    @app.get("/search")
    @login_required  # type: ignore[untyped-decorator]  # as above
    def show_hits() -> str:
        return raw.search(flask.request.args)

    @app.route("/edit", methods=["GET", "POST"])
    @login_required  # type: ignore[untyped-decorator]  # as above
    def edit() -> Any:
        if flask.request.method == "GET":
            return raw.edit(flask.request.args["id"])
        raw.save(flask.request.args["id"], flask.request.form)
        return flask.redirect("/", 303)

    return app


class RawPeer:
    """Either of them, asked as a browser asks."""

    def __init__(self, url: str, case: dict[str, Any], peers: str, *, is_floor: bool) -> None:
        from werkzeug.test import Client

        self.raw, self.case, self._turns = Raw(url, case, peers), case, turns()
        self.client = Client(floor(self.raw) if is_floor else bare(self.raw))
        if is_floor:
            self.client.get("/sign-in")

    def count(self) -> list[str]:
        """Return the statements that were sent since the last time."""
        found, self.raw.statements = self.raw.statements, []
        return found

    def prepare(self, job: str) -> Ask:
        """Make ready what a visitor has before them."""
        case = self.case
        if job == "save":
            return self._save()
        filtered = urlencode({"state": case["state"], "partner": case["partner"]})
        address = {
            "list": "/",
            "middle": f"/?after={case['before']}",
            "filter": f"/?{filtered}",
            "edit": f"/edit?{urlencode({'id': case['drafts'][0]['key']})}",
        }.get(job) or f"/search?{urlencode({'q': case[job]})}"
        return lambda: self._read(address)

    def _read(self, address: str) -> tuple[int, str]:
        found = self.client.get(address)
        return found.status_code, found.get_data(as_text=True)

    def _save(self) -> Ask:
        turn = next(self._turns)
        draft = draft_of(self.case["drafts"], turn)
        address = f"/edit?{urlencode({'id': draft['key']})}"
        fields = Form(self._read(address)[1]).fields | {"summary.nb": f"{draft['summary']} {turn}."}

        def send() -> tuple[int, str]:
            found = self.client.post(address, data=fields)
            return found.status_code, found.get_data(as_text=True)

        return send


def open_peer(url: str, case: dict[str, Any], peers: str, *, is_floor: bool = False) -> RawPeer:
    """Open the practical limit, or the floor."""
    return RawPeer(url, case, peers, is_floor=is_floor)

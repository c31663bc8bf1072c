"""A world of one's own, which may be filled through the forms with whatever somebody writes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from consortium import clock
from consortium.models import Database
from consortium.testing import TODAY
from consortium_admin.accounts.migrations import prepare
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.browser.serving import AS, Believing
from tests.matrix.corpora import written
from tests.matrix.world import build

#: pages that show much of a world at once
SHOWING = (
    "/tasks/", "/sub-projects/", "/sub-projects/?by=age", "/sub-projects/details/?id=DP-A1", "/gatherings/",
    "/gatherings/details/?id=samling", "/gatherings/history/?id=samling", "/statements/round/?id=samling",
    "/attendance/all/?id=samling", "/status/DP-A1/", "/status/DP-B1/", "/approvals/", "/unreported/", "/reports/",
    "/reports/?first=sv", "/reports/?first=nb", "/reports/?since=2026-01-01", "/reports/snapshots/", "/periods/",
    "/partners/", "/consortium/details/?id=hjem", "/consortium/edit/?id=hjem", "/consortium/history/?id=hjem",
    "/search/?q=alert", "/search/?q=script", "/search/?q=evil", "/search/?q=X-Injected", "/attendance/", "/statements/",
    "/milestones/", "/indicators/", "/capacities/", "/reporting-periods/", "/partners/details/?id=partner-a",
)  # fmt: skip


@dataclass
class Own:
    """A world of one's own."""

    app: Flask
    database: Database

    def get(self, address: str, *, who: str = "staff") -> TestResponse:
        """Open a page."""
        client = self.app.test_client()
        client.set_cookie(AS, who)
        return client.get(address, buffered=True)

    def send(self, address: str, fields: Mapping[str, str], *, who: str = "staff") -> TestResponse:
        """Send a form as a careless program does, which lets through what a browser would mend."""
        client = self.app.test_client()
        client.set_cookie(AS, who)
        body = "&".join(f"{written(name)}={written(words)}" for name, words in fields.items())
        return client.post(address, data=body, content_type="application/x-www-form-urlencoded", buffered=True)


@contextmanager
def own_world(folder: Path) -> Iterator[Own]:
    """Build a world in a folder."""
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)):
        database = Database(f"sqlite:///{folder}/own.sqlite").prepare()
        build(database)
        prepare(database)
        app = create_app(database, settings=Settings(), keeper=Believing(), key="hjem", day=TODAY)
        app.config["WTF_CSRF_ENABLED"] = False
        yield Own(app, database)
        database.engine.dispose()

"""A guest that crashes, seen from the admin: the page of reports answers, and says what is missing and why."""

import hashlib
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from consortium import clock
from consortium.models import Database
from consortium.plugins import FrontDesk
from consortium.services.importing import import_file
from consortium.services.policy import Role, operator
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.admin.keeping import as_role

#: who asks the front desk
PLACES = (
    "consortium.services.reporting",
    "consortium.services.switch_words",
    "consortium_admin.made",
    "consortium_admin.orders",
    "consortium_admin.views.reports",
)


@pytest.mark.parametrize("report", ["faulty", "status-summary"])
def test_the_page_answers_and_marks_what_a_crash_has_left_out(
    report: str, example_file: Path, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)), sqlite.write() as session:
        import_file(session, operator("Olga Operatør"), path=example_file)
    names = ("crashes", "adds_sections")
    desk = FrontDesk(guests=[EntryPoint(name, f"tests.plugins.faults.{name}", "consortium") for name in names])
    for place in PLACES:
        monkeypatch.setattr(f"{place}.front_desk", lambda: desk)
    app = create_app(sqlite, settings=Settings(), keeper=as_role(Role.AUDITOR, 1), day=TODAY)
    path = Path(sqlite.engine.url.database or "")
    before = hashlib.sha256(path.read_bytes()).digest()

    answer = app.test_client().get("/reports/", query_string={"report": report, "first": "nb"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert page.count('id="fault-') == (1 if report == "faulty" else 2)
    assert ("SIGSEGV" in page) is (report == "faulty")
    assert 'id="overview"' in page
    assert hashlib.sha256(path.read_bytes()).digest() == before

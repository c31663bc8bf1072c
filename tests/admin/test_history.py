"""The history of a record as a page, and the way back to what it said before."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from consortium import clock
from consortium.models import Gathering, Organisation
from consortium.services.policy import Role
from consortium.testing import Make
from tests.admin.desk import Desk, Sheet, desk_of, kept
from tests.admin.page import Page

PATH = "/gatherings/history/?id=G"


def changed(make: Make) -> Desk:
    """Make a gathering whose topic, kind and host have been changed by somebody on the staff."""
    make.gathering("Samling", key="G", topic={"nb": "Håp og tro"})
    make.organisation("Nordmyr kommune", key="o")
    desk = desk_of(make)
    desk.write("/gatherings/edit/?id=G", {"topic.nb": "Håp og kjærlighet", "kind": "council", "host": "o"})
    return desk


def test_the_history_says_who_changed_what(make: Make) -> None:
    page = Page(changed(make).client.get(PATH))

    assert "Changed by Staff Testesen" in page.text
    assert ("tro", "nb") in page.words
    assert ("kjærlighet", "nb") in page.words
    assert {"Council", "Nordmyr kommune"} <= {words for words, _language in page.words}
    assert {each.tag for each in page.elements} >= {"ins", "del"}


@pytest.fixture
def _far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the server stand in another time zone."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_far_away")
def test_the_history_tells_the_time_in_norway_and_sweden_wherever_the_server_stands(make: Make) -> None:
    with clock.stopped_at(datetime(2026, 6, 15, 22, 30, tzinfo=UTC)):
        page = Page(changed(make).client.get(PATH))

    assert "16 June 2026, 00:30" in page.text


def back(page: Page, field: str) -> str:
    """Find the way back of one field."""
    return next(link for link in page.links() if f"field={field}" in link)


def test_a_field_is_brought_back_by_itself_after_a_question(make: Make) -> None:
    desk = changed(make)
    link = back(Page(desk.client.get(PATH)), "topic.nb")
    sheet = desk.open(link)
    assert ("Håp og tro", "nb") in Page(sheet.response).words

    assert desk.send(sheet, {}).status_code == 303

    found = kept(make, Gathering, "G")
    assert found is not None
    assert (found.topic.words("nb"), found.kind) == ("Håp og tro", "council")


def test_all_that_was_changed_is_brought_back(make: Make) -> None:
    desk = changed(make)
    link = next(link for link in Page(desk.client.get(PATH)).links() if "step=" in link and "field=" not in link)

    assert desk.write(link, {}).status_code == 303

    found = kept(make, Gathering, "G")
    assert found is not None
    assert (found.topic.words("nb"), found.kind) == ("Håp og tro", "project_gathering")


def test_what_was_removed_is_there_again(make: Make) -> None:
    make.organisation("Nordmyr kommune", key="o")
    desk = desk_of(make)
    desk.write("/organisations/delete/?id=o", {})
    page = Page(desk.client.get("/organisations/history/?id=o"))
    link = next(link for link in page.links() if "step=" in link)

    assert desk.write(link, {}).status_code == 303
    assert kept(make, Organisation, "o") is not None


@pytest.mark.parametrize("query", ["", "step=x", "step=999999", "step=99999999999999999999", "step=1&field=nothing"])
def test_a_step_that_is_not_there_is_not_found(make: Make, query: str) -> None:
    desk = changed(make)

    assert desk.client.get(f"/gatherings/history/restore/?id=G&{query}").status_code == 404


def test_an_auditor_reads_the_history_and_brings_nothing_back(make: Make) -> None:
    changed(make)
    auditor = desk_of(make, Role.AUDITOR).client
    page = Page(auditor.get(PATH))

    assert "kjærlighet" in page.text
    assert not [link for link in page.links() if "restore" in link]
    assert auditor.get("/gatherings/history/restore/?id=G&step=1").status_code == 404


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_the_history_is_not_for_leads_and_members(make: Make, role: Role) -> None:
    make.gathering(key="G")

    assert desk_of(make, role).client.get(PATH).status_code == 404


def test_a_refused_way_back_says_why(make: Make) -> None:
    desk = changed(make)
    link = back(Page(desk.client.get(PATH)), "host")
    desk.write("/gatherings/edit/?id=G", {"host": ""})
    sheet = desk.open(back(Page(desk.client.get(PATH)), "host"))
    desk.write("/organisations/delete/?id=o", {})

    refused = desk.send(Sheet(sheet.path, sheet.response), {})

    assert link != sheet.path
    assert refused.status_code == 422
    assert kept(make, Organisation, "o") is None

"""Hints on pages: at their fields, after saving, before a status is sent and after; they never keep anybody from it."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from consortium.facts.submission import Remark, SubmissionCheck
from consortium.i18n.message import Message
from consortium.models import Database, RegisterEntry, Theme
from consortium.testing import Make, counted
from consortium.texts.check import TextCheck
from tests.admin.copying import copy_of
from tests.admin.desk import desk_of, kept
from tests.admin.keeping import as_person
from tests.admin.page import Page
from tests.admin.test_status import TYPED, client_of
from tests.guests import bring

WARNED = "Take that out."


@pytest.fixture(autouse=True)
def _guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a guest warn of the word “hemmelig”."""
    check = TextCheck("guard", Message("A guard"), lambda words, _tag: [Message(WARNED)] if "hemmelig" in words else [])
    bring(monkeypatch, "consortium_text_checks", check)


@pytest.fixture
def lead(site: Database, tmp_path: Path) -> Any:
    """Let Frida Tallvind in, who leads DP-05, to a copy of the example."""
    copy = copy_of(site, tmp_path)
    yield client_of(copy, as_person(copy, "frida-tallvind"))
    copy.engine.dispose()


def report(client: FlaskClient, deed: str, **said: str) -> Any:
    token = Page(client.get("/status/DP-05/")).value_of("csrf_token")
    typed = {**TYPED, "summary": "Noe hemmelig.", "do": deed, "csrf_token": token, **said}
    return client.post("/status/DP-05/", data=typed)


def at_field(page: Page, control: str) -> bool:
    """Tell whether a hint stands at a control, and the control says so."""
    described = [each.attributes for each in page.elements if each.attributes.get("name") == control]
    has_hint = any(each.attributes.get("id") == f"{control}-hint" for each in page.elements)
    return has_hint and f"{control}-hint" in described[0]["aria-describedby"].split()


def test_what_is_written_in_a_record_is_kept_and_hinted_at(make: Make) -> None:
    make.theme(key="T")
    desk = desk_of(make)

    answer = desk.write("/themes/edit/?id=T", {"name.nb": "Noe hemmelig"})
    assert answer.status_code == 303
    assert kept(make, Theme, "T").name.words("nb") == "Noe hemmelig"  # type: ignore[union-attr]  # it is there
    assert WARNED in Page(desk.client.get(answer.location)).text
    form = desk.client.get("/themes/edit/?id=T")
    assert 'id="field-name-nb-hint"' in form.text
    assert form.text.count(WARNED) == 1


def test_a_code_that_holds_no_longer_is_hinted_at_in_the_form_of_its_organisation(make: Make) -> None:
    make.organisation("Gammelby", key="o", identifiers={"no-orgnr": "974760673"})
    values: dict[str, Any] = {"kind": "no-orgnr", "code": "1", "name": "Nyby"}
    make.session.add(RegisterEntry(consortium_id=make.home.id, key="no-orgnr:1", **values))
    desk = desk_of(make)

    assert "does not stand in the register" in Page(desk.client.get("/organisations/edit/?id=o")).text
    answer = desk.write("/organisations/edit/?id=o", {"name.sv": "Gammelby"})
    assert "does not stand in the register" in Page(desk.client.get(answer.location)).text


def test_a_hint_stands_at_its_field_while_a_status_is_written(lead: FlaskClient) -> None:
    page = Page(report(lead, "write"))

    assert at_field(page, "summary")
    assert page.text.count(WARNED) == 1


def test_hints_are_shown_before_a_status_is_sent_and_after_and_it_is_sent(
    lead: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = SubmissionCheck("check", Message("A check"), lambda _submission: [Remark(Message("Odd."), "achieved")])
    bring(monkeypatch, "consortium_submission_checks", check)

    foretold = Page(report(lead, "foretell"))
    assert "Look at this before you send it" in foretold.text
    assert "Odd." in foretold.text
    assert WARNED in foretold.text
    answer = report(lead, "send")
    assert answer.status_code == 303
    receipt = Page(lead.get(answer.location)).text
    assert "What was achieved: Odd." in receipt
    assert f"Summary – Norwegian Bokmål: {WARNED}" in receipt


def test_a_refusal_stands_at_its_field_and_the_draft_is_kept(
    lead: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    no = Remark(Message("Not so."), "achieved", is_refusal=True)
    bring(monkeypatch, "consortium_submission_checks", SubmissionCheck("check", Message("A check"), lambda _one: [no]))

    answer = report(lead, "send")
    assert answer.status_code == 422
    assert any(each.attributes.get("id") == "achieved-error" for each in Page(answer).elements)
    assert "Not so." in Page(answer).text
    assert report(lead, "foretell").status_code == 422
    assert report(lead, "draft").status_code == 303


def test_hints_cost_one_query_and_none_where_nothing_is_written(make: Make) -> None:
    make.theme(key="T")
    desk = desk_of(make)
    with counted(make.database) as edit:
        desk.client.get("/themes/edit/?id=T")
    with counted(make.database) as new:
        desk.client.get("/themes/new/")

    assert sum("plugin_switch" in each for each in edit) == 1
    assert sum("plugin_switch" in each for each in new) == 0

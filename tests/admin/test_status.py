"""Report status: one screen, kept as a draft, foretold, sent; nothing typed is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium.models import Database, IndicatorValue, Milestone, StatusUpdate
from consortium.services.policy import Role
from consortium.testing import TODAY, counted
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.admin.copying import copy_of
from tests.admin.keeping import Told, as_person, as_role
from tests.admin.page import Page

#: sends the form of a status: ``send("DP-05", "draft", summary="…")``
Send = Callable[..., TestResponse]

TYPED = {"state": "at_risk", "language": "nb", "summary": "Vi leter etter et lokale.", "day": "2026-06-15"}


def client_of(database: Database, who: Told) -> FlaskClient:
    return create_app(database, settings=Settings(), keeper=who, day=TODAY).test_client()


@pytest.fixture
def changing(site: Database, tmp_path: Path) -> Iterator[Database]:
    """Give a copy of the example."""
    copy = copy_of(site, tmp_path)
    yield copy
    copy.engine.dispose()


@pytest.fixture
def lead(changing: Database) -> FlaskClient:
    """Let Frida Tallvind in, who leads DP-05 and DP-17."""
    return client_of(changing, as_person(changing, "frida-tallvind"))


@pytest.fixture
def send(lead: FlaskClient) -> Send:
    return sender(lead)


def sender(client: FlaskClient) -> Send:
    def send_form(key: str, deed: str = "send", **typed: str) -> TestResponse:
        token = Page(client.get(f"/status/{key}/", headers={"Accept-Language": "en"})).value_of("csrf_token")
        said = {**TYPED, **{name.replace("__", "."): words for name, words in typed.items()}}
        return client.post(
            f"/status/{key}/", data={**said, "do": deed, "csrf_token": token}, headers={"Accept-Language": "en"}
        )

    return send_form


def latest(database: Database) -> StatusUpdate:
    with database.read() as session:
        return session.scalars(select(StatusUpdate).order_by(StatusUpdate.id.desc()).limit(1)).one()


def test_the_form_shows_what_was_said_last_time_in_its_own_language(lead: FlaskClient) -> None:
    page = Page(lead.get("/status/DP-17/", headers={"Accept-Language": "en"}))

    assert page.languages_of("Rekrytering pågår") == {"sv"}
    assert "17,4" in Page(lead.get("/status/DP-05/", headers={"Accept-Language": "sv"})).text


def test_the_boxes_are_in_the_language_that_the_lead_writes(lead: FlaskClient) -> None:
    page = Page(lead.get("/status/DP-17/", headers={"Accept-Language": "en"}))

    boxes = {each.attributes["name"]: each.attributes["lang"] for each in page.all("textarea")}

    assert boxes["summary"] == "sv"
    assert boxes["summary.nb"] == "nb"


def test_what_the_staff_asked_stands_at_its_field_in_the_language_of_the_page(lead: FlaskClient) -> None:
    norwegian = Page(lead.get("/status/DP-17/", headers={"Accept-Language": "nb"}))

    assert norwegian.languages_of("I desember var det 188 besøk") == {"nb"}


def test_a_status_is_sent_and_told_on_a_page_of_its_own(send: Send, lead: FlaskClient, changing: Database) -> None:
    answer = send("DP-05")

    assert answer.status_code == 303
    assert "Vi leter etter et lokale." in Page(lead.get(answer.location)).text
    assert (latest(changing).workflow, latest(changing).day) == ("submitted", TODAY)
    assert latest(changing).reported_by_id is not None


def test_a_form_with_problems_comes_back_with_what_was_typed(send: Send, changing: Database) -> None:
    before = latest(changing).id

    answer = send("DP-05", state="", reading__11="1,234")
    page = Page(answer)

    assert answer.status_code == 422
    assert {"#state", "#reading.11"} <= set(page.links())
    assert "Vi leter etter et lokale." in page.text
    assert page.value_of("reading.11") == "1,234"
    assert latest(changing).id == before


def test_a_draft_is_kept_and_gone_on_with(send: Send, lead: FlaskClient, changing: Database) -> None:
    answer = send("DP-05", "draft")
    page = Page(lead.get(answer.location))

    assert latest(changing).workflow == "draft"
    assert page.value_of("status") == latest(changing).key
    assert page.value_of("was.summary.nb") == "Vi leter etter et lokale."


def test_what_is_kept_while_typing_goes_on_under_its_name_and_version(send: Send, changing: Database) -> None:
    first = send("DP-05", "keep").json
    assert first is not None
    second = send("DP-05", "keep", status=first["status"], version=str(first["version"]), summary="Mer.").json

    assert second is not None
    assert second["version"] > first["version"]
    assert second["was"]["summary.nb"] == "Mer."
    assert latest(changing).summary.words("nb") == "Mer."


def test_nothing_is_kept_while_typing_before_a_state_is_chosen(send: Send) -> None:
    assert send("DP-05", "keep", state="").json == {"kept": False, "clash": False}


def test_the_reader_is_foretold_and_nothing_is_kept(send: Send, changing: Database) -> None:
    before = latest(changing).id

    page = Page(send("DP-05", "foretell", reading__11="31", milestone__15="1", milestone__15__shown="1"))

    assert page.languages_of("Vi leter etter et lokale.") == {"nb"}
    assert page.value_of("summary") == "Vi leter etter et lokale."
    assert latest(changing).id == before
    with changing.read() as session:
        assert session.get_one(Milestone, 15).done is None
        assert session.scalars(select(IndicatorValue).where(IndicatorValue.day == TODAY)).all() == []


def test_from_what_is_foretold_one_goes_back_to_the_words(send: Send) -> None:
    page = Page(send("DP-05", "write", milestone__15__shown="1"))

    assert "Vi leter etter et lokale." in page.text


def test_two_clicks_send_one_status(send: Send, changing: Database) -> None:
    first, second = send("DP-05"), send("DP-05")

    assert first.location == second.location
    with changing.read() as session:
        of_today = session.scalars(select(StatusUpdate).where(StatusUpdate.day == TODAY)).all()
    assert len(of_today) == 1


def test_of_two_who_write_the_second_sees_both_and_chooses(send: Send, changing: Database) -> None:
    opened = send("DP-05", "keep").json
    assert opened is not None
    named = {"status": opened["status"], "version": str(opened["version"])}
    named |= {f"was.{name}": words for name, words in opened["was"].items()}
    staff = sender(client_of(changing, as_role(Role.STAFF, 1)))
    staff("DP-05", "draft", **named, summary="Stabens ord.")

    answer = send("DP-05", "draft", **named, summary="Mine ord.", achieved="Bare mitt.")
    page = Page(answer)

    assert answer.status_code == 409
    assert "Stabens ord." in page.text
    assert "Mine ord." in page.text
    chosen = {"choose.summary": "theirs", "theirs.summary": "Stabens ord.", "version": page.value_of("version")}
    send("DP-05", "draft", status=opened["status"], summary="Mine ord.", achieved="Bare mitt.", **chosen)
    assert latest(changing).summary.words("nb") == "Stabens ord."
    assert latest(changing).achieved.words("nb") == "Bare mitt."


@pytest.mark.parametrize("key", ["DP-01", "DP-99", "link", "sent"])
def test_foreign_and_missing_sub_projects_look_alike(lead: FlaskClient, key: str) -> None:
    assert lead.get(f"/status/{key}/").status_code == 404


@pytest.mark.parametrize("who", [Role.AUDITOR, Role.MEMBER])
def test_nobody_reports_who_only_reads(changing: Database, who: Role) -> None:
    assert client_of(changing, as_role(who, 1)).get("/status/DP-05/").status_code == 404


def test_a_foreign_status_is_not_shown_as_sent(lead: FlaskClient) -> None:
    assert lead.get("/sent/DP-01:2026-06-02/").status_code == 404
    assert lead.get("/sent/DP-17-2026-06/").status_code == 404


def test_a_form_is_shown_and_kept_in_a_constant_number_of_queries(
    send: Send, lead: FlaskClient, changing: Database
) -> None:
    token = Page(lead.get("/status/DP-05/")).value_of("csrf_token")
    with counted(changing) as shown:
        lead.get("/status/DP-05/")
    with counted(changing) as kept:
        lead.post("/status/DP-05/", data={**TYPED, "do": "send", "csrf_token": token})

    with counted(changing) as typing:
        lead.post("/status/DP-17/", data={**TYPED, "status": "DP-17-2026-06", "do": "keep", "csrf_token": token})

    # the consortium, and all kinds of records at once
    assert len(shown) == 2
    # the same; what the rules ask: periods and key, figures of that day, plugins' checks; and each kind that is written
    assert len(kept) <= 11
    # reading, the draft, its words to search, and what the recorder reads and writes
    assert len(typing) <= 6


def test_what_was_sent_is_told_in_three_queries(lead: FlaskClient, send: Send, changing: Database) -> None:
    place = send("DP-05").location
    with counted(changing) as sent:
        assert lead.get(place).status_code == 200

    assert len(sent) == 3

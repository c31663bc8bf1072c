"""One-time links: the same screen without an account, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consortium.models import Database, Person, StatusLink, StatusUpdate, SubProject
from consortium.services.links import issue_link
from consortium.services.policy import operator
from consortium.testing import TODAY
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from tests.admin.copying import copy_of
from tests.admin.keeping import Told
from tests.admin.page import Page

TYPED = {"do": "send", "state": "on_track", "language": "sv", "summary": "Allt går bra.", "day": "2026-06-15"}


@pytest.fixture
def changing(site: Database, tmp_path: Path) -> Iterator[Database]:
    """Give a copy of the example."""
    copy = copy_of(site, tmp_path)
    yield copy
    copy.engine.dispose()


@pytest.fixture
def client(changing: Database) -> FlaskClient:
    """Ask as somebody who has not signed in."""
    return create_app(changing, settings=Settings(), keeper=Told(), day=TODAY).test_client()


@pytest.fixture
def link(changing: Database) -> str:
    """Give the address of a link for Maja Forsdimma, who leads DP-12 and reads Swedish."""
    with changing.write() as session:
        project = session.scalars(select(SubProject).where(SubProject.key == "DP-12")).one()
        person = session.scalars(select(Person).where(Person.key == "maja-forsdimma")).one()
        _link, token = issue_link(session, operator("Olga"), sub_project=project, person=person)
    return f"/status/link/{token}"


def form(client: FlaskClient, link: str, **typed: str) -> dict[str, str]:
    return {**TYPED, **typed, "csrf_token": Page(client.get(link)).value_of("csrf_token")}


def test_the_page_is_in_the_readers_language_unless_they_choose_another(client: FlaskClient, link: str) -> None:
    asked = {"Accept-Language": "en"}
    first = Page(client.get(link, headers=asked))
    client.set_cookie("language", "nn")

    assert first.language == "sv"
    assert Page(client.get(link, headers=asked)).language == "nn"


def test_opening_a_link_does_not_use_it_up(client: FlaskClient, link: str, changing: Database) -> None:
    for _time in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200

    with changing.read() as session:
        assert session.scalars(select(StatusLink.used_at)).all() == [None]


def test_a_status_is_sent_by_a_link_as_its_person(client: FlaskClient, link: str, changing: Database) -> None:
    answer = client.post(link, data=form(client, link))

    assert "Allt går bra." in Page(client.get(answer.location)).text
    with changing.read() as session:
        sent = session.scalars(select(StatusUpdate).order_by(StatusUpdate.id.desc())).first()
        assert sent is not None
        assert sent.reported_by is not None
        assert (sent.sub_project.key, sent.reported_by.name) == ("DP-12", "Maja Forsdimma")


def test_a_second_click_leads_to_what_was_sent(client: FlaskClient, link: str, changing: Database) -> None:
    typed = form(client, link)
    first, second = client.post(link, data=typed), client.post(link, data={**typed, "summary": "Något annat."})

    assert first.location == second.location
    with changing.read() as session:
        assert len(session.scalars(select(StatusUpdate).where(StatusUpdate.day == TODAY)).all()) == 1


def test_a_draft_and_a_problem_leave_the_link_open(client: FlaskClient, link: str) -> None:
    refused = client.post(link, data=form(client, link, state=""))
    kept = client.post(link, data=form(client, link, do="draft"))

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert client.get(kept.location).status_code == 200


def test_the_address_is_told_to_nobody(client: FlaskClient, link: str) -> None:
    response = client.get(link)

    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_no_other_page_opens(client: FlaskClient, link: str) -> None:
    client.get(link)

    for path in ("/tasks/", "/status/DP-12/", "/sub-projects/", "/sent/DP-12:2026-06-02/"):
        assert client.get(path).location == "/sign-in"


@pytest.mark.parametrize("end", ["", "x", "/sent/"])
def test_a_link_that_does_not_open_says_how_to_get_a_new_one(client: FlaskClient, link: str, end: str) -> None:
    path = f"{link}{end}" if end else "/status/link/"

    response = client.get(path, headers={"Accept-Language": "en"})

    assert response.status_code == 404
    assert "Ask the staff of the consortium for a new one" in Page(response).text


def test_a_link_is_not_used_without_the_token_of_its_page(client: FlaskClient, link: str) -> None:
    assert client.post(link, data=TYPED).status_code == 400

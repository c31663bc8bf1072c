"""My tasks: sentences, each with one thing to do about it."""

import pytest
from flask.testing import FlaskClient

from consortium.models import Database
from consortium.services.policy import Role
from consortium.testing import TODAY, Make, counted
from consortium_admin.app import create_app
from consortium_admin.settings import Settings
from consortium_admin.visit import Visitor
from tests.admin.keeping import Told, as_person, as_role
from tests.admin.page import Page
from tests.admin.sending import visitor


def client_of(database: Database, who: Told) -> FlaskClient:
    return create_app(database, settings=Settings(), keeper=who, day=TODAY).test_client()


def read(client: FlaskClient, language: str = "en") -> Page:
    return Page(client.get("/tasks/", headers={"Accept-Language": language}))


def test_the_first_page_leads_to_the_tasks(client: FlaskClient) -> None:
    assert client.get("/").location == "/tasks/"


def test_a_lead_is_asked_to_answer_and_led_to_the_form(site: Database) -> None:
    page = read(client_of(site, as_person(site, "frida-tallvind")))

    assert "/status/DP-17/?status=DP-17-2026-06" in page.links()
    assert "due in 46 days" in page.text


@pytest.mark.parametrize(
    ("lead", "language", "words"),
    [
        ("hakon-bjorkesus", "nb", ("Svar på kommentarene", "76 dager over fristen", "1 tekst")),
        ("frida-tallvind", "sv", ("Svara på kommentarerna", "76 dagar efter tidsfristen", "1 text")),
    ],
)
def test_the_example_has_a_lead_of_each_language_with_much_to_do(
    site: Database, lead: str, language: str, words: tuple[str, ...]
) -> None:
    page = read(client_of(site, as_person(site, lead)), language)

    assert all(each in page.text for each in words)


def test_a_title_is_in_its_own_language(site: Database) -> None:
    page = read(client_of(site, as_person(site, "frida-tallvind")))

    assert page.languages_of("Ungas mottagning på fritidsgården") == {"sv"}


def test_where_nothing_is_to_be_done_it_says_what_comes_next(site: Database) -> None:
    page = read(client_of(site, as_person(site, "torkel-steinbro")))

    assert "Nothing is waiting for you" in page.text
    assert "20–21 October 2026" in page.text


def test_a_lead_with_nothing_due_can_report_all_the_same(make: Make) -> None:
    own = make.sub_project({"sv": "Öppen stuga"}, key="DP-1")
    lead = make.principal(Role.LEAD, leads=frozenset({own.id}))

    page = read(visitor(make, Told(Visitor("Liv Lind", lead))))

    assert "Nothing is waiting for you" in page.text
    assert "Report status of “" in page.text
    assert page.languages_of("Öppen stuga") == {"sv"}
    assert "/status/DP-1/" in page.links()


def test_staff_are_led_to_what_waits_for_them(site: Database) -> None:
    page = read(client_of(site, as_role(Role.STAFF, 1)))

    assert "/approvals/" in page.links()


def test_the_tasks_need_a_constant_number_of_queries(site: Database) -> None:
    client = client_of(site, as_role(Role.STAFF, 1))

    with counted(site) as statements:
        read(client)

    assert len(statements) <= 9

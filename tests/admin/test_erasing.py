"""The page on which a person is erased: asked first, done for good, told in the history."""

import pytest

from consortium.models import Person
from consortium.services.policy import Role
from consortium.testing import Make
from tests.admin.desk import Desk, desk_of, kept
from tests.admin.page import Page

AT = "/people/erase/?id=liv"


@pytest.fixture
def desk(make: Make) -> Desk:
    """Let somebody on the staff work where there is one person."""
    make.person("Liv Tvedestrand", key="liv", email="liv@example.org")
    return desk_of(make)


def test_the_page_of_a_person_leads_to_where_they_are_erased(desk: Desk) -> None:
    assert AT in Page(desk.client.get("/people/details/?id=liv")).links()
    page = Page(desk.client.get(AT))

    assert "Erase “Liv Tvedestrand” for good?" in page.text
    assert "It cannot be taken back." in page.text


def test_a_person_is_erased_and_the_history_tells_it(make: Make, desk: Desk) -> None:
    done = desk.write(AT, {"sure": "1"})

    assert (done.status_code, done.location) == (303, "/people/details/?id=erased-1")
    page = Page(desk.client.get(done.location))
    assert "The person is called “Slettet person 1” from now on." in page.text
    history = Page(desk.client.get("/people/history/?id=erased-1"))
    assert "A person’s name taken out by Staff Testesen" in history.text
    assert "In the steps before this one, a pseudonym stands where the person was named." in history.text
    for shown in (page, history):
        assert "Tvedestrand" not in shown.text
    assert kept(make, Person, "liv") is None
    assert desk.client.get(AT).status_code == 404


def test_without_the_tick_nothing_is_done(make: Make, desk: Desk) -> None:
    refused = desk.write(AT, {})

    assert refused.status_code == 422
    assert "Tick that you know it cannot be taken back, or cancel." in Page(refused).text
    assert kept(make, Person, "liv") is not None


def test_two_of_one_name_are_told_apart_first(make: Make, desk: Desk) -> None:
    make.person("Liv Tvedestrand", key="andre")
    make.keep()

    refused = desk.write(AT, {"sure": "1"})

    assert refused.status_code == 409
    assert "“andre” has the same name." in Page(refused).text
    assert kept(make, Person, "liv") is not None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEAD, Role.MEMBER])
def test_for_others_there_is_no_such_page(make: Make, role: Role) -> None:
    make.person(key="liv")
    client = desk_of(make, role).client

    assert client.get(AT).status_code in {403, 404}
    assert client.post(AT, data={"sure": "1"}).status_code in {403, 404}
    assert kept(make, Person, "liv") is not None

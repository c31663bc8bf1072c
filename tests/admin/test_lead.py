"""A lead among sub-projects that others lead: sees them, and is offered nothing there that is refused."""

from consortium.models import Milestone
from consortium.services.policy import Role
from consortium.testing import Make
from tests.admin.desk import Desk, desk_of, kept
from tests.admin.page import Page

NEW = {"title.nb": "Klar", "due": "2026-09-01"}


def lead(make: Make) -> Desk:
    """Make a lead of OWN who also sees SHARED."""
    partner = make.partner()
    own, shared = make.sub_project(key="OWN", partners=[partner]), make.sub_project(key="SHARED", partners=[partner])
    assert own.id != shared.id
    return desk_of(make, Role.LEAD, leads=frozenset({own.id}), partners=frozenset({partner.id}))


def test_parts_are_offered_where_they_can_be_added(make: Make) -> None:
    desk = lead(make)

    for key, is_offered in (("OWN", True), ("SHARED", False)):
        links = Page(desk.client.get(f"/sub-projects/details/?id={key}")).links()
        assert any(link.startswith("/milestones/new/") for link in links) is is_offered


def test_the_list_leads_to_reports_that_can_be_written(make: Make) -> None:
    links = Page(lead(make).client.get("/sub-projects/")).links()

    assert [link for link in links if link.startswith("/status/")] == ["/status/OWN/"]
    assert any("id=SHARED" in link for link in links)


def test_a_new_milestone_offers_only_sub_projects_that_one_leads(make: Make) -> None:
    words = lead(make).open("/milestones/new/").response.text

    assert 'value="OWN"' in words
    assert 'value="SHARED"' not in words


def test_what_the_policy_refuses_is_told_at_its_field(make: Make) -> None:
    make.sub_project(key="FOREIGN")
    desk = lead(make)

    refused = desk.write("/milestones/new/", {**NEW, "sub_project": "SHARED"})
    missing = desk.write("/milestones/new/", {**NEW, "sub_project": "FOREIGN"})

    assert (refused.status_code, missing.status_code) == (422, 422)
    assert 'href="#field-sub_project"' in refused.text
    assert "There is no" in missing.text
    assert kept(make, Milestone, "klar") is None


def test_a_new_item_comes_next_on_its_agenda(make: Make) -> None:
    make.gathering(key="G")
    desk = desk_of(make)

    for number in ("1", "2"):
        sheet = desk.open("/agenda/new/?gathering=G")
        assert sheet.values["place"] == number
        desk.send(sheet, {"title.nb": "Velkommen"})

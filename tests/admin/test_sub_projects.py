"""The list of sub-projects, and the page of each."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from consortium.i18n.message import _
from consortium.models import Database
from consortium.services.policy import Role
from consortium.testing import TODAY, Make, counted
from consortium_admin.views import sub_projects
from tests.admin.conftest import Read
from tests.admin.keeping import Told, as_person, as_role
from tests.admin.page import Page
from tests.admin.sending import visitor, visitor_of

CANARY = "Kanarifugl"


def listing(make: Make, query: str = "", who: Role | Told = Role.STAFF) -> Page:
    """Read the list of the home consortium in Norwegian."""
    return Page(visitor(make, who).get(f"/sub-projects/?{query}", headers={"Accept-Language": "nb"}))


def rows(page: Page) -> list[str]:
    return [link.split("id=")[1] for link in page.links() if "/sub-projects/details/" in link and "#" not in link]


def test_the_list_shows_the_example_in_the_order_of_the_report(read: Read) -> None:
    page = read("/sub-projects/", lang="nb")

    assert len(rows(page)) == 20
    assert page.text.index("Bydel Sagbakken") < page.text.index("Storsele kommun")
    assert len([each for each in page.all("th") if each.attributes.get("scope") == "row"]) == 20


def test_a_row_says_state_trend_and_age(make: Make) -> None:
    sub_project = make.sub_project("Trygg oppvekst")
    make.status(sub_project, day=date(2026, 3, 1), state="on_track")
    make.status(sub_project, day=date(2026, 6, 1), state="at_risk")

    page = listing(make)

    assert {"Trygg oppvekst", "i risiko", "dårligere", "1. juni 2026"} <= {words for words, _language in page.words}
    assert "14" in page.text


def test_a_row_says_what_is_overdue_wanted_and_to_be_approved(make: Make) -> None:
    make.period(key="2025-2")
    make.status(make.sub_project({"nb": "Bare norsk"}), day=date(2025, 3, 1))

    page = Page(visitor(make).get("/sub-projects/"))

    assert "a report is overdue since 30 January 2026" in page.text
    assert "to approve" in [words for words, _language in page.words]
    assert [
        each.attributes["data-label"] for each in page.all("td") if "Texts" in each.attributes.get("data-label", "")
    ]


def test_a_status_of_today_is_no_days_old(make: Make) -> None:
    make.status()

    assert _("today").say("nb") in listing(make).text


def test_a_sub_project_without_a_status_says_so(make: Make) -> None:
    make.sub_project("Stille")

    assert _("not reported").say("nb") in listing(make).text


@pytest.mark.parametrize(("state", "count"), [("on_track", 14), ("delayed", 1), ("not_reported", 1), ("nonsense", 20)])
def test_the_list_can_be_narrowed_to_a_state(read: Read, state: str, count: int) -> None:
    assert len(rows(read("/sub-projects/", state=state))) == count


def test_the_counts_are_links_that_keep_the_other_choices(read: Read) -> None:
    page = read("/sub-projects/", country="SE", q="a")

    links = [link for link in page.links() if "state=on_track" in link]
    assert len(links) == 1
    assert "country=SE" in links[0]
    assert "q=a" in links[0]


def test_a_sub_project_is_in_each_of_its_partners_countries(make: Make) -> None:
    shared = [make.partner("Fjellvik", key="fjellvik"), make.partner("Storsele", country="SE")]
    make.sub_project("Over grensen", partners=shared)
    make.sub_project("Hjemme")

    assert "Hjemme" not in listing(make, "country=SE").text
    for query in ("country=SE", "country=NO", "partner=fjellvik"):
        assert "Over grensen" in listing(make, query).text


def test_the_list_can_be_narrowed_to_what_waits_and_what_is_overdue_and_to_words(make: Make) -> None:
    make.period(key="2025-2")
    waiting, drafted, silent = make.sub_project("Venter"), make.sub_project("Utkast"), make.sub_project("Stille")
    make.status(waiting, day=date(2025, 12, 1))
    make.status(drafted, day=date(2025, 12, 1), workflow="draft")

    assert rows(listing(make, "workflow=submitted")) == [waiting.key]
    assert rows(listing(make, "workflow=draft")) == [drafted.key]
    assert set(rows(listing(make, "overdue=1"))) == {drafted.key, silent.key}
    assert rows(listing(make, "q=stil")) == [silent.key]


def test_the_longest_silence_can_come_first(make: Make) -> None:
    late, soon = make.sub_project(), make.sub_project()
    make.status(soon, day=date(2026, 6, 1))
    make.status(late, day=date(2026, 1, 1))

    assert rows(listing(make, "by=age")) == [late.key, soon.key]


def test_the_form_shows_what_was_chosen(read: Read) -> None:
    page = read("/sub-projects/", state="delayed", country="SE", overdue="1", by="age", q="<b>")

    chosen = {each.attributes["value"] for each in page.all("option") if "selected" in each.attributes}
    assert chosen == {"delayed", "SE", "age"}
    assert next(each.attributes["value"] for each in page.all("input") if each.attributes.get("id") == "q") == "<b>"
    assert _("No sub-project is like that").say("en") in page.text


def test_a_long_list_is_turned_page_by_page(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sub_projects, "SIZE", 2)
    partner = make.partner()
    made = [make.sub_project(f"Nummer {number}", partners=[partner]).key for number in range(5)]
    client = visitor(make)

    seen, page = [], Page(client.get("/sub-projects/?q=nummer"))
    seen += rows(page)
    while following := [link for link in page.links() if "after=" in link]:
        page = Page(client.get(following[0]))
        seen += rows(page)

    assert seen == made
    assert "q=nummer" in next(link for link in page.links() if "before=" in link)


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense",
        "before=" + "x" * 5000,
        "after=WyJhZ2UiXQ",
        "state=%00",
        "q=%00%ff",
        "partner=%27%20OR%201=1--",
        "country=XX",
        "workflow=nonsense",
        "q=" + "a" * 5000,
    ],
)
def test_what_cannot_be_chosen_is_passed_over_or_told(client: FlaskClient, query: str) -> None:
    assert client.get(f"/sub-projects/?{query}").status_code == 200


def test_an_empty_consortium_says_what_to_do(make: Make) -> None:
    page = listing(make)

    assert _("No sub-project has been entered yet.").say("nb") in page.text
    assert "/sub-projects/new/" in page.links()
    assert "consortium import" in page.text


def test_another_consortium_is_never_shown(make: Make) -> None:
    make.sub_project("Vårt eget")
    abroad = make.consortium("Fremmed")
    foreign = make.sub_project(CANARY, partners=[make.partner(CANARY, key=CANARY, consortium=abroad)])
    make.status(foreign, summary={"nb": CANARY})
    client = visitor(make)

    for path in ("/sub-projects/", f"/sub-projects/?partner={CANARY}", "/sub-projects/?state=on_track"):
        assert CANARY not in client.get(path).text.replace(f"partner={CANARY}", "")
    assert client.get("/sub-projects/details/", query_string={"id": foreign.key}).status_code == 404


def test_a_lead_sees_only_what_is_theirs(site: Database) -> None:
    client = visitor_of(site, as_person(site, "ragnhild-vindhei"))

    page = Page(client.get("/sub-projects/"))

    assert "DP-01" in rows(page)
    assert "DP-06" not in rows(page)
    assert client.get("/sub-projects/details/?id=DP-06").status_code == 404


def test_the_list_asks_the_database_three_times_for_20_as_for_200(make: Make) -> None:
    def statements(total: int) -> int:
        partner = make.partner()
        for _number in range(total):
            make.status(make.sub_project(partners=[partner]), day=TODAY)
        client = visitor(make, Role.STAFF)
        client.get("/sub-projects/")
        with counted(make.database) as sent:
            assert client.get("/sub-projects/").status_code == 200
        return len(sent)

    assert statements(20) == statements(180) <= 3 + 1  # one finds the consortium


def test_a_page_tells_a_sub_project_as_the_report_does(read: Read) -> None:
    page = read("/sub-projects/details/", id="DP-01", lang="sv")

    assert len(page.all("h1")) == 1
    assert {"Individuell plan och SIP sida vid sida", "oförändrad", "enligt plan"} <= {
        words for words, _tag in page.words
    }
    assert "/reports/#sub-project-dp-01" in page.links()


def test_the_statuses_stand_in_time_with_their_workflow(make: Make) -> None:
    project = make.sub_project()
    make.status(project, day=date(2026, 3, 1))
    make.status(project, day=date(2026, 6, 1), workflow="draft", state="delayed")

    page = Page(visitor(make, Role.AUDITOR).get(f"/sub-projects/details/?id={project.key}"))

    assert page.text.rindex("1 June 2026") < page.text.rindex("1 March 2026")
    assert {"draft", "submitted"} <= {words for words, _language in page.words}


def test_a_draft_is_for_those_who_may_see_it(make: Make) -> None:
    project = make.sub_project()
    make.status(project, day=date(2026, 6, 1), workflow="draft", summary={"nb": CANARY})
    member = as_role(Role.MEMBER, make.home.id)
    shares = make.principal(Role.MEMBER, partners=frozenset({project.partners[0].id}))
    assert member.visitor
    told = Told(type(member.visitor)("Mia Medlem", shares))

    page = Page(visitor(make, told).get(f"/sub-projects/details/?id={project.key}"))

    assert "1 June 2026" not in page.text
    assert CANARY not in page.text


@pytest.mark.parametrize(("role", "is_there"), [(Role.STAFF, True), (Role.AUDITOR, False)], ids=["staff", "auditor"])
def test_what_can_be_done_is_offered_to_those_who_may(make: Make, role: Role, is_there: bool) -> None:
    project = make.sub_project()
    update = make.status(project)

    links = Page(visitor(make, role).get(f"/sub-projects/details/?id={project.key}")).links()

    ways = (f"/sub-projects/edit/?id={project.key}", f"/status/{project.key}/")
    assert [any(way in link for link in links) for way in ways] == [is_there, is_there]
    assert any("/approvals/status/" in link for link in links)
    assert update.key


@pytest.mark.parametrize("key", ["", "DP-99", "1", "' OR 1=1 --", "x" * 100_000])
def test_a_sub_project_that_is_not_there_is_not_found(client: FlaskClient, key: str) -> None:
    assert client.get("/sub-projects/details/", query_string={"id": key}).status_code == 404


def test_markup_in_words_stays_words(make: Make) -> None:
    partner = make.partner("<b onclick=x>Bø</b>")
    project = make.sub_project("<script>alert(1)</script>", partners=[partner])
    make.status(project, summary={"nb": "<img src=x onerror=alert(1)>"})
    client = visitor(make)

    for path in ("/sub-projects/", f"/sub-projects/details/?id={project.key}"):
        page = Page(client.get(path))
        assert not [each for each in page.all("script") if "src" not in each.attributes]
        assert not page.all("img")
        assert not any("onclick" in each.attributes for each in page.elements)


def test_the_page_of_a_sub_project_asks_the_database_equally_often_however_many_there_are(make: Make) -> None:
    def statements(total: int) -> int:
        for _number in range(total):
            make.status(make.sub_project(), day=TODAY)
        client = visitor(make)
        address = f"/sub-projects/details/?id={key}"
        client.get(address)
        with counted(make.database) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    key = make.sub_project().key
    assert statements(5) == statements(45) <= 15

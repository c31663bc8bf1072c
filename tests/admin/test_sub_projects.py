"""The list of sub-projects, and the page of each."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from consortium.i18n.message import _
from consortium.testing import TODAY, Make, counted
from consortium_admin.app import create_app
from consortium_admin.views.record import RecordView
from tests.admin.conftest import Read
from tests.admin.page import Page

CANARY = "Kanarifugl"


def listing(make: Make, query: str = "", day: date | None = None) -> Page:
    """Read the list of the home consortium in Norwegian."""
    key = make.home.key
    make.keep()
    client = create_app(make.database, key=key, day=day).test_client()
    return Page(client.get(f"/sub-projects/?lang=nb&{query}"))


def test_the_list_shows_the_example_in_the_order_of_the_report(read: Read) -> None:
    page = read("/sub-projects/", lang="nb")

    rows = [link for link in page.links() if "details" in link]
    assert len(rows) == 20
    assert page.text.index("Bydel Sagbakken") < page.text.index("Fjellvik kommune") < page.text.index("Storsele kommun")
    assert len([each for each in page.all("th") if each.attributes.get("scope") == "row"]) == 20


def test_a_row_says_state_trend_and_age(make: Make) -> None:
    sub_project = make.sub_project("Trygg oppvekst")
    make.status(sub_project, day=date(2026, 3, 1), state="on_track")
    make.status(sub_project, day=date(2026, 6, 1), state="at_risk")

    page = listing(make)

    assert {"Trygg oppvekst", "i risiko", "dårligere", "1. juni 2026"} <= {words for words, _language in page.words}
    assert "14" in page.text


def test_a_status_of_today_is_no_days_old(make: Make) -> None:
    make.status()

    assert _("today").say("nb") in listing(make).text


def test_a_sub_project_without_a_status_says_so(make: Make) -> None:
    make.sub_project("Stille")

    assert _("not reported").say("nb") in listing(make).text


def test_the_list_speaks_of_the_day_that_is_asked_for(make: Make) -> None:
    sub_project = make.sub_project()
    make.status(sub_project, day=date(2026, 3, 1), state="delayed")
    make.status(sub_project, day=date(2026, 6, 1), state="on_track")

    page = listing(make, day=date(2026, 4, 1))

    assert "forsinket" in page.text
    assert "i rute" not in page.text


@pytest.mark.parametrize(("state", "count"), [("on_track", 14), ("delayed", 1), ("not_reported", 1), ("nonsense", 20)])
def test_the_list_can_be_narrowed_to_a_state(read: Read, state: str, count: int) -> None:
    assert len([link for link in read("/sub-projects/", state=state).links() if "details" in link]) == count


def test_a_sub_project_is_in_each_of_its_partners_countries(make: Make) -> None:
    shared = [make.partner("Fjellvik"), make.partner("Storsele", country="SE")]
    make.sub_project("Over grensen", partners=shared)
    make.sub_project("Hjemme")

    assert "Over grensen" in listing(make, "country=SE").text
    assert "Hjemme" not in listing(make, "country=SE").text
    assert "Over grensen" in listing(make, "country=NO").text


def test_the_form_shows_what_was_chosen(read: Read) -> None:
    page = read("/sub-projects/", state="delayed", country="SE")

    chosen = {each.attributes["value"] for each in page.all("option") if "selected" in each.attributes}
    assert chosen == {"delayed", "SE"}
    assert _("No sub-project is like that").say("en") in page.text


def test_a_long_list_is_turned_page_by_page(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordView, "page_size", 2)
    partner = make.partner()
    for number in range(5):
        make.sub_project(f"Nummer {number}", partners=[partner])

    assert [f"Nummer {number}" in listing(make, "page=2").text for number in range(5)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert "Nummer 4" in listing(make, "page=99").text
    assert "Nummer 0" in listing(make, "page=-1").text


def test_an_empty_consortium_says_what_to_do(make: Make) -> None:
    page = listing(make)

    assert _("No sub-project has been entered yet.").say("nb") in page.text
    assert "consortium import" in page.text


def test_another_consortium_is_never_shown(make: Make) -> None:
    make.sub_project("Vårt eget")
    abroad = make.consortium("Fremmed")
    foreign = make.sub_project(CANARY, partners=[make.partner(CANARY, consortium=abroad)])
    make.status(foreign, summary={"nb": CANARY})
    make.keep()
    client = create_app(make.database, key=make.home.key).test_client()

    for path in ("/sub-projects/", "/reports/status-summary/", "/reports/status-summary/nb/"):
        assert CANARY not in client.get(path).text
    assert client.get("/sub-projects/details/", query_string={"id": foreign.key}).status_code == 404


def test_the_list_asks_the_database_equally_often_for_20_and_200(make: Make) -> None:
    def statements(total: int) -> int:
        partner = make.partner()
        for _number in range(total):
            make.status(make.sub_project(partners=[partner]), day=TODAY)
        make.keep()
        client = create_app(make.database).test_client()
        with counted(make.database) as sent:
            assert client.get("/sub-projects/").status_code == 200
        return len(sent)

    assert statements(20) == statements(180) <= 15


def test_a_page_tells_a_sub_project_as_the_report_does(read: Read) -> None:
    page = read("/sub-projects/details/", id="DP-01", lang="sv")

    assert len(page.all("h1")) == 1
    assert {"Individuell plan och SIP sida vid sida", "oförändrat", "enligt plan"} <= {
        words for words, _tag in page.words
    }
    assert "/reports/status-summary/#sub-project-dp-01" in page.links()


@pytest.mark.parametrize("key", ["", "DP-99", "1", "' OR 1=1 --", "x" * 100_000])
def test_a_sub_project_that_is_not_there_is_not_found(client: FlaskClient, key: str) -> None:
    assert client.get("/sub-projects/details/", query_string={"id": key}).status_code == 404


def test_markup_in_words_stays_words(make: Make) -> None:
    partner = make.partner('<b onclick="x">Bø</b>')
    sub_project = make.sub_project("<script>alert(1)</script>", partners=[partner])
    make.status(sub_project, summary={"nb": "<img src=x onerror=alert(1)>"})
    make.keep()
    client = create_app(make.database).test_client()

    for path in ("/sub-projects/", f"/sub-projects/details/?id={sub_project.key}", "/reports/status-summary/"):
        page = Page(client.get(path))
        assert not {"script", "img"} & {each.tag for each in page.elements}
        assert not any("onclick" in each.attributes for each in page.elements)


def test_the_admin_speaks_of_today_unless_told_otherwise(make: Make) -> None:
    make.sub_project()

    assert "15. juni 2026" in listing(make).text

"""Plugins in the admin: listed, switched, and their pages read by whom they are for."""

from pathlib import Path

import pytest
from sqlalchemy import select

from consortium.models import Database, PluginSwitch
from consortium.plugin_log import plugin_log
from consortium.services.policy import Role
from consortium.services.switches import switch
from consortium.testing import Make, counted
from consortium_admin.made import faults_in
from tests.admin.keeping import Told
from tests.admin.page import Page
from tests.admin.sending import send, visitor
from tests.services.guests import open_desk

DESKS = (
    *(f"consortium.services.{name}" for name in ("switches", "switch_words", "pages", "reporting", "snapshots")),
    *(f"consortium_admin.{name}" for name in ("made", "orders", "views.plugins", "views.pages", "views.reports")),
)


@pytest.fixture(autouse=True)
def _guests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    open_desk(monkeypatch, *DESKS)
    monkeypatch.setattr(plugin_log, "folder", tmp_path)
    monkeypatch.setattr(plugin_log, "_told", {})  # of other tests, on whose clock it is as late


@pytest.fixture
def home(make: Make) -> Make:
    """Give a consortium with a partner in each of two countries, and a sub-project of the first."""
    nord = make.partner("Nord", key="nord")
    make.partner("Sør", key="sør", country="SE")
    make.status(make.sub_project("Kyst", partners=[nord]))
    return make


def say(make: Make, **others: object) -> None:
    """Switch something of the guest."""
    asked = {"plugin": "coast", "is_on": False, **others}
    make.session.flush()
    switch(make.session, make.operator, consortium=make.home, **asked)  # type: ignore[arg-type]  # named by each test


def kept(database: Database) -> list[tuple[str, str, bool | None, str]]:
    """Read what was switched."""
    with database.read() as session:
        rows = session.scalars(select(PluginSwitch).order_by(PluginSwitch.id))
        return [(row.variant, row.partner.key if row.partner else row.country, row.is_on, row.by) for row in rows]


def test_the_list_tells_what_each_brings_where_it_is_off_and_what_went_wrong(home: Make) -> None:
    say(home, country="SE")
    say(home, variant="weather", partner="nord")
    plugin_log.fault("coast", "weather: ValueError: storm", "coast/report.py:12")
    text = Page(visitor(home).get("/plugins/")).text

    for words in (
        "coast on for the whole consortium",
        "Weather, Tides",
        "Sweden All that it brings off Olga Operatør 15 June 2026, 14:00",
        "Nord Weather off Olga Operatør",
        "weather: ValueError: storm 15 June 2026, 14:00 · coast/report.py:12",
    ):
        assert words in text


def test_the_list_needs_four_statements_however_much_was_switched(home: Make) -> None:
    for number in range(4):
        say(home, partner="nord", is_on=bool(number % 2))
        say(home, partner="sør", variant="tides", is_on=bool(number % 2))
    client = visitor(home)
    client.get("/plugins/")
    with counted(home.database) as statements:
        client.get("/plugins/")

    assert len(statements) <= 4, statements


def test_switching_needs_few_statements(home: Make) -> None:
    say(home, partner="nord")
    client = visitor(home)
    client.get("/plugins/switch/?id=coast")
    with counted(home.database) as asked:
        page = Page(client.get("/plugins/switch/?id=coast"))
    form = {"csrf_token": page.value_of("csrf_token"), "thing": "tides", "place": "country:SE", "state": "off"}
    with counted(home.database) as sent:
        client.post("/plugins/switch/?id=coast", data=form)

    assert (len(asked) <= 5, len(sent) <= 6) == (True, True), (asked, sent)


def test_an_auditor_sees_the_list_and_switches_nothing(home: Make) -> None:
    client = visitor(home, Role.AUDITOR)
    page = Page(client.get("/plugins/"))

    assert not [link for link in page.links() if "/plugins/switch/" in link]
    assert "/plugins/" in page.links()
    assert client.get("/plugins/switch/?id=coast").status_code == 404
    assert client.post("/plugins/switch/?id=coast").status_code in {400, 404}


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_others_do_not_see_that_there_is_a_list(home: Make, role: Role) -> None:
    assert visitor(home, role).get("/plugins/").status_code == 404


def test_staff_switch_one_report_for_one_partner(home: Make) -> None:
    client = visitor(home)
    done = send(client, "/plugins/switch/?id=coast", thing="weather", place="partner:nord", state="off")

    assert (done.status_code, done.location) == (303, "/plugins/#plugin-coast")
    assert kept(home.database) == [("weather", "nord", False, "Sivert Stab")]
    assert "coast was switched off." in client.get("/plugins/").text


def test_a_switch_is_taken_back_and_the_history_stays(home: Make) -> None:
    client = visitor(home)
    for state in ("off", "back"):
        send(client, "/plugins/switch/?id=coast", thing="", place="country:NO", state=state)

    assert [row[:3] for row in kept(home.database)] == [("", "NO", False), ("", "NO", None)]
    told = Page(client.get("/plugins/switch/?id=coast")).text
    assert told.index("taken back") < told.index("off Norway")


def test_the_same_again_is_said_to_change_nothing(home: Make) -> None:
    client = visitor(home)
    for _time in range(2):
        send(client, "/plugins/switch/?id=coast", thing="", place="", state="off")

    assert len(kept(home.database)) == 1
    assert "nothing was changed" in client.get("/plugins/").text


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"thing": "", "place": ""}, "Choose whether it is on or off."),
        ({"thing": "storm", "place": "", "state": "off"}, "It brings: weather"),
        ({"thing": "", "place": "partner:ute", "state": "off"}, "There is no partner “ute”"),
        ({"thing": "", "place": "country:XX", "state": "off"}, "none of the words to choose from"),
        ({"thing": "", "place": "moon:full", "state": "off"}, "Choose whether it is on or off."),
    ],
)
def test_what_nobody_can_choose_is_told_at_the_form(home: Make, said: dict[str, str], says: str) -> None:
    answer = send(visitor(home), "/plugins/switch/?id=coast", **said)

    assert answer.status_code == 400
    assert says in Page(answer).text
    assert kept(home.database) == []


@pytest.mark.parametrize("name", ["harbour", "consortium.writers.pdf", "nobody", ""])
def test_what_cannot_be_switched_has_no_form(home: Make, name: str) -> None:
    assert visitor(home).get("/plugins/switch/", query_string={"id": name}).status_code == 404


def test_a_report_that_is_off_is_not_offered_and_asking_for_it_says_who_switched_it_off(home: Make) -> None:
    say(home, variant="weather", country="SE")
    client = visitor(home)

    assert "Weather" in Page(client.get("/reports/")).text
    assert "Weather" not in Page(client.get("/reports/?scope=country:SE")).text
    told = Page(client.get("/reports/?report=weather&scope=country:SE")).text
    assert "The report “Weather” is off for Sweden: Olga Operatør switched it off on 15 June 2026." in told
    refused = client.get("/reports/download/?report=weather&scope=country:SE&format=html")
    assert (refused.status_code, "is off for Sweden" in refused.text) == (400, True)


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        (Role.ADMINISTRATOR, {"chart", "log"}),
        (Role.STAFF, {"chart", "log"}),
        (Role.AUDITOR, {"chart", "log"}),
        (Role.LEAD, {"log"}),
        (Role.MEMBER, {"log"}),
    ],
)
def test_a_page_is_open_to_its_readers_and_one_that_names_none_to_nobody(
    home: Make, role: Role, open_to: set[str]
) -> None:
    client = visitor(home, role)

    def opened(ending: str) -> set[str]:
        found = set()
        for key in ("chart", "log", "cellar", "weather", "nowhere"):
            with client.get(f"/pages/{key}/{ending}") as answer:
                found |= {key} if answer.status_code == 200 else set()
        return found

    listed = {link.split("/")[2] for link in Page(client.get("/pages/")).links() if link.startswith("/pages/")}
    assert (opened(""), opened("download/?format=json"), listed - {""}) == (open_to, open_to, open_to)


def test_a_page_is_made_of_what_its_reader_may_see(home: Make) -> None:
    assert "1 ships" in visitor(home).get("/pages/log/").text
    assert "0 ships" in visitor(home, Role.MEMBER).get("/pages/log/").text


def test_a_page_that_is_off_is_not_there_and_without_any_the_list_is_not_either(home: Make) -> None:
    say(home, variant="log")
    client = visitor(home, Role.MEMBER)

    assert {client.get(path).status_code for path in ("/pages/log/", "/pages/")} == {404}
    assert "/pages/" not in Page(client.get("/reports/")).links()


def test_the_pages_stand_in_the_menu_of_reports(home: Make) -> None:
    assert "/pages/" in Page(visitor(home, Role.MEMBER).get("/reports/")).links()


def test_a_page_for_the_consortium_alone_is_nobodys_who_has_not_signed_in(home: Make) -> None:
    client = visitor(home, Told())

    assert {client.get(path).status_code for path in ("/pages/", "/pages/log/", "/plugins/")} == {302}


def test_what_a_plugin_could_not_tell_is_found_by_its_mark() -> None:
    report = '<h2 id="fault-coast-weather">…</h2><h2 id="work">…</h2><h2 id="fault-other-x">…</h2>'

    assert faults_in(report) == {"fault-coast-weather": "coast"}  # type: ignore[arg-type]  # a Markup is a str

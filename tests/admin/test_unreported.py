"""Staff see who has not reported, and remind them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.models import Letter, SubProject
from consortium.services.people import give_capacity
from consortium.services.policy import Role
from consortium.testing import TODAY, Make, counted
from tests.admin.page import Page
from tests.admin.sending import send, visitor


@pytest.fixture(autouse=True)
def _head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let letters bear the address that they have where nobody has said another one."""
    for name in ("CONSORTIUM_MAIL_FROM", "CONSORTIUM_ADDRESS", "CONSORTIUM_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)


def led(make: Make, name: str, *, email: str = "lead@example.org", language: str = "nb") -> SubProject:
    """Make a sub-project that somebody leads."""
    project = make.sub_project(name)
    person = make.person(f"Lead av {name}", email=email, language=language)
    organisation = project.partners[0].organisation
    held: dict[str, Any] = {"organisation": organisation, "sub_project": project, "start": date(2025, 1, 1)}
    give_capacity(make.session, make.operator, person=person, role="project_manager", **held)
    return project


def letters(make: Make) -> list[str]:
    with make.database.read() as session:
        return sorted(session.scalars(select(Letter.address)))


def ticks(page: Page) -> dict[str, bool]:
    boxes = [each.attributes for each in page.all("input") if each.attributes.get("type") == "checkbox"]
    return {each["value"]: "checked" in each for each in boxes}


def test_whoever_has_not_reported_stands_under_the_period_with_lead_and_last_status(make: Make) -> None:
    make.period()
    make.status(led(make, "Stille"), day=date(2025, 3, 1), state="delayed")
    make.status(led(make, "Flittig"), day=date(2025, 12, 1))

    page = Page(visitor(make).get("/unreported/", headers={"Accept-Language": "nb"}))

    assert {"Stille", "Lead av Stille", "forsinket", "1. mars 2025"} <= {words for words, _language in page.words}
    assert "Flittig" not in page.text


def test_the_most_overdue_period_comes_first(make: Make) -> None:
    make.period(key="nyere", start=date(2026, 1, 1), end=date(2026, 3, 31))
    make.period(key="eldre")
    make.sub_project()

    page = Page(visitor(make).get("/unreported/"))

    headings = [words for words, _language in page.words if words in {"nyere", "eldre"}]
    assert headings.index("eldre") < headings.index("nyere")
    assert "nyere" not in [words for words, _l in Page(visitor(make).get("/unreported/?period=eldre")).words][-20:]


def test_periods_of_which_nobody_is_reminded_yet_are_folded_below_those_that_are(make: Make) -> None:
    make.period(key="fjern", start=date(2026, 1, 1), end=date(2026, 6, 30))
    make.period(key="låst", start=date(2025, 1, 1), end=date(2025, 6, 30), locked=date(2025, 9, 1))
    make.period(key="nå", due=date(2026, 6, 20))
    make.sub_project()
    client = visitor(make)

    page = Page(client.get("/unreported/"))

    headings = [words for words, _language in page.words if words in {"nå", "låst", "fjern"}]
    assert headings[-3:] == ["nå", "låst", "fjern"]
    assert ["open" in each.attributes for each in page.all("details") if each.attributes.get("class") == "group"] == [
        False
    ]
    chosen = Page(client.get("/unreported/?period=fjern"))
    assert ["open" in each.attributes for each in chosen.all("details") if each.attributes.get("class") == "group"] == [
        True
    ]


def test_where_nobody_can_be_reminded_yet_it_says_from_when(make: Make) -> None:
    make.period(start=date(2026, 1, 1), end=date(2026, 6, 30))
    make.sub_project()

    assert (
        "Nobody can be reminded yet. Letters can be written from 16 July 2026"
        in Page(visitor(make).get("/unreported/")).text
    )


def test_who_can_be_written_to_can_be_ticked(make: Make) -> None:
    make.period()
    first, second = led(make, "Med adresse"), led(make, "Uten adresse", email="")
    make.sub_project("Uten leder")

    page = Page(visitor(make).get("/unreported/"))

    assert ticks(page) == {first.key: True}
    assert second.key in page.text
    assert "no address" in page.text
    assert "nobody leads it" in page.text


def test_nobody_is_reminded_of_a_locked_period_or_long_before_a_report_is_due(make: Make) -> None:
    make.period(locked=date(2026, 3, 2))
    make.period(key="2026-1", start=date(2026, 1, 1), end=date(2026, 6, 30))
    led(make, "Stille")

    page = Page(visitor(make).get("/unreported/"))

    assert ticks(page) == {}
    assert "16 July 2026" in page.text


def test_the_letters_are_shown_in_their_recipients_languages_and_none_is_kept(make: Make) -> None:
    make.period()
    first, second = led(make, "En", email="en@example.org"), led(make, "Två", email="tva@example.org", language="sv")
    client = visitor(make)

    page = Page(client.get("/unreported/letters/", query_string={"only": [first.key, second.key]}))

    assert {"en@example.org", "tva@example.org"} <= {words for words, _language in page.words}
    assert page.languages_of("Hej Lead av Två.") == {"sv"}
    assert "/status/link/" not in page.text
    assert letters(make) == []


def test_the_letters_to_those_who_were_ticked_are_sent(make: Make) -> None:
    make.period()
    first, _second = led(make, "En", email="en@example.org"), led(make, "To", email="to@example.org")
    client = visitor(make)

    response = send(client, "/unreported/send/", form_at=f"/unreported/letters/?only={first.key}", only=[first.key])

    assert (response.status_code, response.location) == (303, "/unreported/")
    assert letters(make) == ["en@example.org"]
    page = Page(client.get("/unreported/"))
    assert "1 letter is on its way" in page.text
    assert "15 June 2026" in page.text
    assert ticks(page)[first.key] is False


def test_the_day_of_a_reminder_is_that_of_norway_and_sweden(make: Make) -> None:
    make.period()
    project = led(make, "En")
    client = visitor(make)

    with clock.stopped_at(datetime(2026, 6, 15, 22, 30, tzinfo=UTC)):
        send(client, "/unreported/send/", form_at=f"/unreported/letters/?only={project.key}", only=[project.key])

    assert "16 June 2026" in Page(client.get("/unreported/")).text


PLACES = ("/unreported/", "/sub-projects/details/?id={key}")


@pytest.mark.parametrize("place", PLACES)
def test_staff_send_a_link_alone_and_a_second_click_sends_no_second(make: Make, place: str) -> None:
    make.period()
    project = led(make, "En", email="en@example.org")
    place = place.format(key=project.key)
    client = visitor(make)

    for told in ("A link is on its way to Lead av En.", "A link was sent to Lead av En a moment ago"):
        response = send(client, "/unreported/link/", form_at=place, id=project.key, next=place)
        assert (response.status_code, response.location) == (303, place)
        assert told in Page(client.get(place)).text
    assert letters(make) == ["en@example.org"]


def test_a_link_that_got_lost_is_sent_again(make: Make) -> None:
    project = led(make, "En")
    client = visitor(make)

    for minutes in (0, 6):
        with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
            send(client, "/unreported/link/", form_at=f"/sub-projects/details/?id={project.key}", id=project.key)

    assert len(letters(make)) == 2


@pytest.mark.parametrize(("email", "told"), [("", "No address is known of Lead av En"), (None, "Nobody leads")])
def test_staff_are_told_that_a_link_reaches_nobody(make: Make, email: str | None, told: str) -> None:
    project = make.sub_project("En") if email is None else led(make, "En", email=email)
    place = f"/sub-projects/details/?id={project.key}"
    client = visitor(make)

    send(client, "/unreported/link/", form_at=place, id=project.key, next=place)

    assert told in Page(client.get(place)).text
    assert letters(make) == []


def test_a_link_is_sent_by_staff_alone_and_for_no_foreign_sub_project(make: Make) -> None:
    abroad = make.consortium("Fremmed")
    foreign = make.sub_project("Fremmed", partners=[make.partner("Fremmed", consortium=abroad)])
    project = led(make, "En")
    client = visitor(make)
    auditor = visitor(make, Role.AUDITOR)
    place = f"/sub-projects/details/?id={project.key}"

    assert send(client, "/unreported/link/", form_at=place, id=foreign.key).status_code == 404
    assert send(client, "/unreported/link/", form_at=place, id="none").status_code == 404
    assert "Send a link" not in Page(auditor.get(place)).text
    assert auditor.post("/unreported/link/", data={"id": project.key}).status_code in {400, 404}
    assert letters(make) == []


def test_a_second_click_sends_no_second_letter(make: Make) -> None:
    make.period()
    project = led(make, "En")
    client = visitor(make)

    for _click in range(2):
        form = f"/unreported/letters/?only={project.key}"
        token = Page(client.get("/periods/plan/")).value_of("csrf_token")
        assert client.get(form).status_code == 200
        client.post("/unreported/send/", data={"csrf_token": token, "only": project.key})

    assert len(letters(make)) == 1


def test_without_a_tick_nobody_is_written_to(make: Make) -> None:
    make.period()
    led(make, "En")
    client = visitor(make)

    assert "Nobody was chosen" in Page(client.get("/unreported/letters/")).text
    token = Page(client.get("/periods/plan/")).value_of("csrf_token")
    client.post("/unreported/send/", data={"csrf_token": token})

    assert letters(make) == []


def test_an_auditor_sees_the_list_and_no_letters(make: Make) -> None:
    make.period()
    led(make, "En")
    client = visitor(make, Role.AUDITOR)

    assert ticks(Page(client.get("/unreported/"))) == {}
    assert client.get("/unreported/letters/").status_code == client.post("/unreported/send/").status_code == 404


def test_the_list_asks_the_database_equally_often_for_5_and_50(make: Make) -> None:
    def statements(total: int) -> int:
        for _number in range(total):
            led(make, "En")
        client = visitor(make)
        client.get("/unreported/")
        with counted(make.database) as sent:
            assert client.get("/unreported/").status_code == 200
        return len(sent)

    make.period(end=TODAY)
    assert statements(5) == statements(45) <= 5 + 1

"""Staff approve a submitted status, or return it with what they ask."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consortium.models import Letter, Person, StatusComment, StatusUpdate, SubProject
from consortium.services.people import give_capacity
from consortium.services.policy import Role
from consortium.services.workflow import approve_status
from consortium.testing import TODAY, Make, counted
from consortium.texts import Text
from consortium_admin.views import approvals
from tests.admin.page import Page
from tests.admin.sending import send, visitor

CANARY = "Kanarifugl"


def at(update: StatusUpdate) -> str:
    return f"/approvals/status/?id={update.key}"


def workflow(make: Make, update: StatusUpdate) -> str:
    with make.database.read() as session:
        return session.scalars(select(StatusUpdate.workflow).where(StatusUpdate.key == update.key)).one()


def questions(make: Make) -> dict[str, Text]:
    with make.database.read() as session:
        return {each.field: each.words for each in session.scalars(select(StatusComment))}


def rows(client: FlaskClient, query: str = "") -> list[str]:
    page = Page(client.get(f"/approvals/{query}"))
    return [link.split("id=")[1] for link in page.links() if "/approvals/status/" in link]


def test_what_waits_is_listed_the_oldest_first(make: Make) -> None:
    for day, step in ((3, "submitted"), (1, "submitted"), (2, "draft")):
        make.status(day=date(2026, 6, day), key=f"s{day}", workflow=step)
    approve_status(make.session, make.operator, update=make.status(day=date(2026, 5, 1)))

    assert rows(visitor(make)) == ["s1", "s3"]


def test_a_long_list_goes_on_after_the_last_one(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approvals, "PAGE", 2)
    for number in range(3):
        make.status(day=TODAY, key=f"s{number}")
    client = visitor(make)

    assert rows(client) == ["s0", "s1"]
    assert "/approvals/?after=s1" in Page(client.get("/approvals/")).links()
    assert rows(client, "?after=s1") == ["s2"]
    assert rows(client, "?after=nothing") == []


def test_a_status_is_shown_beside_the_one_before_it(make: Make) -> None:
    project = make.sub_project()
    make.status(project, day=date(2026, 3, 1), state="on_track", summary={"nb": "Vi har begynt."})
    update = make.status(project, state="delayed", summary={"nb": "Vi venter."}, achieved={"sv": "Tio kom."})

    page = Page(visitor(make).get(at(update), headers={"Accept-Language": "nb"}))

    assert page.text.index("Vi har begynt.") < page.text.index("Vi venter.")
    assert {"i rute", "forsinket"} <= {words for words, _language in page.words}
    assert page.languages_of("Tio kom.") == {"sv"}


def test_the_reader_can_be_one_of_the_other_language(make: Make) -> None:
    update = make.status(summary={"nb": "Vi venter.", "sv": "Vi väntar."})

    page = Page(visitor(make).get(f"{at(update)}&read=sv", headers={"Accept-Language": "nb"}))

    assert page.languages_of("Vi väntar.") == {"sv"}
    assert "Vi venter." not in page.text


def test_a_status_is_approved(make: Make) -> None:
    update = make.status()
    client = visitor(make)

    response = send(client, at(update), decision="approve")

    assert (response.status_code, response.location) == (303, "/approvals/")
    assert workflow(make, update) == "approved"
    assert "is approved" in Page(client.get("/approvals/")).text


def test_a_status_is_returned_with_questions_at_its_fields_in_the_language_that_was_chosen(make: Make) -> None:
    update = make.status()
    said = {"asked-achieved": "Hur många kom?\r\nVarifrån?", "asked-state": "Stämmer det?"}

    send(visitor(make), at(update), decision="return", language="sv", **said)

    asked = questions(make)
    assert workflow(make, update) == "returned"
    assert {field: words.words("sv") for field, words in asked.items()} == {
        "achieved": "Hur många kom?\nVarifrån?",
        "state": "Stämmer det?",
    }
    assert {words.source for words in asked.values()} == {"sv"}


def led(make: Make, project: SubProject, name: str = "Astrid Å", **others: str) -> Person:
    """Let somebody lead a sub-project."""
    person = make.person(name, **{"email": "astrid@example.org", "language": "nn", **others})
    held: dict[str, Any] = {"person": person, "organisation": project.partners[0].organisation, "sub_project": project}
    give_capacity(make.session, make.operator, **held, role="project_manager", start=date(2025, 1, 1))
    return person


def letters(make: Make) -> list[Letter]:
    with make.database.read() as session:
        return list(session.scalars(select(Letter).order_by(Letter.address)))


ASKING = {"decision": "return", "asked-achieved": "Hur många kom?", "language": "sv"}


def test_whoever_leads_hears_of_a_returned_status_by_a_letter_with_a_link_that_opens_it(make: Make) -> None:
    project = make.sub_project("Åpen stue")
    led(make, project)
    led(make, project, "Bo Berg", email="bo@example.org", language="sv")
    update = make.status(project)
    client = visitor(make)

    send(client, at(update), **ASKING)

    first, second = letters(make)
    assert (first.kind, first.address, first.language) == ("returned", "astrid@example.org", "nn")
    assert "Hur många kom?" in first.words
    assert [line for line in second.words.splitlines() if line.startswith("–")] == ["– uppnått: Hur många kom?"]
    assert first.secret != second.secret
    page = Page(client.get("/approvals/"))
    assert "on its way to Astrid Å and Bo Berg" in page.text
    form = Page(client.get(first.secret.removeprefix("http://localhost:8080")))
    assert ("Hur många kom?", "sv") in form.words


def test_a_question_in_another_language_than_the_letters_is_named(make: Make) -> None:
    project = make.sub_project()
    led(make, project, language="en")
    update = make.status(project)

    send(visitor(make), at(update), **ASKING)

    (letter,) = letters(make)
    assert letter.subject.startswith("Your status was returned: ")
    assert "– achieved (Swedish): Hur många kom?" in letter.words.splitlines()
    assert "Answer here; you need no account:" in letter.words.splitlines()


@pytest.mark.parametrize(("email", "told"), [("", "No address is known of Astrid Å"), (None, "Nobody leads")])
def test_staff_are_told_that_nobody_hears_of_a_returned_status(make: Make, email: str | None, told: str) -> None:
    project = make.sub_project()
    if email is not None:
        led(make, project, email=email)
    update = make.status(project)
    client = visitor(make)

    send(client, at(update), **ASKING)

    assert told in Page(client.get("/approvals/")).text
    assert workflow(make, update) == "returned"
    assert letters(make) == []


def test_a_status_that_is_not_returned_after_all_leaves_no_letter(make: Make) -> None:
    project = make.sub_project()
    led(make, project)
    approved, returned = make.status(project, key="a"), make.status(project, key="r")
    client = visitor(make)

    send(client, at(approved), decision="approve")
    assert send(client, at(returned), version="99", **ASKING).status_code == 409
    assert letters(make) == []

    for _click in range(2):
        send(client, at(returned), form_at=at(returned), version="1", **ASKING)
    assert len(letters(make)) == 1


def test_the_language_of_questions_is_the_leads_unless_another_is_chosen(make: Make) -> None:
    project = make.sub_project()
    lead = make.person("Astrid Å", language="nn")
    give_capacity(
        make.session,
        make.operator,
        person=lead,
        organisation=project.partners[0].organisation,
        sub_project=project,
        role="project_manager",
        start=date(2025, 1, 1),
    )
    update = make.status(project)

    page = Page(visitor(make).get(at(update)))

    chosen = [each.attributes["value"] for each in page.all("option") if "selected" in each.attributes]
    assert chosen == ["nn"]
    assert "Astrid Å" in page.text
    assert {each.attributes["lang"] for each in page.all("textarea")} == {"nn"}


def test_a_status_is_not_returned_without_a_question_and_not_approved_with_one(make: Make) -> None:
    update = make.status()
    client = visitor(make)

    for said in ({"decision": "return"}, {"decision": "approve", "asked-state": "Hm?"}, {"decision": "burn"}):
        response = send(client, at(update), **said)
        assert response.status_code == 400
        assert said.get("asked-state", "") in response.text
    assert workflow(make, update) == "submitted"


def test_a_second_click_decides_nothing_twice(make: Make) -> None:
    approved, returned = make.status(), make.status()
    client = visitor(make)

    for _click in range(2):
        assert send(client, at(approved), decision="approve").status_code == 303
        said = {"asked-state": "Stemmer det?", "language": "nb", "decision": "return"}
        assert send(client, at(returned), form_at=at(approved), version="1", **said).status_code == 303

    assert len(questions(make)) == 1


def test_what_was_returned_in_the_meantime_is_not_approved(make: Make) -> None:
    update = make.status()
    client = visitor(make)
    opened = Page(client.get(at(update)))
    said = {name: opened.value_of(name) for name in ("csrf_token", "version")}
    send(client, at(update), decision="return", language="nb", **{"asked-state": "Stemmer det?"})

    response = client.post(at(update), data={**said, "decision": "approve"})

    assert response.status_code == 409
    assert "in the meantime" in Page(response).text
    assert workflow(make, update) == "returned"


def test_words_that_changed_since_they_were_looked_at_are_not_approved(make: Make) -> None:
    update = make.status()
    client = visitor(make)

    response = send(client, at(update), decision="approve", version="99")

    assert response.status_code == 409
    assert "has changed since you opened it" in Page(response).text
    assert workflow(make, update) == "submitted"


def test_what_was_asked_is_not_lost_when_somebody_else_was_faster(make: Make) -> None:
    update = make.status()
    client = visitor(make)
    send(client, at(update), decision="approve")

    response = send(client, at(update), form_at=at(update), decision="return", **{"asked-state": CANARY})

    assert response.status_code == 409
    assert CANARY in Page(response).text


def test_an_auditor_reads_and_decides_nothing(make: Make) -> None:
    update = make.status()
    client = visitor(make, Role.AUDITOR)

    page = Page(client.get(at(update)))

    assert not page.all("textarea")
    assert client.post(at(update), data={"decision": "approve"}).status_code in {400, 404}
    assert workflow(make, update) == "submitted"


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_others_see_nothing_of_it(make: Make, role: Role) -> None:
    update = make.status()
    client = visitor(make, role)

    assert client.get("/approvals/").status_code == client.get(at(update)).status_code == 404


def test_another_consortium_is_never_shown(make: Make) -> None:
    abroad = make.consortium("Fremmed")
    foreign = make.status(make.sub_project(CANARY, partners=[make.partner(CANARY, consortium=abroad)]), key=CANARY)
    client = visitor(make)

    assert CANARY not in client.get("/approvals/").text
    assert client.get(at(foreign)).status_code == 404


def test_markup_in_words_stays_words(make: Make) -> None:
    update = make.status(summary={"nb": "<img src=x onerror=alert(1)>"})
    client = visitor(make)

    response = send(client, at(update), decision="approve", **{"asked-summary": "</textarea><script>alert(1)</script>"})

    page = Page(response)
    assert not [each for each in page.all("script") if "src" not in each.attributes]
    assert not page.all("img")


def test_the_figures_and_milestones_stand_below_before_and_now(make: Make) -> None:
    own = make.sub_project()
    indicator = make.indicator(own)
    for day, value in ((1, 12), (15, 31)):
        make.reading(indicator, day=date(2026, 6, day), value=Decimal(value))
        update = make.status(own, day=date(2026, 6, day))
    make.milestone(own, due=date(2026, 6, 20), done=date(2026, 6, 10))

    text = Page(visitor(make).get(at(update))).text

    assert "12 1 June 2026" in text
    assert "31 15 June 2026" in text
    assert "reached on 10 June 2026 since the last status" in text


def test_the_pages_ask_the_database_equally_often_however_much_waits(make: Make) -> None:
    def statements(total: int, address: str) -> int:
        for _number in range(total):
            make.status(make.sub_project(), day=TODAY)
        client = visitor(make)
        client.get(address)
        with counted(make.database) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    assert statements(5, "/approvals/") == statements(45, "/approvals/") <= 3 + 1
    update = make.status()
    assert statements(0, at(update)) <= 2 + 1


def test_a_decision_is_kept_in_five_statements(make: Make) -> None:
    update = make.status(day=TODAY)
    place = at(update)
    client = visitor(make)
    page = Page(client.get(place))
    said = {name: page.value_of(name) for name in ("csrf_token", "version")}

    with counted(make.database) as sent:
        assert client.post(place, data={**said, "decision": "approve"}).status_code == 303

    own = [each for each in sent if "LOCK TABLE" not in each]  # PostgreSQL's own
    assert len(own) <= 4 + 1  # one finds the consortium

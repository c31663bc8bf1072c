"""Forms of records: the languages beside each other, help, errors at their fields, references, one sending kept once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from consortium.i18n.message import _n
from consortium.models import Milestone, Statement, SubProject
from consortium.services.people import give_capacity
from consortium.services.policy import Role
from consortium.services.texts import translate_text, write_text
from consortium.testing import Make, counted
from consortium_admin.forms import page as forms
from tests.admin.desk import Desk, desk_of, kept
from tests.admin.page import Page

NEW_MILESTONE = {"sub_project": "DP", "title.nb": "Klar", "due": "2026-09-01"}


def with_milestone(make: Make) -> Desk:
    """Make a milestone whose translation is outdated."""
    milestone = make.milestone(make.sub_project(key="DP"), key="M", title={"nb": "Tre møter"})
    given: dict[str, Any] = {"record": milestone, "field": "title"}
    translate_text(make.session, make.operator, language="sv", words="Tre möten", **given)
    write_text(make.session, make.operator, language="nb", words="Fire møter", **given)
    return desk_of(make)


def test_a_text_stands_in_its_languages_beside_each_other(make: Make) -> None:
    page = Page(with_milestone(make).open("/milestones/edit/?id=M").response)

    boxes = {each.attributes["name"]: each.attributes for each in page.all("input") if "lang" in each.attributes}
    assert {name: given["lang"] for name, given in boxes.items()} == {"title.nb": "nb", "title.sv": "sv"}
    assert page.languages_of("svenska") == {"sv"}


def test_a_form_counts_what_is_outdated_and_leads_there(make: Make) -> None:
    page = Page(with_milestone(make).open("/milestones/edit/?id=M").response)

    assert _n("{count} outdated", "{count} outdated", 1).say("en") in page.text
    assert "#field-title-sv" in page.links()


def test_a_form_counts_what_is_missing(make: Make) -> None:
    make.milestone(key="M", title={"nb": "Tre møter"})

    page = Page(desk_of(make).open("/milestones/edit/?id=M").response)

    assert _n("{count} text missing", "{count} texts missing", 1).say("en") in page.text


def test_a_proper_name_is_never_missing(make: Make) -> None:
    make.organisation("Røros kommune", key="o")

    page = Page(desk_of(make).open("/organisations/edit/?id=o").response)

    assert "missing" not in page.text


def test_what_has_changed_in_the_original_stands_at_its_translation(make: Make) -> None:
    page = Page(with_milestone(make).open("/milestones/edit/?id=M").response)

    assert {each.tag for each in page.elements} >= {"ins", "del"}
    assert ("Tre", "nb") in page.words
    assert ("Fire", "nb") in page.words


def test_a_translation_can_be_found_still_right(make: Make) -> None:
    desk = with_milestone(make)

    assert desk.write("/milestones/edit/?id=M", {"title.sv.reviewed": "1"}).status_code == 303

    found = kept(make, Milestone, "M")
    assert found is not None
    assert found.title.state("sv") == "reviewed"


def test_what_is_wrong_stands_at_its_field_and_in_the_summary(make: Make) -> None:
    make.sub_project(key="DP")
    desk = desk_of(make)

    refused = desk.write("/milestones/new/", {**NEW_MILESTONE, "due": "i morgen", "title.sv": "Klart"})

    page = Page(refused)
    wrong = [each.attributes for each in page.elements if each.attributes.get("aria-invalid")]
    assert refused.status_code == 422
    assert [each["name"] for each in wrong] == ["due"]
    assert "#field-due" in page.links()
    assert "field-due-error" in wrong[0]["aria-describedby"].split()
    assert wrong[0]["value"] == "i morgen"
    assert any(each.attributes.get("value") == "Klart" for each in page.all("input"))


@pytest.mark.parametrize("day", ["1.9.2026", "2026-09-01", "1. september 2026"])
def test_days_are_read_as_people_write_them(make: Make, day: str) -> None:
    make.sub_project(key="DP")
    desk = desk_of(make)

    assert desk.write("/milestones/new/", {**NEW_MILESTONE, "due": day}).status_code == 303
    found = kept(make, Milestone, "klar")
    assert found is not None
    assert str(found.due) == "2026-09-01"


def test_who_writes_in_one_language_alone_has_written_the_original(make: Make) -> None:
    make.sub_project(key="DP")
    desk = desk_of(make)

    desk.write("/milestones/new/", {**NEW_MILESTONE, "title.nb": "", "title.sv": "Klart"})

    found = kept(make, Milestone, "klart")
    assert found is not None
    assert found.title.source == "sv"


def test_partners_stand_in_the_order_in_which_they_were_chosen(make: Make) -> None:
    one, two = make.partner(key="one"), make.partner(key="two")
    make.sub_project(key="DP", partners=[one, two])
    desk = desk_of(make)

    assert desk.open("/sub-projects/edit/?id=DP").fields.count(("partners", "one")) == 1
    assert desk.write("/sub-projects/edit/?id=DP", {"partners": ["two", "", "one"]}).status_code == 303

    with make.database.read() as session:
        found = session.query(SubProject).one()
        assert [each.key for each in found.participations] == ["two", "one"]


def test_a_long_list_is_searched(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_LISTED", 2)
    for number in range(4):
        make.sub_project(f"Arbeid {number}", key=f"DP-{number}")
    desk = desk_of(make)
    sheet = desk.open("/milestones/new/")
    assert "sub_project" in sheet.values

    found = desk.send(sheet, {"sub_project": "Arbeid 3", "wish": "sub_project", "title.nb": "Klar"})

    page = Page(found)
    assert found.status_code == 200
    assert [each.attributes["value"] for each in page.all("option") if each.attributes["value"]] == ["DP-3"]
    assert any(each.attributes.get("value") == "Klar" for each in page.all("input"))
    assert kept(make, Milestone, "klar") is None


def test_a_lookup_needs_two_letters(make: Make) -> None:
    make.sub_project("Arbeid", key="DP")
    client = desk_of(make).client

    assert client.get("/milestones/ajax/lookup/?name=sub_project&query=A").json == []
    found = client.get("/milestones/ajax/lookup/?name=sub_project&query=Arb").json
    assert found == [{"key": "DP", "words": "Arbeid", "language": "nb"}]
    assert client.get("/milestones/ajax/lookup/?name=title&query=Arb").json == []


def test_a_new_part_leads_back_to_the_whole(make: Make) -> None:
    make.gathering(key="G")
    desk = desk_of(make)

    sheet = desk.open("/agenda/new/?gathering=G&next=//evil.example/")
    done = desk.send(sheet, {"place": "1", "title.nb": "Velkommen"})

    assert sheet.values["gathering"] == "G"
    assert done.location == "/gatherings/details/?id=G"


def test_a_form_that_is_sent_twice_is_kept_once(make: Make) -> None:
    make.sub_project(key="DP")
    desk = desk_of(make)
    sheet = desk.open("/milestones/new/")

    first, second = desk.send(sheet, NEW_MILESTONE), desk.send(sheet, NEW_MILESTONE)

    assert first.location == second.location
    assert kept(make, Milestone, "klar-2") is None


def test_a_double_click_makes_one_record(make: Make) -> None:
    make.sub_project(key="DP")
    desk = desk_of(make)
    sheet = desk.open("/milestones/new/")
    said = {**sheet.values, **NEW_MILESTONE}
    cookie = sheet.response.headers["Set-Cookie"].split(";")[0]

    def click(_number: int) -> tuple[int, str | None]:
        answer = desk.app.test_client(use_cookies=False).post(sheet.path, data=said, headers={"Cookie": cookie})
        return answer.status_code, answer.location

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(click, range(4)))

    assert answers == {(303, "/sub-projects/details/?id=DP")}
    with make.database.read() as session:
        assert session.query(Milestone).count() == 1


def test_an_edit_asks_the_database_little(make: Make) -> None:
    desk = with_milestone(make)
    sheet = desk.open("/milestones/edit/?id=M")

    with counted(make.database) as sent:
        assert desk.send(sheet, {"due": "2026-10-01"}).status_code == 303

    of_the_record = [each for each in sent if "change" not in each.split("WHERE")[0].replace("changed_at", "")]
    assert len(of_the_record) <= 6, sent


def test_answers_to_an_invitation_are_kept_at_once(make: Make) -> None:
    gathering = make.gathering(key="G")
    one, two = make.attendance(gathering), make.attendance(gathering)
    make.session.flush()
    numbers = [one.id, two.id]
    late = make.partner("Sen kommune", key="late")
    late_key = late.key
    desk = desk_of(make)

    said = {f"{numbers[0]}.state": "accepted", f"{numbers[1]}.state": "declined", f"{numbers[1]}.reason": "Syk"}
    done = desk.write("/attendance/all/?id=G", {**said, "invite": late_key})

    assert done.status_code == 303
    with make.database.read() as session:
        told = {(each.state, each.reason) for each in session.query(type(one)).all()}
    assert told == {("accepted", ""), ("declined", "Syk"), ("invited", "")}


def test_an_answer_that_cannot_be_is_refused_with_all_others(make: Make) -> None:
    gathering = make.gathering(key="G", day=date(2026, 9, 1))
    one, two = make.attendance(gathering), make.attendance(gathering)
    make.session.flush()
    numbers = [one.id, two.id]
    desk = desk_of(make)

    refused = desk.write(
        "/attendance/all/?id=G", {f"{numbers[0]}.state": "accepted", f"{numbers[1]}.state": "attended"}
    )

    page = Page(refused)
    assert refused.status_code == 422
    assert f"#state-{numbers[1]}" in page.links()
    with make.database.read() as session:
        assert {each.state for each in session.query(type(one)).all()} == {"invited"}


def test_somebody_comes_instead(make: Make) -> None:
    partner, gathering = make.partner(), make.gathering(key="G")
    ill, well = make.person("Siri Syk", key="ill"), make.person("Fredrik Frisk", key="well")
    row = make.attendance(gathering, partner.organisation, person=ill)
    own: dict[str, Any] = {
        "person": well,
        "organisation": partner.organisation,
        "role": "contact",
        "start": date(2026, 1, 1),
    }
    give_capacity(make.session, make.operator, **own)
    make.session.flush()
    number = row.id
    desk = desk_of(make)

    assert desk.write("/attendance/all/?id=G", {f"{number}.instead": "well"}).status_code == 303

    with make.database.read() as session:
        found = session.get_one(type(row), number)
        assert found.person
        assert found.substitute_for
        assert (found.person.key, found.substitute_for.key) == ("well", "ill")


def test_several_statements_are_written_down_at_once(make: Make) -> None:
    gathering = make.gathering(key="G")
    make.statement(gathering, words={"nb": "Først"})
    make.organisation("Nordmyr", key="o")
    desk = desk_of(make)
    sheet = desk.open("/statements/round/?id=G")
    said = {
        "1.organisation": "o",
        "1.kind": "success",
        "1.words.nb": "Det gikk.",
        "3.organisation": "o",
        "3.kind": "tip",
        "3.words.sv": "Börja tidigt.",
    }

    assert desk.send(sheet, said).status_code == 303
    assert desk.send(sheet, said).status_code == 303

    with make.database.read() as session:
        assert session.query(Statement).count() == 3


def test_a_statement_of_nobody_is_refused(make: Make) -> None:
    make.gathering(key="G")
    desk = desk_of(make)

    refused = desk.write("/statements/round/?id=G", {"1.words.nb": "Det gikk."})

    assert refused.status_code == 422
    assert "Det gikk." in refused.text
    assert "#organisation-1" in Page(refused).links()


@pytest.mark.parametrize("path", ["/attendance/all/?id=G", "/statements/round/?id=G"])
def test_the_lists_of_a_gathering_are_for_the_staff(make: Make, path: str) -> None:
    make.gathering(key="G")
    client = desk_of(make, Role.AUDITOR).client

    assert client.get(path).status_code == 404
    assert client.get(path.replace("id=G", "id=x")).status_code == 404

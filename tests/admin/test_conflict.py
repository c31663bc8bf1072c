"""Two people in one form: nothing that either of them has written is lost."""

import re

from consortium.models import Gathering, Milestone, Organisation
from consortium.services.texts import translate_text
from consortium.testing import Make
from tests.admin.desk import Desk, desk_of, kept
from tests.admin.page import Page

PATH = "/gatherings/edit/?id=G"


def with_gathering(make: Make) -> Desk:
    """Make a gathering that two people are about to change."""
    make.gathering("Samling", key="G", topic={"nb": "Håp"}, place="Røros")
    return desk_of(make)


def found(make: Make) -> Gathering:
    """Find the gathering as it is now."""
    record = kept(make, Gathering, "G")
    assert record is not None
    return record


def test_changes_of_different_fields_are_both_kept(make: Make) -> None:
    desk = with_gathering(make)
    mine, theirs = desk.open(PATH), desk.open(PATH)

    assert desk.send(theirs, {"place": "Trysil"}).status_code == 303
    assert desk.send(mine, {"number": "4"}).status_code == 303

    assert (found(make).place, found(make).number) == ("Trysil", 4)


def test_who_comes_second_is_shown_the_first_mine_and_theirs(make: Make) -> None:
    desk = with_gathering(make)
    mine, theirs = desk.open(PATH), desk.open(PATH)
    desk.send(theirs, {"topic.nb": "Håp og tro", "place": "Trysil"})

    clash = desk.send(mine, {"topic.nb": "Håp og kjærlighet", "number": "4"})

    page = Page(clash)
    assert clash.status_code == 409
    assert {("Håp", "nb"), ("og tro", "nb"), ("og kjærlighet", "nb")} <= set(page.words)
    assert {"#field-topic-nb-1"} <= set(page.links())
    assert re.search(r"saved it last, \d+ \w+ \d{4}, \d\d:\d\d\.", page.text)
    values = {each.attributes.get("name"): each.attributes.get("value") for each in page.all("input")}
    assert (values["number"], values["place"]) == ("4", "Trysil")
    assert found(make).topic.words("nb") == "Håp og tro"


def test_one_picks_and_both_are_kept(make: Make) -> None:
    desk = with_gathering(make)
    mine, theirs = desk.open(PATH), desk.open(PATH)
    desk.send(theirs, {"topic.nb": "Håp og tro", "kind": "council", "place": "Trysil"})
    clash = type(mine)(PATH, desk.send(mine, {"topic.nb": "Håp og kjærlighet", "kind": "study_trip", "number": "4"}))

    done = desk.send(clash, {"pick.topic.nb": "mine", "pick.kind": "theirs"})

    assert done.status_code == 303
    now = found(make)
    assert (now.topic.words("nb"), now.kind, now.place, now.number) == ("Håp og kjærlighet", "council", "Trysil", 4)


def test_one_can_write_something_else(make: Make) -> None:
    desk = with_gathering(make)
    mine, theirs = desk.open(PATH), desk.open(PATH)
    desk.send(theirs, {"place": "Trysil"})
    clash = type(mine)(PATH, desk.send(mine, {"place": "Oppdal"}))

    desk.send(clash, {"pick.place": "other", "place": "Elverum"})

    assert found(make).place == "Elverum"


def test_who_does_not_pick_is_asked_again_and_loses_nothing(make: Make) -> None:
    desk = with_gathering(make)
    mine, theirs = desk.open(PATH), desk.open(PATH)
    desk.send(theirs, {"topic.nb": "Håp og tro", "place": "Trysil"})
    clash = type(mine)(PATH, desk.send(mine, {"topic.nb": "Håp og kjærlighet", "place": "Oppdal"}))

    again = type(mine)(PATH, desk.send(clash, {"pick.place": "mine"}))

    assert again.response.status_code == 409
    assert (again.values["place"], again.values["mine.topic.nb"]) == ("Oppdal", "Håp og kjærlighet")
    assert desk.send(again, {"pick.topic.nb": "theirs"}).status_code == 303
    assert (found(make).place, found(make).topic.words("nb")) == ("Oppdal", "Håp og tro")


def test_a_third_change_while_one_picks_is_a_clash_again(make: Make) -> None:
    desk = with_gathering(make)
    mine, theirs, third = desk.open(PATH), desk.open(PATH), None
    desk.send(theirs, {"place": "Trysil"})
    clash = type(mine)(PATH, desk.send(mine, {"place": "Oppdal"}))
    third = desk.open(PATH)
    desk.send(third, {"place": "Elverum"})

    again = desk.send(clash, {"pick.place": "mine"})

    assert again.status_code == 409
    assert "Elverum" in again.text


def test_two_languages_of_one_text_are_never_put_together_unseen(make: Make) -> None:
    milestone = make.milestone(key="M", title={"nb": "Tre møter"})
    translate_text(make.session, make.operator, record=milestone, field="title", language="sv", words="Tre möten")
    desk = desk_of(make)
    mine, theirs = desk.open("/milestones/edit/?id=M"), desk.open("/milestones/edit/?id=M")
    desk.send(theirs, {"title.nb": "Fire møter"})

    clash = desk.send(mine, {"title.sv": "Tre sammanträden"})

    assert clash.status_code == 409
    now = kept(make, Milestone, "M")
    assert now is not None
    assert now.title.words("sv") == "Tre möten"


def test_the_same_change_twice_is_no_conflict(make: Make) -> None:
    desk = with_gathering(make)
    sheet = desk.open(PATH)

    assert desk.send(sheet, {"place": "Trysil"}).status_code == 303
    assert desk.send(sheet, {"place": "Trysil"}).status_code == 303
    assert found(make).version == 2


def test_a_record_that_was_removed_meanwhile_is_gone(make: Make) -> None:
    make.organisation("Nordmyr", key="o")
    desk = desk_of(make)
    sheet = desk.open("/organisations/edit/?id=o")
    desk.write("/organisations/delete/?id=o", {})

    assert desk.send(sheet, {"name.nb": "Nytt"}).status_code == 404
    assert kept(make, Organisation, "o") is None

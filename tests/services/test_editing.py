"""A form is a row of the workbook: the same rules, each problem at its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.models import (
    AgendaItem,
    Gathering,
    IndicatorValue,
    Milestone,
    Organisation,
    Partner,
    Person,
    Record,
    Statement,
    SubProject,
)
from consortium.services.editing import Clash, FormRefused, form_of, load_record, present, remove_record, save_record
from consortium.services.policy import Principal, Role
from consortium.testing import Make
from consortium.texts import TextState


def save(make: Make, kind: type[Record], said: Mapping[str, str], key: str = "", **others: Any) -> Any:
    who = others.pop("who", make.operator)
    return save_record(make.session, who, home=make.home, kind=kind, key=key, said=said, **others).record


def said_by(make: Make, record: Record, **others: str) -> dict[str, str]:
    return present(record, form_of(type(record), make.home.tags), **others)


def refused(make: Make, kind: type[Record], said: Mapping[str, str], key: str = "") -> dict[str, str]:
    with pytest.raises(FormRefused) as told:
        save(make, kind, said, key)
    return {name: " ".join(each.say("en") for each in found) for name, found in told.value.at.items()}


def test_a_form_has_a_field_for_each_language_of_the_consortium(make: Make) -> None:
    names = [column.machine_name for column in form_of(Gathering, make.home.tags)]

    assert [name for name in names if name.startswith("title")] == ["title.nb", "title.sv"]
    assert "key" in names


def test_what_a_form_says_is_kept_and_said_again(make: Make) -> None:
    said = {"name.nb": "Steinkjer kommune", "name.sv": "Steinkjers kommun", "type": "municipality", "country": "NO"}

    record = save(make, Organisation, {**said, "source_language": "nb"})

    assert record.key == "steinkjer-kommune"
    assert said.items() <= said_by(make, record).items()


def test_a_second_record_of_one_name_gets_a_key_of_its_own(make: Make) -> None:
    said = {"name.nb": "Ås kommune", "type": "municipality", "country": "NO"}

    assert [save(make, Organisation, said).key for _time in range(3)] == ["as-kommune", "as-kommune-2", "as-kommune-3"]


def test_an_emptied_field_takes_its_value_away(make: Make) -> None:
    sub_project = make.sub_project(start=date(2026, 1, 1), end=date(2026, 12, 31))

    save(make, SubProject, {"end": "", "purpose.nb": ""}, sub_project.key)

    assert sub_project.end is None


def test_a_field_that_was_not_sent_stays(make: Make) -> None:
    sub_project = make.sub_project("Nedfor", start=date(2026, 1, 1))

    save(make, SubProject, {"end": "2026-12-31"}, sub_project.key)

    assert (sub_project.start, sub_project.title.words("nb")) == (date(2026, 1, 1), "Nedfor")


def test_problems_stand_at_their_fields_and_nothing_is_kept(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")

    told = refused(make, SubProject, {"title.nb": "Annet", "start": "31.2.2026", "amount": "mange"}, sub_project.key)

    assert set(told) == {"start", "amount"}
    assert "mange" in told["amount"]
    assert sub_project.title.words("nb") == "Nedfor"


def test_what_is_missing_is_told_at_the_first_language(make: Make) -> None:
    assert set(refused(make, Gathering, {"place": "Steinkjer"})) == {"title.nb", "kind", "start", "end"}


def test_signs_that_mean_something_in_a_workbook_mean_themselves_in_a_form(make: Make) -> None:
    record = save(make, Person, {"key": "p", "name": "=1+1", "language": "nb"})

    save(make, Person, {"name": "–"}, record.key)

    assert record.name == "–"


def test_a_changed_original_makes_its_translation_outdated(make: Make) -> None:
    record = save(make, Organisation, {"name.nb": "En", "name.sv": "Ett", "type": "municipality", "country": "NO"})

    save(make, Organisation, {"name.nb": "To"}, record.key)
    assert record.name.state("sv") is TextState.OUTDATED

    save(make, Organisation, {"name.sv.reviewed": "1"}, record.key)
    assert record.name.state("sv") is TextState.REVIEWED


def test_another_language_can_be_called_the_original(make: Make) -> None:
    record = save(make, Organisation, {"name.nb": "En", "name.sv": "Ett", "type": "municipality", "country": "NO"})

    save(make, Organisation, {"source_language": "sv"}, record.key)

    assert record.name.source == "sv"
    assert record.name.words("nb") == "En"


def test_a_reference_to_what_is_not_there_is_refused_at_its_field(make: Make) -> None:
    told = refused(make, Partner, {"organisation": "nowhere", "joined": "2026-01-01"})

    assert told == {"organisation": "There is no “nowhere” to choose here."}


def test_what_belongs_to_another_consortium_is_not_there(make: Make) -> None:
    foreign = make.organisation(consortium=make.consortium("Annet"))

    with pytest.raises(NotFound):
        save(make, Organisation, {"country": "SE"}, foreign.key)


def test_a_lead_cannot_refer_to_a_foreign_sub_project(make: Make) -> None:
    own, foreign = make.sub_project(), make.sub_project()
    lead = Principal("Liv Leder", Role.LEAD, make.home.id, leads=frozenset({own.id}))
    said = {"key": "m", "title.nb": "Ferdig", "due": "2026-08-01"}

    with pytest.raises((FormRefused, NotPermitted)):
        save(make, Milestone, {**said, "sub_project": foreign.key}, who=lead)


def test_fields_that_are_none_of_the_form_change_nothing(make: Make) -> None:
    sub_project = make.sub_project()

    save(make, SubProject, {"id": "99", "version": "7", "consortium": "x", "__class__": "x"}, sub_project.key)

    assert sub_project.version == 1


def test_a_record_keeps_what_it_is_found_by(make: Make) -> None:
    milestone = make.milestone()

    save(make, Milestone, {"key": "annet"}, milestone.key)

    assert milestone.key != "annet"


def test_a_made_key_follows_what_it_is_made_of(make: Make) -> None:
    gathering = make.gathering()
    said = {"gathering": gathering.key, "place": "1", "title.nb": "Velkommen"}
    item = save(make, AgendaItem, said)

    save(make, AgendaItem, {"place": "2"}, item.key)

    assert item.key == f"{gathering.key}:2"
    assert set(refused(make, AgendaItem, {**said, "place": "2"})) == {"place"}


def test_an_organisation_can_tell_several_of_a_kind(make: Make) -> None:
    gathering, organisation = make.gathering(), make.organisation()
    said = {"gathering": gathering.key, "organisation": organisation.key, "kind": "success", "words.nb": "Det gikk."}

    keys = [save(make, Statement, said).key for _time in range(2)]

    assert keys[1] == f"{keys[0]}:2"


def test_what_a_key_would_be_made_of_is_missing_at_its_field(make: Make) -> None:
    said = {"indicator": make.indicator().key, "day": "2026-06-01", "value": "80", "words.nb": "Telt"}

    assert set(refused(make, IndicatorValue, said)) == {"kind"}


def test_the_rules_of_a_workbook_hold(make: Make) -> None:
    indicator = make.indicator()
    said = {"indicator": indicator.key, "kind": "target", "day": "2026-06-01", "value": "80"}

    assert "reason" in " ".join(refused(make, IndicatorValue, said).values())


def test_a_second_hand_sees_both_versions(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")
    was, version = said_by(make, sub_project), sub_project.version
    save(make, SubProject, {"title.nb": "Nedfor 2"}, sub_project.key)

    mine = {**was, "title.nb": "Nedover", "start": "2026-02-01"}
    with pytest.raises(Clash) as told:
        save(make, SubProject, mine, sub_project.key, was=was, version=version)

    fields = {each.name: each for each in told.value.fields}
    title = fields["title.nb"]
    assert (title.original, title.mine, title.theirs, title.is_open) == ("Nedfor", "Nedover", "Nedfor 2", True)
    assert fields["start"].merged == "2026-02-01"
    assert not fields["start"].is_open
    assert sub_project.title.words("nb") == "Nedfor 2"


def test_the_merged_form_is_kept_under_the_new_version(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")
    was, version = said_by(make, sub_project), sub_project.version
    save(make, SubProject, {"title.nb": "Nedfor 2"}, sub_project.key)
    with pytest.raises(Clash) as told:
        save(make, SubProject, {**was, "start": "2026-02-01"}, sub_project.key, was=was, version=version)

    merged = {each.name: each.merged for each in told.value.fields}
    save(make, SubProject, merged, sub_project.key, was=told.value.theirs, version=told.value.version)

    assert (sub_project.title.words("nb"), sub_project.start) == ("Nedfor 2", date(2026, 2, 1))


def test_numbers_are_written_with_the_sign_of_the_reader(make: Make) -> None:
    sub_project = make.sub_project()
    save(make, SubProject, {"amount": "1250,5", "currency": "NOK"}, sub_project.key)

    assert [said_by(make, sub_project, language=tag)["amount"] for tag in ("nb", "en")] == ["1250,5", "1250.5"]


def test_nothing_is_removed_that_something_else_needs(make: Make) -> None:
    sub_project = make.sub_project()
    make.milestone(sub_project)

    with pytest.raises(InvalidValue, match=r"still needed in: Milestones \(1\)"):
        remove_record(make.session, make.operator, record=sub_project)


def test_what_nothing_needs_is_removed(make: Make) -> None:
    milestone = make.milestone()

    remove_record(make.session, make.operator, record=milestone)

    with pytest.raises(NotFound):
        load_record(make.session, make.operator, home=make.home, kind=Milestone, key=milestone.key)


def test_a_partner_in_a_sub_project_is_not_removed(make: Make) -> None:
    sub_project = make.sub_project()

    with pytest.raises(InvalidValue, match="Sub-projects"):
        remove_record(make.session, make.operator, record=sub_project.partners[0])

"""A whole consortium in one call: every text in nb and sv, and everything that can occur."""

from collections.abc import Mapping, Set

from consortium.facts import Facts, MilestoneState, State, Trend
from consortium.facts.places import places_of
from consortium.testing import Make, empty_facts, huge_facts, whole_facts
from consortium.texts import TextState
from consortium.texts.terms import terms


def lacking(facts: Facts) -> list[str]:
    """Name the texts that are not there in both languages."""
    places = places_of(facts, iter(facts.sub_projects))
    return [place.record for place in places for tag in ("nb", "sv") if place.text.state(tag) is TextState.MISSING]


def occurring(facts: Facts) -> Mapping[str, Set[object]]:
    """List what occurs."""
    each = list(facts.sub_projects)
    last = facts.last_gathering
    assert last is not None
    return {
        "states": {one.current.state if one.current else None for one in each},
        "milestones": {milestone.state(facts.day) for one in each for milestone in one.milestones},
        "levels": {indicator.level for one in each for indicator in one.indicators},
        "degrees": {assessment.degree for one in each for assessment in one.assessments},
        "statements": {statement.kind for statement in last.statements},
    }


EVERYTHING: Mapping[str, Set[object]] = {
    "states": {*State, None},
    "milestones": set(MilestoneState) - {MilestoneState.DROPPED},
    "levels": set(terms("indicator_level")),
    "degrees": set(terms("degree")),
    "statements": set(terms("statement_kind")),
}


def test_a_whole_consortium_is_made_in_one_call(make: Make) -> None:
    home = make.bilingual()
    facts = make.facts()

    assert (facts.consortium.key, home.key) == ("fjell", "fjell")
    assert occurring(facts) == EVERYTHING
    assert facts.next_gathering is not None
    assert len(facts.last_gathering.attendance) == 4 if facts.last_gathering else False
    assert not lacking(facts)


def test_the_whole_facts_hold_everything_in_both_languages() -> None:
    facts = whole_facts()

    assert occurring(facts) == EVERYTHING
    assert {one.trend for one in facts.sub_projects} == {*Trend, None}
    assert facts.last_gathering is not None
    assert {row.state for row in facts.last_gathering.attendance} == set(terms("attendance"))
    assert not lacking(facts)


def test_facts_without_a_database_are_the_same_every_time() -> None:
    assert whole_facts().fingerprint == whole_facts().fingerprint
    assert list(whole_facts().sub_projects) == list(whole_facts().sub_projects)


def test_there_are_facts_about_nothing_and_about_very_much() -> None:
    huge = huge_facts()

    assert not list(empty_facts().sub_projects)
    assert len(list(huge.sub_projects)) == 2_000
    assert max(len(one.title.words("nb") or "") for one in huge.sub_projects) > 5_000

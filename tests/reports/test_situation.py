"""The situation: sentences made by rule, whose counts are those of the facts and of the bar."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.documents import Chart
from consortium.documents.drawings import Bars
from consortium.facts import Facts, Since, State, SubProjectFacts
from consortium.variants import situation
from tests.facts.made import DAY, THEN, facts, milestone, partner, status, sub_project, text
from tests.reports.told import cells, find, said, telling

MARCH = Since("day", THEN)


def situated(*states: str | None, **others: object) -> Facts:
    """Make facts in which a sub-project stands in each state."""
    some = (sub_project(key=f"DP-{n}", current=status(each) if each else None) for n, each in enumerate(states))
    return facts(*some, **others)


def sentences(told: Facts, language: str = "en") -> str:
    """Say the situation."""
    return situation.sentences(telling(told, language)).say(language)


def test_states_are_counted_in_their_order() -> None:
    assert sentences(situated("delayed", "on_track", None, "delayed")).startswith(
        "The report covers 4 sub-projects: 1 is on track, 2 are delayed and 1 has no status yet."
    )


def test_one_sub_project_is_spoken_of_as_one() -> None:
    assert sentences(situated("on_track")).startswith("The report covers 1 sub-project: 1 is on track.")


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("nb", "1 er forsinket", "2 er forsinket"), ("sv", "1 är försenat", "2 är försenade")],
)
def test_clauses_agree_with_their_number(language: str, one: str, two: str) -> None:
    assert one in sentences(situated("delayed", "on_track"), language)
    assert two in sentences(situated("delayed", "delayed"), language)


@pytest.mark.parametrize(
    ("since", "begins"),
    [
        (None, "Since the update before: "),
        (MARCH, "Since 1 March 2026: "),
        (Since("gathering", THEN, "g", text(nb="Samling")), "Since the last gathering, 1 March 2026: "),
        (Since("snapshot", THEN, "mars"), "Since the snapshot of 1 March 2026: "),
    ],
)
def test_trends_are_told_against_what_the_report_compares_with(since: Since | None, begins: str) -> None:
    before = {"previous": status("delayed", day=date(2026, 2, 1))}
    some = [sub_project(key=f"{n}", current=status(state), **before) for n, state in enumerate(["on_track", "on_hold"])]

    assert f"{begins}1 has become better and 1 has changed otherwise." in sentences(facts(*some, since=since))


def test_milestones_are_told_where_there_are_any() -> None:
    reached, late, due = milestone(done=DAY), milestone(key="M2"), milestone(key="M3", due=date(2026, 7, 1))

    assert "1 of 3 milestones have been reached; 1 is overdue." in sentences(
        facts(sub_project(milestones=(reached, late, due)))
    )
    assert "1 of 1 milestone has been reached." in sentences(facts(sub_project(milestones=(reached,))))
    assert "milestone" not in sentences(situated("on_track"))


def test_who_has_reported_since_is_counted() -> None:
    old = sub_project(key="B", current=status(day=THEN), previous=status(day=THEN))
    told = facts(sub_project(current=status()), old, sub_project(key="C"), since=MARCH)

    assert "1 of the 3 sub-projects that owe a status have reported since then." in sentences(told)
    assert "reported since then" not in sentences(facts(sub_project(current=status()), since=MARCH))


def test_a_report_that_came_in_after_a_snapshot_counts_whatever_its_day() -> None:
    kept, earlier = status(day=date(2026, 1, 1)), date(2026, 3, 1)
    late = sub_project(current=status("delayed", key="late", day=earlier), previous=kept)
    taken_back = sub_project(key="B", current=kept, previous=status(key="back", day=earlier))
    told = facts(late, taken_back, since=Since("snapshot", THEN, "s"))

    assert "1 of the 2 sub-projects that owe a status have reported since then." in sentences(told)


def test_nothing_is_owed_by_what_ended_before_or_has_not_begun() -> None:
    ended, later = sub_project(current=status("completed", day=THEN)), sub_project(key="B", start=date(2026, 9, 1))
    silent = sub_project(key="C", current=status(day=THEN), previous=status(day=THEN))
    told = facts(ended, later, silent, sub_project(key="D", current=status()), since=MARCH)

    assert "1 of the 2 sub-projects that owe a status have reported since then." in sentences(told)


def test_silence_is_one_thing_and_a_status_in_the_same_state_another() -> None:
    then = status(day=THEN)
    silent, steady = sub_project(current=then, previous=then), sub_project(key="B", current=status(), previous=then)
    told = sentences(facts(silent, steady, since=MARCH))

    assert "Since 1 March 2026: 1 has a new status in the same state and 1 has no new status." in told


def test_none_is_said_in_words() -> None:
    well, ill = (situation.chapter(telling(situated(state))) for state in ("on_track", "delayed"))
    (good,), (bad,) = find(well, Chart), find(ill, Chart)

    assert said(good.sentence) == "1 of 1 is planned, on track or completed. None is at risk, delayed or on hold."
    assert said(bad.sentence) == "None is planned, on track or completed. 1 is at risk, delayed or on hold."


def test_milestones_that_count_no_more_are_left_out_and_told() -> None:
    ended = sub_project(key="B", current=status("cancelled"), milestones=(milestone(done=DAY), milestone(key="M2")))
    told = sentences(facts(sub_project(milestones=(milestone(),)), ended))

    assert "1 of 2 milestones have been reached; 1 is overdue. Not counted is 1 open milestone of" in told


def test_who_asks_for_support_is_counted() -> None:
    asking = sub_project(current=status(support_needs=text(nb="Hjelp.")))

    assert sentences(facts(asking)).endswith("1 sub-project asks for support.")
    assert "support" not in sentences(situated("on_track"))


def test_the_bar_says_how_many_stand_well_and_ill() -> None:
    told = telling(situated("planned", "on_track", "completed", "delayed", "on_hold", "cancelled", None))
    (chart,) = find(situation.chapter(told), Chart)

    assert said(chart.sentence).startswith("3 of 7")
    assert " 2 are at risk" in said(chart.sentence)


@st.composite
def small_facts(draw: st.DrawFn) -> Facts:
    """Draw a few sub-projects of two countries."""
    some: list[SubProjectFacts] = []
    states = st.none() | st.sampled_from(list(State))
    for number in range(draw(st.integers(1, 8))):
        now, then = draw(states), draw(states)
        some.append(
            sub_project(
                key=f"DP-{number}",
                partners=(draw(st.sampled_from(["no", "se"])),),
                current=status(now) if now else None,
                previous=status(then, day=date(2026, 2, 1)) if then and now else None,
                milestones=tuple(
                    milestone(key=f"M{n}", due=due, done=done)
                    for n, (due, done) in enumerate(
                        draw(
                            st.lists(
                                st.tuples(
                                    st.dates(date(2025, 1, 1), date(2027, 1, 1)),
                                    st.none() | st.dates(date(2025, 1, 1), DAY),
                                ),
                                max_size=3,
                            )
                        )
                    )
                ),
            )
        )
    both = (partner("no"), partner("se", country="SE"))
    return facts(*some, since=draw(st.sampled_from([None, MARCH])), partners=both)


@given(small_facts())
def test_sentences_bar_and_table_tell_the_same_numbers(told: Facts) -> None:
    own = telling(told)
    (chart,) = find(situation.chapter(own), Chart)
    assert isinstance(chart.drawing, Bars)
    drawn = [(said(part.words), str(part.count)) for part in chart.drawing.bars[0].parts]
    first = sentences(told).split(".", maxsplit=1)[0]
    total, *counts = map(int, re.findall(r"\d+", first))

    assert drawn == cells(chart.table)
    assert total == sum(counts) == len(list(told.sub_projects))
    assert counts == [int(count) for _words, count in drawn]
    assert sum(own.survey.trends.values()) == sum(each.current is not None for each in told.sub_projects)


@pytest.mark.parametrize("language", ["en", "nb", "nn", "sv"])
@given(told=small_facts())
def test_it_can_be_said_in_every_language(language: str, told: Facts) -> None:
    words = sentences(told, language)

    assert "{" not in words
    assert words.endswith(".")

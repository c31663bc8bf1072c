"""What has changed, in sentences that name before and after."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from consortium.facts import Facts, Since, SubProjectFacts
from consortium.facts.changes import Change, changes_of, compared_day, expected, is_ended, standing
from consortium.facts.states import ChangeKind
from consortium.i18n.numbers import Money
from consortium.texts import told
from tests.facts.made import (
    DAY,
    SNAPSHOT,
    THEN,
    compared,
    facts,
    indicator,
    milestone,
    partner,
    status,
    sub_project,
    text,
    value,
)

LATE = status("delayed", day=date(2026, 2, 1))


def since(each: SubProjectFacts, which: Since | None = SNAPSHOT, **others: object) -> Facts:
    """Make facts of one sub-project that are compared with a snapshot."""
    return facts(each, since=which, **others)


def changes(each: SubProjectFacts, which: Since | None = SNAPSHOT) -> list[Change]:
    """List the changes of a sub-project."""
    return list(changes_of(each, since(each, which)))


def said(each: SubProjectFacts, which: Since | None = SNAPSHOT, language: str = "en") -> list[str]:
    """List the changes of a sub-project in words."""
    return [change.sentence.say(language) for change in changes(each, which)]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [("en", "delayed", "on track"), ("nb", "forsinket", "i rute"), ("sv", "försenat", "enligt plan")],
)
def test_a_changed_status_names_before_and_after(language: str, before: str, after: str) -> None:
    (sentence,) = said(sub_project(previous=LATE, current=status()), Since("day", THEN), language)

    assert sentence.index(before) < sentence.index(after)


def test_the_same_status_is_no_news() -> None:
    assert said(sub_project(previous=LATE, current=LATE), Since("day", THEN)) == []


def test_a_new_status_of_the_same_state_is_told_as_such() -> None:
    (sentence,) = said(sub_project(previous=status(day=THEN), current=status()), Since("day", THEN))

    assert sentence == "New status of 15 June 2026, still “on track”."


def test_a_translation_that_was_mended_since_the_snapshot_is_no_news() -> None:
    then = status(summary=text(nb="Godt."))
    now = replace(then, summary=text(nb="Godt.", sv="Bra."))
    each = sub_project(title=text(nb="Hus", sv="Hus"), purpose=text(nb="Ro", sv="Lugn"), current=now)

    assert said(compared(each, current=then, title=text(nb="Hus"), purpose=text(nb="Ro"))) == []
    assert not compared(each, current=then).has_moved


def test_a_first_status_is_new_and_an_ended_one_closes() -> None:
    (first,) = changes(sub_project(current=status()), Since("day", THEN))
    (ended,) = changes(sub_project(previous=LATE, current=status("completed")), Since("day", THEN))

    assert (first.kind, ended.kind) == (ChangeKind.NEW, ChangeKind.CLOSED)
    assert (str(first.sentence), first.source) == ("First status: “on track”.", f"S:{DAY}")


def test_a_correction_names_what_it_corrects() -> None:
    each = sub_project(previous=LATE, current=status(corrects="S1"))

    assert said(each, Since("day", THEN))[-1] == "The status corrects an earlier one (S1)."


@pytest.mark.parametrize(
    ("done", "due", "kinds"),
    [
        (date(2026, 5, 1), date(2026, 6, 1), [ChangeKind.ACHIEVED]),
        (date(2026, 2, 1), date(2026, 6, 1), []),
        (THEN, date(2026, 6, 1), []),
        (THEN + timedelta(1), date(2026, 6, 1), [ChangeKind.ACHIEVED]),
        (None, date(2026, 6, 14), [ChangeKind.OVERDUE]),
        (None, DAY, []),
        (DAY + timedelta(1), date(2026, 6, 14), [ChangeKind.OVERDUE]),
    ],
)
def test_a_milestone_is_news_when_it_was_reached_since_or_is_overdue(
    done: date | None, due: date, kinds: list[ChangeKind]
) -> None:
    each = sub_project(milestones=(milestone(done=done, due=due),))

    assert [change.kind for change in changes(each, Since("day", THEN))] == kinds


def test_nothing_is_overdue_of_an_ended_sub_project() -> None:
    each = sub_project(previous=status("completed"), current=status("completed"), milestones=(milestone(),))

    assert said(each, Since("day", THEN)) == []


def test_days_overdue_are_counted() -> None:
    def late(days: int) -> list[str]:
        return said(sub_project(milestones=(milestone(due=DAY - timedelta(days)),)), Since("day", THEN))

    assert late(1) == ["The milestone “Avtale” is 1 day overdue."]
    assert late(14) == ["The milestone “Avtale” is 14 days overdue."]


def test_a_milestone_that_the_snapshot_did_not_know_as_reached_is_told_as_reached() -> None:
    each = sub_project(milestones=(milestone(done=date(2026, 2, 1)),))

    assert said(compared(each, milestones=(milestone(),))) == ["The milestone “Avtale” was reached on 1 February 2026."]
    assert said(compared(each)) == []


def test_milestones_are_moved_added_and_taken_away() -> None:
    now = milestone(due=date(2026, 9, 1)), milestone(key="M2", title=text(nb="Ny"), due=date(2026, 10, 1))
    then = milestone(due=date(2026, 7, 1)), milestone(key="M3", title=text(nb="Gammel"))

    assert said(compared(sub_project(milestones=now), milestones=then)) == [
        "The milestone “Avtale” was moved from 1 July 2026 to 1 September 2026.",
        "The milestone “Ny” is new; it is due on 1 October 2026.",
        "The milestone “Gammel” was taken away.",
    ]


def test_a_reading_is_told_with_the_one_before() -> None:
    each = indicator(previous=value("12.5", THEN), current=value(30))

    assert said(sub_project(indicators=(each,)), Since("day", THEN)) == ["“Deltakere” went from 12.5 to 30 personer."]
    assert said(sub_project(indicators=(each,)), Since("day", THEN), "nb")[0].count("12,5") == 1
    assert said(sub_project(indicators=(replace(each, previous=value(30, THEN)),)), Since("day", THEN)) == []


def test_against_a_snapshot_a_reading_is_compared_with_the_one_that_it_knew() -> None:
    each = indicator(previous=value(20, date(2026, 5, 1)), current=value(30))
    then = indicator(current=value(10, date(2026, 2, 1)))
    both = compared(sub_project(indicators=(each,)), indicators=(then,))

    assert said(both) == ["“Deltakere” went from 10 to 30 personer."]
    assert both.indicators[0].previous == then.current


def test_a_first_reading_is_new() -> None:
    (change,) = changes(sub_project(indicators=(indicator(current=value(3)),)), Since("day", THEN))

    assert (change.kind, change.source) == (ChangeKind.NEW, f"V:{DAY}")


def test_a_changed_target_names_before_after_and_reason() -> None:
    target = value(80, words=text(nb="Færre er med."))
    each = indicator(new_target=target, former_target=Decimal(100))

    assert said(sub_project(indicators=(each,)), Since("day", THEN)) == [
        "The target of “Deltakere” was changed from 100 to 80 personer: Færre er med."
    ]
    assert said(sub_project(indicators=(each,)), Since("day", DAY)) == []


def test_a_target_changed_twice_is_compared_with_the_one_that_the_snapshot_knew() -> None:
    now = indicator(new_target=value(60), former_target=Decimal(80))
    then = indicator(new_target=value(90, THEN), former_target=Decimal(100))

    (sentence,) = said(compared(sub_project(indicators=(now,)), indicators=(then,)))
    assert "from 90 to 60" in sentence


def test_a_target_dated_back_is_still_news_to_a_snapshot_that_did_not_know_it() -> None:
    now = indicator(new_target=value(60, date(2026, 2, 1)), former_target=Decimal(100))

    assert len(said(compared(sub_project(indicators=(now,)), indicators=(indicator(),)))) == 1
    assert said(compared(sub_project(indicators=(now,)))) == []


def test_other_fields_are_compared_only_with_a_snapshot() -> None:
    now = sub_project(
        title=text(nb="Ny"),
        purpose=text(nb="Mer"),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        budget=Money(Decimal(1000), "NOK"),
        partners=("a", "b"),
    )
    then = {"title": text(nb="Gammel"), "purpose": text(nb="Mindre"), "end": DAY, "budget": None, "partners": ("a",)}

    assert said(compared(now, **then)) == [
        "The title was “Gammel” and is now “Ny”.",
        "The purpose was rewritten.",
        "The partners are now Kommune a and Kommune b.",
        "The period is now 1 January 2026 to 31 December 2026.",
        "The budget is now 1,000\u00a0NOK.",
    ]
    assert said(now, Since("day", THEN)) == []


def test_a_sub_project_that_the_snapshot_did_not_know_is_new() -> None:
    assert said(sub_project()) == ["The sub-project is new."]


@pytest.mark.parametrize("language", ["en", "nb", "nn", "sv"])
def test_every_change_can_be_said_in_every_language(language: str) -> None:
    now = sub_project(
        current=status("at_risk", corrects="S1"),
        milestones=(milestone(done=DAY), milestone(key="M2")),
        indicators=(indicator(current=value(3), new_target=value(4), former_target=Decimal(9)),),
    )
    sentences = said(compared(now, current=LATE, milestones=(), indicators=(indicator(),)), language=language)

    assert len(sentences) == 8
    assert not [each for each in sentences if "{" in each]


def test_without_anything_to_compare_with_it_is_the_update_before() -> None:
    both, one = sub_project(previous=LATE, current=status()), sub_project(current=status())

    assert compared_day(both, facts(both)) == LATE.day
    assert compared_day(one, facts(one)) is None
    assert compared_day(both, since(both)) == THEN


def test_a_budget_is_told_with_what_it_was() -> None:
    now = sub_project(budget=Money(Decimal(900), "NOK"))

    assert said(compared(now, budget=Money(Decimal(700), "SEK"))) == [
        "The budget was 700\u00a0SEK and is now 900\u00a0NOK."
    ]


def test_a_title_whose_translation_waits_is_not_said_to_be_another_one() -> None:
    new, old = text(nb="Senter", sv="Hus").write("nb", "Hjem"), text(nb="Senter", sv="Hus")
    (change,) = changes(compared(sub_project(title=new), title=old))

    assert change.sentence.say("en") == "The title was “Senter” and is now “Hjem”."
    assert [change.sentence.say("sv").count(word) for word in ("Hjem", "Hus", "Senter")] == [1, 1, 0]


@pytest.mark.parametrize(("left", "is_told"), [(THEN, False), (THEN + timedelta(1), True), (DAY, True), (None, False)])
def test_a_partner_that_has_left_since_is_named_with_its_day(left: date | None, *, is_told: bool) -> None:
    own = facts(sub_project(), since=Since("day", THEN), partners=(partner("a", left=left),))
    sentences = [str(change.sentence) for each in own.sub_projects for change in changes_of(each, own)]

    assert [sentence.startswith("Kommune a left on") for sentence in sentences] == [True] * is_told


def test_an_open_milestone_is_dropped_with_its_sub_project() -> None:
    reached, late, due = milestone(done=THEN), milestone(key="M2"), milestone(key="M3", due=DAY + timedelta(9))
    ended = sub_project(current=status("cancelled"), milestones=(reached, late, due))
    running = replace(ended, current=status())

    assert [standing(each, ended, DAY).value for each in ended.milestones] == ["achieved", "dropped", "dropped"]
    assert [standing(each, running, DAY).value for each in running.milestones] == ["achieved", "overdue", "due"]
    assert list(expected(ended, DAY)) == [reached]


def test_nothing_more_is_expected_of_an_ended_sub_project() -> None:
    assert is_ended(sub_project(current=status("cancelled")))
    assert not is_ended(sub_project(current=status("on_hold")))
    assert not is_ended(sub_project())


def test_a_partner_reads_its_name_in_its_own_language() -> None:
    each = compared(sub_project(partners=("a",)), partners=("b",))
    own = facts(each, since=SNAPSHOT, partners=(partner("a", name=text(nb="Fjell", sv="Fjäll")),))

    assert [change.sentence.say("sv").count("Fjäll") for change in changes_of(each, own)] == [1]
    assert told(own.partners[0].name).say("nb") == "Fjell"


def test_a_status_that_was_taken_back_since_a_snapshot_is_told_as_that() -> None:
    older, newer = status(day=date(2026, 1, 1)), status(day=date(2026, 6, 1))
    before = sub_project(current=newer)
    for now in (older, None):
        each = replace(sub_project(current=now, previous=newer), before=before)

        (change,) = changes_of(each, facts(each, since=Since("snapshot", date(2026, 6, 2), "s")))
        assert change.sentence.say("en") == "The status of 1 June 2026 was taken back."

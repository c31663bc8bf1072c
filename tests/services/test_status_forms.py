"""The form by which a status is reported: kept as a whole or not at all, and never twice."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.errors import NotFound
from consortium.models import IndicatorValue, StatusUpdate, SubProject
from consortium.services.editing import Clash, FormRefused
from consortium.services.policy import RULES, Principal, Role, Verb
from consortium.services.status_forms import Kept, Screen, foretell, save_status, screen_of, sent_status
from consortium.services.workflow import return_status
from consortium.testing import TODAY, Make, counted

#: what a lead types who has little time
TYPED = {"state": "on_track", "language": "nb", "summary": "Kurset er i gang.", "day": "2026-06-15"}


@pytest.fixture
def project(make: Make) -> SubProject:
    return make.sub_project({"nb": "Åpen stue", "sv": "Öppen stuga"}, key="DP-1")


def lead(make: Make, project: SubProject) -> Principal:
    return make.principal(Role.LEAD, leads=frozenset({project.id}))


def keep(make: Make, who: Any = None, *, is_sent: Any = False, whole: Any = True, **said: Any) -> Kept:
    typed = {**TYPED, **{name.replace("__", "."): words for name, words in said.items()}}
    own: dict[str, Any] = {"home": make.home, "key": "DP-1", "day": TODAY}
    return save_status(
        make.session, who or make.operator, **own, said=typed, is_sent=is_sent, is_whole=whole
    )  # fmt: skip


def screen(make: Make, who: Principal | None = None, **others: Any) -> Screen:
    own = {"home": make.home, "key": "DP-1", "day": TODAY, "language": "nb", **others}
    return screen_of(make.session, who or make.operator, **own)


def statuses(make: Make) -> list[StatusUpdate]:
    return list(make.session.scalars(select(StatusUpdate).order_by(StatusUpdate.id)))


def test_a_lead_sends_words_figures_and_milestones_at_once(make: Make, project: SubProject) -> None:
    indicator, milestone = make.indicator(project), make.milestone(project)

    kept = keep(
        make,
        lead(make, project),
        is_sent=True,
        **{
            f"reading.{indicator.id}": "1 250,5",
            f"milestone.{milestone.id}": "1",
            f"milestone.{milestone.id}.shown": "1",
        },
    )

    assert kept.workflow == "submitted"
    assert statuses(make)[0].summary.words("nb") == "Kurset er i gang."
    assert make.session.scalar(select(IndicatorValue.value)) == Decimal("1250.5")
    assert milestone.done == TODAY


def test_every_problem_is_told_at_its_field_and_nothing_is_kept(make: Make, project: SubProject) -> None:
    indicator = make.indicator(project)
    make.keep()

    with pytest.raises(FormRefused) as refused:
        keep(make, is_sent=True, state="", summary=" ", day="tomorrow", **{f"reading.{indicator.id}": "many"})
    make.session.rollback()

    assert set(refused.value.at) == {"state", "summary", "day", f"reading.{indicator.id}"}
    assert make.session.scalar(select(func.count(StatusUpdate.id))) == 0


def test_what_goes_wrong_last_takes_the_rest_with_it(make: Make, project: SubProject) -> None:
    milestone = make.milestone(project)
    make.keep()
    wrong = {f"milestone.{milestone.id}": "1", f"milestone.{milestone.id}.day": "2027-01-01"}

    with pytest.raises(FormRefused) as refused:
        keep(make, **{**wrong, f"milestone.{milestone.id}.shown": "1"})
    make.session.rollback()

    assert set(refused.value.at) == {f"milestone.{milestone.id}"}
    assert statuses(make) == []


def test_a_form_that_is_sent_twice_is_one_status(make: Make, project: SubProject) -> None:
    first, second = keep(make, is_sent=True), keep(make, is_sent=True)

    assert first.key == second.key
    assert len(statuses(make)) == 1


def test_a_draft_that_is_sent_twice_is_one_status(make: Make, project: SubProject) -> None:
    draft = keep(make)
    named = {"status": draft.key, "version": str(draft.version)}

    first, second = keep(make, is_sent=True, **named), keep(make, is_sent=True, **named)

    assert (first.key, second.version) == (second.key, first.version)
    assert [each.workflow for each in statuses(make)] == ["submitted"]


def test_a_draft_goes_on_and_can_move_to_another_day(make: Make, project: SubProject) -> None:
    draft = keep(make)

    moved = keep(make, status=draft.key, version=str(draft.version), day="2026-06-10", summary="Nye ord.")

    assert [(each.day, each.summary.words("nb")) for each in statuses(make)] == [(date(2026, 6, 10), "Nye ord.")]
    assert screen(make).status == moved.key


def test_of_two_who_write_one_draft_the_second_is_shown_both(make: Make, project: SubProject) -> None:
    opened = keep(make)
    was = {f"was.{name}": words for name, words in opened.fields.items()}
    named = {"status": opened.key, "version": str(opened.version), **was}
    keep(make, **named, summary="Deres ord.")

    with pytest.raises(Clash) as clash:
        keep(make, **named, summary="Mine ord.", achieved="Bare jeg skrev dette.")

    told = {each.name: (each.original, each.mine, each.theirs) for each in clash.value.fields if each.is_open}
    assert told == {"summary.nb": ("Kurset er i gang.", "Mine ord.", "Deres ord.")}


def test_what_two_have_begun_on_one_day_is_one_draft(make: Make, project: SubProject) -> None:
    keep(make, summary="Deres ord.")

    with pytest.raises(Clash):
        keep(make, summary="Mine ord.")


def test_a_translation_stays_as_it_is_until_somebody_touches_it(make: Make, project: SubProject) -> None:
    draft = keep(make, summary__sv="Kursen är igång.")
    again = {"status": draft.key, "version": str(draft.version)}

    keep(make, **again, summary="Kurset er ferdig.", summary__sv="Kursen är igång.")

    text = statuses(make)[0].summary
    assert (text.source, text.state("sv")) == ("nb", "outdated")


def test_an_emptied_original_leaves_its_translation_as_the_text(make: Make, project: SubProject) -> None:
    draft = keep(make, summary__sv="Kursen är igång.")

    keep(make, status=draft.key, version=str(draft.version), summary="", summary__sv="Kursen är igång.")

    text = statuses(make)[0].summary
    assert (text.source, list(text)) == ("sv", ["sv"])


def test_somebody_writes_in_a_language_that_the_consortium_has_not(make: Make, project: SubProject) -> None:
    keep(make, language="nn", summary="Kurset er i gang no.", is_sent=True)

    assert statuses(make)[0].summary.source == "nn"
    assert screen(make, wanted="new", corrects=statuses(make)[0].key).others == ("nb", "sv")


def test_a_returned_status_keeps_its_day_and_shows_what_is_asked(make: Make, project: SubProject) -> None:
    returned = make.status(project, day=date(2026, 6, 1))
    return_status(make.session, make.operator, update=returned, comments={"achieved": {"sv": "Hur många kom?"}})

    shown = screen(make, lead(make, project))
    sent = keep(make, is_sent=True, status=shown.status, version=str(shown.version), achieved="14 kom.")

    assert shown.comments["achieved"][0].words.words("sv") == "Hur många kom?"
    assert (sent.key, sent.day, sent.workflow) == (returned.key, date(2026, 6, 1), "submitted")


def test_a_status_of_today_that_was_sent_is_corrected_by_the_next(make: Make, project: SubProject) -> None:
    keep(make, is_sent=True)

    shown = screen(make)
    sent = keep(make, is_sent=True, corrects=(shown.corrects or ("",))[0], summary="Kurset er avlyst.")

    assert shown.values["summary"] == "Kurset er i gang."
    assert [each.key for each in statuses(make) if each.corrects] == [sent.key]


def test_a_locked_period_is_told_at_the_day_and_a_correction_of_today_is_an_addendum(
    make: Make, project: SubProject
) -> None:
    old = make.status(project, day=date(2025, 12, 1))
    make.period(locked=date(2026, 3, 1))

    with pytest.raises(FormRefused) as refused:
        keep(make, is_sent=True, day="2025-12-05")
    shown = screen(make, corrects=old.key)
    sent = keep(make, is_sent=True, corrects=old.key)

    assert set(refused.value.at) == {"day"}
    assert shown.is_late
    assert sent.day == TODAY


def test_a_draft_in_a_locked_period_can_move_to_today(make: Make, project: SubProject) -> None:
    draft = make.status(project, day=date(2025, 12, 1), workflow="draft")
    make.period(locked=date(2026, 3, 1))

    assert screen(make).locked == ("2025-2", date(2026, 3, 1))
    assert keep(make, is_sent=True, status=draft.key, version=str(draft.version)).day == TODAY


def test_a_reading_of_the_day_is_corrected_rather_than_added(make: Make, project: SubProject) -> None:
    indicator = make.indicator(project)
    make.reading(indicator, value=Decimal(42))

    assert screen(make).values[f"reading.{indicator.id}"] == "42"
    keep(make, **{f"reading.{indicator.id}": "43"})

    assert make.session.scalars(select(IndicatorValue.value)).all() == [Decimal(43)]


def test_who_may_change_no_reading_corrects_none(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    indicator = make.indicator(project)
    make.reading(indicator, value=Decimal(42))
    monkeypatch.delitem(RULES, (Verb.EDIT, IndicatorValue))

    with pytest.raises(FormRefused) as refused:
        keep(make, **{f"reading.{indicator.id}": "43"})

    assert set(refused.value.at) == {f"reading.{indicator.id}"}
    assert make.session.scalars(select(IndicatorValue.value)).all() == [Decimal(42)]


def test_a_status_that_may_not_be_changed_keeps_its_words(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = keep(make)
    monkeypatch.delitem(RULES, (Verb.EDIT, StatusUpdate))

    with pytest.raises(FormRefused) as refused:
        keep(make, summary="Noe annet.", status=draft.key, version=str(draft.version))

    assert set(refused.value.at) == {""}
    assert statuses(make)[0].summary.words("nb") == TYPED["summary"]


def test_what_is_kept_while_typing_is_the_words_alone(make: Make, project: SubProject) -> None:
    indicator = make.indicator(project)

    keep(make, whole=False, **{f"reading.{indicator.id}": "1"})

    assert len(statuses(make)) == 1
    assert make.session.scalar(select(func.count(IndicatorValue.id))) == 0


def test_what_the_reader_will_see_is_told_and_not_kept(make: Make, project: SubProject) -> None:
    indicator = make.indicator(project)
    make.keep()
    typed = {**TYPED, f"reading.{indicator.id}": "7"}

    facts = foretell(make.session, make.operator, home=make.home, key="DP-1", said=typed, day=TODAY).facts
    make.keep()

    [told] = facts.sub_projects
    assert told.current is not None
    assert told.current.summary.words("nb") == "Kurset er i gang."
    assert [each.current.value for each in told.indicators if each.current] == [Decimal(7)]
    assert statuses(make) == []


def test_nobody_else_reports_on_a_sub_project(make: Make, project: SubProject) -> None:
    other = make.principal(Role.LEAD, leads=frozenset({make.sub_project().id}))
    shared = make.principal(Role.LEAD, leads=frozenset(), partners=frozenset({project.partners[0].id}))

    for who in (other, shared, make.principal(Role.AUDITOR), make.principal(Role.MEMBER)):
        with pytest.raises(NotFound):
            screen(make, who)
        with pytest.raises(NotFound):
            keep(make, who)


def test_a_draft_has_not_been_sent(make: Make, project: SubProject) -> None:
    draft = keep(make)

    with pytest.raises(NotFound):
        sent_status(make.session, make.operator, home=make.home, key=draft.key)


def test_the_screen_needs_a_constant_number_of_queries(make: Make, project: SubProject) -> None:
    def queries() -> int:
        make.keep()
        make.session.expunge_all()
        home = make.session.get_one(type(make.home), 1)
        with counted(make.database) as statements:
            screen_of(make.session, make.operator, home=home, key="DP-1", day=TODAY, language="nb")
        return len(statements)

    make.home  # noqa: B018  # made before anything is counted
    few = queries()
    own = make.session.get_one(SubProject, 1)
    for day in (1, 2, 3):
        make.status(own, day=date(2026, 5, day))
        make.reading(make.indicator(own), day=date(2026, 5, day))
        make.milestone(own)

    assert (few, queries()) == (1, 1)

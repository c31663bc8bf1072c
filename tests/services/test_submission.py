"""Checks before a status is sent: what they see, what they say, what they refuse, and what fails in them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from consortium.facts import State
from consortium.facts.submission import Remark, Submission, SubmissionCheck
from consortium.i18n.message import Message
from consortium.models import PluginSwitch, StatusUpdate, SubProject
from consortium.services.editing import FormRefused
from consortium.services.status_forms import Kept, foretell, save_status
from consortium.testing import TODAY, Make, counted
from tests.guests import bring

HOOK = "consortium_submission_checks"

TYPED = {"state": "on_track", "language": "nb", "summary": "Kurset er i gang.", "achieved": "Mye.", "day": "2026-06-15"}


@pytest.fixture
def project(make: Make) -> SubProject:
    return make.sub_project({"nb": "Åpen stue"}, key="DP-1")


def guest(look: Any, **others: Any) -> SubmissionCheck:
    return SubmissionCheck("guest-check", Message("A check"), look, **others)


def send(make: Make, *, is_sent: bool = True, **said: str) -> Kept:
    typed = {**TYPED, **said}
    return save_status(make.session, make.operator, home=make.home, key="DP-1", said=typed, day=TODAY, is_sent=is_sent)


def words(kept: Kept) -> list[str]:
    return [str(each.words) for each in kept.remarks]


def test_a_check_sees_what_is_about_to_be_sent_and_what_was_before(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Submission] = []

    def look(submission: Submission) -> list[Remark]:
        seen.append(submission)
        return []

    bring(monkeypatch, HOOK, guest(look))
    make.status(project, day=date(2026, 3, 2), state="delayed", key="S1")
    milestone, indicator = make.milestone(project, key="M1"), make.indicator(project, key="I1")
    reached: dict[str, Any] = {f"milestone.{milestone.id}": "1", f"milestone.{milestone.id}.shown": "1"}

    send(make, **{**reached, f"reading.{indicator.id}": "12,5"})

    (told,) = seen
    assert (told.day, told.status.day, told.status.state) == (TODAY, TODAY, State.ON_TRACK)
    assert told.status.summary.words("nb") == "Kurset er i gang."
    assert told.sub_project.current is not None
    assert (told.sub_project.current.key, told.sub_project.current.state) == ("S1", State.DELAYED)
    assert [each.done for each in told.sub_project.milestones] == [TODAY]
    assert [str(each.current.value) for each in told.sub_project.indicators if each.current] == ["12.5"]
    assert [each.key for each in told.partners] == list(told.sub_project.partners)


def test_hints_are_told_and_keep_nobody_from_sending(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(monkeypatch, HOOK, guest(lambda _submission: [Remark(Message("Look."), "state")]))

    kept = send(make)
    assert kept.workflow == "submitted"
    assert words(kept) == ["Look."]


def test_a_refusal_stands_at_its_field_and_a_draft_is_always_kept(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    no = Remark(Message("Not like this."), "achieved", is_refusal=True)
    bring(monkeypatch, HOOK, guest(lambda _submission: [no, Remark(Message("Nor this."), "colour", is_refusal=True)]))

    make.keep()
    with pytest.raises(FormRefused) as refused:
        send(make)
    make.session.rollback()

    assert {name: [str(each) for each in own] for name, own in refused.value.at.items()} == {
        "achieved": ["Not like this."],
        "": ["Nor this."],
    }
    assert make.session.scalar(select(StatusUpdate.id)) is None
    assert send(make, is_sent=False).workflow == "draft"


@pytest.mark.parametrize(
    "look",
    [
        lambda _submission: 1 / 0,
        lambda _submission: ["words"],
        lambda _submission: [Remark(Message("{place}").fill(other=1))],
        lambda _submission: None,
    ],
)
def test_a_check_that_fails_is_left_out(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch, look: Any
) -> None:
    plugin = bring(monkeypatch, HOOK, guest(look))

    kept = send(make)
    assert (kept.workflow, kept.remarks) == ("submitted", ())
    assert plugin.faults


def test_a_check_is_asked_only_about_whom_it_suits_and_where_it_is_on(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = [Remark(Message("Look."))]
    bring(monkeypatch, HOOK, guest(lambda _submission: look, suits=lambda partners: partners[0].country == "SE"))
    assert words(send(make)) == []

    bring(monkeypatch, HOOK, SubmissionCheck("other-check", Message("A check"), lambda _submission: look))
    partner = project.partners[0]
    off: dict[str, Any] = {"plugin": "guest", "variant": "", "country": "", "is_on": False, "by": "Olga"}
    at = datetime(2026, 6, 15, tzinfo=UTC)
    assert words(send(make, day="2026-06-14", summary="Noe annet.")) == ["Look."]
    make.session.add(PluginSwitch(consortium_id=make.home.id, partner_id=partner.id, at=at, **off))
    make.session.flush()
    assert words(send(make, day="2026-06-12", summary="Noe mer.")) == []


def test_a_draft_is_not_asked_about_and_what_is_foretold_is(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(monkeypatch, HOOK, guest(lambda _submission: [Remark(Message("Look."))]))
    make.keep()

    assert send(make, is_sent=False).remarks == ()
    make.session.rollback()
    told = foretell(make.session, make.operator, home=make.home, key="DP-1", said=TYPED, day=TODAY)
    assert words(told.kept) == ["Look."]


def test_asking_costs_one_query_for_the_switches(
    make: Make, project: SubProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(monkeypatch, HOOK, guest(lambda _submission: [Remark(Message("Look."))]))
    make.keep()
    with counted(make.database) as statements:
        send(make)

    assert sum("plugin_switch" in each for each in statements) == 1

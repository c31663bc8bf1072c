"""Import: what is told of the work keeps the rules, cell by cell."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consortium.errors import NotPermitted
from consortium.models import Change, Database, ReportingPeriod, StatusUpdate
from consortium.services import policy
from consortium.services.policy import Verb
from tests.services.rows import WORLD, Rows, bring, refused, row

BAD: list[tuple[Rows, str]] = [
    (
        row("indicators", target="45"),
        "Indicators, row 2, column L (Target): The target 40 stays on record. For a later one add a row in the sheet"
        " “Indicator values” of the kind “new target” with the reason",
    ),
    (row("indicators", target="–"), "The target 40 stays on record."),
    (row("indicators", baseline="1"), "(Baseline): The baseline 0 stays on record"),
    (
        {"indicator_values": [{"indicator": "I1", "kind": "target", "day": "2026-06-01", "value": "20"}]},
        "Indicator values, row 2, column A (Indicator): The target of “I1” cannot change without a reason.",
    ),
    (row("indicator_values", day="2026-07-01"), "(Date): 1 July 2026 is still to come."),
    (row("indicator_values", value="1.23456"), "(Value): 1.23456 cannot be kept exactly. Round it to at most four"),
    (row("indicator_values", value="1.234"), "“1.234” can mean 1234 or 1,234."),
    (row("indicator_values", indicator="I2"), "(Indicator): “I2” does not stand in the sheet “Indicators”."),
    (row("assessments", day="2026-07-01"), "Assessments, row 2, column C (Date): 1 July 2026 is still to come."),
    (row("milestones", done="2026-07-01"), "Milestones, row 2, column H (Done): 1 July 2026 is still to come."),
    (row("milestones", due="–"), "(Due): This cannot be taken away."),
    (row("periods", 1, due="2026-06-29"), "Reporting periods, row 2, column D (Due): "),
    (row("periods", 1, end="2025-12-31"), "Reporting periods, row 2, column C (To): The end date"),
    (row("comments", day="2026-07-01"), "Comments, row 2, column C (Date): 1 July 2026 is still to come."),
    (
        row("status_updates", 0, workflow="draft"),
        "(Workflow): From “submitted” the workflow leads to approved, returned",
    ),
    (row("status_updates", 1, workflow="returned"), "(Workflow): The status has been approved and stays so."),
    (row("status_updates", 1, summary__nb="Ny."), "Add a new status that corrects “DP-2:2025-12-01” instead."),
    (row("status_updates", 3, workflow="submitted"), "has no summary. Write it first"),
    (row("status_updates", 3, workflow="approved", summary__nb="Nå."), "From “draft” the workflow leads to submitted"),
    (
        {"status_updates": [{**WORLD["status_updates"][0], "key": "S1", "workflow": "returned", "state": "delayed"}]},
        "(State): The status has been submitted and stays as it is.",
    ),
]


@pytest.mark.parametrize(("content", "says"), BAD, ids=[says[:60] for _content, says in BAD])
def test_a_bad_cell_is_named_with_what_to_do_and_nothing_is_kept(
    world: Database, tmp_path: Path, content: Rows, says: str
) -> None:
    with world.read() as session:
        before = session.scalar(select(func.count(Change.id)))

    assert says in refused(world, tmp_path, content).replace("\u00a0", " ")
    with world.read() as session:
        assert session.scalar(select(func.count(Change.id))) == before


def test_an_indicator_gets_its_first_target_later_on(world: Database, tmp_path: Path) -> None:
    new = {**WORLD["indicators"][0], "key": "I2", "target": "", "baseline": ""}
    bring(world, tmp_path, {"indicators": [new]})

    assert bring(world, tmp_path, {"indicators": [{"key": "I2", "target": "7,5"}]}).changed == {"indicators": 1}


@pytest.mark.parametrize(
    ("place", "step", "words"),
    [(0, "approved", "Godt."), (0, "returned", "Godt."), (2, "submitted", "Nye ord."), (3, "submitted", "Første.")],
)
def test_a_status_takes_the_steps_of_its_workflow(
    world: Database, tmp_path: Path, place: int, step: str, words: str
) -> None:
    content = row("status_updates", place, workflow=step, summary__nb=words)

    assert bring(world, tmp_path, content).changed == {"status_updates": 1}
    with world.read() as session:
        found = session.scalars(select(StatusUpdate).where(StatusUpdate.workflow == step)).all()
    assert words in {update.summary.words("nb") for update in found}


@pytest.mark.parametrize("place", [2, 3])
def test_what_is_a_draft_or_returned_may_change_its_words(world: Database, tmp_path: Path, place: int) -> None:
    content = row("status_updates", place, state="completed", summary__nb="Omskrevet.", achieved__nb="Alt.")

    assert bring(world, tmp_path, content).changed == {"status_updates": 1}


def test_words_cannot_change_while_the_status_is_being_returned(world: Database, tmp_path: Path) -> None:
    told = refused(world, tmp_path, row("status_updates", 0, summary__nb="Omskrevet.", workflow="returned"))

    assert "(Summary): The status of 15 January 2026 has been submitted and keeps its words." in told


LATE: Rows = {
    "status_updates": [{"sub_project": "DP-1", "day": "2025-11-01", "state": "on_track", "summary.nb": "For sent."}]
}


def test_a_status_of_a_locked_period_is_refused_at_its_day(world: Database, tmp_path: Path) -> None:
    told = refused(world, tmp_path, LATE)

    assert "Status updates, row 2, column B (Date): The period “2025-2” has been locked since 1 February 2026." in told


def test_a_late_correction_of_today_is_an_addendum(world: Database, tmp_path: Path) -> None:
    new = {**LATE["status_updates"][0], "sub_project": "DP-2", "day": "2026-06-15", "corrects": "DP-2:2025-12-01"}

    assert bring(world, tmp_path, {"status_updates": [new]}).added == {"status_updates": 1}


def test_a_file_that_locks_a_period_brings_the_last_statuses_of_it(world: Database, tmp_path: Path) -> None:
    bring(world, tmp_path, {"periods": [{"key": "2025-2", "locked": "–"}]})

    assert bring(world, tmp_path, {**row("periods"), **LATE}).added == {"status_updates": 1}


def test_a_file_that_opens_a_period_brings_statuses_of_it(world: Database, tmp_path: Path) -> None:
    assert bring(world, tmp_path, {"periods": [{"key": "2025-2", "locked": "–"}], **LATE}).added == {
        "status_updates": 1
    }


def test_what_was_approved_can_be_translated_when_its_period_is_locked(world: Database, tmp_path: Path) -> None:
    assert bring(world, tmp_path, row("status_updates", 1, summary__sv="Sent.")).changed == {"status_updates": 1}


def test_a_returned_status_waits_while_its_period_is_locked(world: Database, tmp_path: Path) -> None:
    with world.write() as session:
        session.info["signed_by"] = "Olga"
        period = session.scalars(select(ReportingPeriod).where(ReportingPeriod.key == "2026-1")).one()
        period.end = period.due = date(2026, 5, 31)
        period.locked = date(2026, 6, 1)

    assert "“2026-1” has been locked" in refused(world, tmp_path, row("status_updates", 2, workflow="submitted"))


def test_who_may_not_approve_brings_no_approved_status(
    world: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = {**policy.RULES, (Verb.APPROVE, StatusUpdate): lambda _principal, _thing: False}
    monkeypatch.setattr(policy, "RULES", rules)

    with pytest.raises(NotPermitted):
        bring(world, tmp_path, row("status_updates", 0, workflow="approved"))

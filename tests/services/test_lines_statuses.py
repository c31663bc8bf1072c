"""Importing the statuses of an export: what was submitted stays, and what a workbook refuses is refused."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from consortium.models import Database, StatusUpdate
from consortium.services.importing import import_file
from tests.services.lines import ME, WHOLE, bring, line, record, refused, taken, text, write


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"summary": text("Annet")}, "keeps its words"),
        ({"state": "completed"}, "stays as it is"),
        ({"day": "2026-02-02"}, "stays as it is"),
        ({"workflow": "draft"}, "The status has been approved"),
    ],
)
def test_a_submitted_status_keeps_what_it_said(
    whole: Database, tmp_path: Path, change: Mapping[str, Any], says: str
) -> None:
    assert says in refused(whole, write(tmp_path / "x.jsonl", [line("status_update", "Z", **change)]))


def test_a_draft_may_be_rewritten_and_a_submitted_status_translated(whole: Database, tmp_path: Path) -> None:
    status = line("status_update", "Z")
    versions = {**status["summary"]["versions"], "nn": {"words": "Sein", "from": "nb", "digest": "0" * 16}}
    lines = [
        line("status_update", "A", summary=text("Nytt")),
        {**status, "summary": {**status["summary"], "versions": versions}},
    ]

    assert bring(whole, write(tmp_path / "x.jsonl", lines)).changed["status_updates"] == 2


def test_a_late_status_for_a_locked_period_is_refused(whole: Database, tmp_path: Path) -> None:
    late = line("status_update", "Z", key="late", day="2025-03-01", workflow="submitted")

    assert "Line 2 (late):" in refused(whole, write(tmp_path / "x.jsonl", [late]))


@pytest.fixture
def early(sqlite: Database, tmp_path: Path) -> Database:
    """Give a database with a record of every kind, a draft of an early day, and no locked period."""
    draft = line("status_update", "A", key="D", day="2025-03-01")
    is_open = line("reporting_period", "2025-1", locked=None)
    others = [each for each in WHOLE if each["record"] != "reporting_period"]
    bring(sqlite, write(tmp_path / "early.jsonl", [*others, is_open, draft]))
    return sqlite


def test_a_kept_draft_is_not_submitted_into_a_locked_period(early: Database, tmp_path: Path) -> None:
    bring(early, write(tmp_path / "lock.jsonl", [line("reporting_period", "2025-1")]))
    submitted = record("status_update", "D", workflow="submitted")

    assert "Line 2 (D): The period “2025-1” has been locked" in refused(early, write(tmp_path / "x.jsonl", [submitted]))


def test_a_file_that_locks_a_period_brings_the_last_statuses_of_it(early: Database, tmp_path: Path) -> None:
    lines = [line("reporting_period", "2025-1"), record("status_update", "D", workflow="submitted")]

    assert bring(early, write(tmp_path / "x.jsonl", lines)).changed["status_updates"] == 1


@pytest.mark.parametrize("change", [{"corrects": "A"}, {"summary": None, "workflow": "submitted"}])
def test_a_kept_draft_becomes_nothing_that_nobody_may_submit(
    whole: Database, tmp_path: Path, change: Mapping[str, Any]
) -> None:
    assert "Line 2 (A)" in refused(whole, write(tmp_path / "x.jsonl", [record("status_update", "A", **change)]))


def test_what_was_corrected_and_then_returned_comes_in_again(sqlite: Database, tmp_path: Path) -> None:
    steps = {"Z": {"workflow": "returned"}, "Y": {"workflow": "submitted"}}
    told = write(tmp_path / "x.jsonl", [{**each, **steps.get(each["key"], {})} for each in WHOLE])
    bring(sqlite, told)

    assert taken(sqlite, tmp_path / "y.jsonl") == told.read_bytes()
    taken(sqlite, tmp_path / "y.xlsx")
    with sqlite.write() as session:
        assert not import_file(session, ME, path=tmp_path / "y.xlsx").added


def test_the_later_of_two_statuses_of_a_day_stays_the_later_one(whole: Database) -> None:
    with whole.read() as session:
        keys = session.scalars(select(StatusUpdate.key).order_by(StatusUpdate.day, StatusUpdate.id)).all()

    assert keys == ["Z", "Y", "A"]

"""``consortium snapshot``: take, list, show, diff, rebuild."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.making import making


@pytest.fixture
def filled(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database with one sub-project that has reported."""
    call("init")
    with making(tmp_path) as make:
        project = make.sub_project(
            {"nb": "Huset", "sv": "Huset"}, key="DP-1", partners=[make.partner("Vidda", key="v")]
        )
        make.status(project, day=date(2026, 6, 1), state="delayed", key="S1")
    return call


def later(tmp_path: Path) -> None:
    """Let something happen after a snapshot was taken."""
    from sqlalchemy import select

    from consortium.models import SubProject

    with making(tmp_path) as make:
        project = make.session.scalars(select(SubProject)).one()
        make.status(project, day=date(2026, 6, 15), state="on_track", key="S2")
        make.sub_project("Nytt", key="DP-2", partners=[project.participations[0].partner])


def test_a_snapshot_is_taken_listed_and_shown(filled: Call) -> None:
    taken = filled("snapshot", "take")
    fingerprint = taken.out.split()[-1]

    assert taken.out.startswith("The snapshot 2026-06-15 keeps the facts of 15 June 2026. Fingerprint: ")
    assert len(fingerprint) == 64
    assert filled("snapshot", "list").out == f"2026-06-15: 15 June 2026, {fingerprint[:12]}\n"
    shown = filled("snapshot", "show", "2026-06-15").out.splitlines()
    assert shown[:3] == [
        "Snapshot 2026-06-15 of 15 June 2026",
        "1 sub-project",
        f"Fingerprint: {fingerprint}, as it was kept",
    ]
    assert "consortium " in shown[3]


def test_where_there_is_none_it_says_how_to_take_one(filled: Call) -> None:
    assert filled("snapshot", "list").out == "There is no snapshot yet. Take one with: consortium snapshot take\n"


def test_a_snapshot_has_the_name_and_the_day_that_it_is_given(filled: Call) -> None:
    assert (
        "The snapshot vår keeps the facts of 1 June 2026."
        in filled("snapshot", "take", "vår", "--as-of", "1.6.2026").out
    )
    again = filled("snapshot", "take", "vår")

    assert (again.code, again.out) == (1, "")
    assert "There is already a snapshot “vår”. Choose another name." in again.err


def test_two_snapshots_are_compared_in_sentences(filled: Call, tmp_path: Path) -> None:
    filled("snapshot", "take", "a")
    later(tmp_path)
    filled("snapshot", "take", "b")

    assert filled("snapshot", "diff", "a", "b").out.splitlines() == [
        "Huset",
        "  Status changed from “delayed” to “on track”.",
        "Nytt",
        "  The sub-project is new.",
        "2 changes",
    ]
    assert filled("snapshot", "diff", "a", "a").err.startswith("“a” is not older than “a”.")
    wrong = filled("snapshot", "diff", "b", "a")
    assert (wrong.code, wrong.err) == (1, "“b” is not older than “a”. Name the older snapshot first.\n")


def test_a_rebuilt_report_is_that_of_then(filled: Call, tmp_path: Path) -> None:
    filled("report", "--output", "then.html")
    filled("snapshot", "take", "a")
    later(tmp_path)
    answer = filled("snapshot", "rebuild", "a", "--output", "again.html")
    filled("report", "--output", "now.html")

    assert (answer.code, answer.out, answer.err) == (0, "The report is in again.html.\n", "")
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "then.html").read_bytes()
    assert (tmp_path / "again.html").read_bytes() != (tmp_path / "now.html").read_bytes()


def test_a_report_is_rebuilt_against_an_older_snapshot(filled: Call, tmp_path: Path) -> None:
    filled("snapshot", "take", "a")
    later(tmp_path)
    filled("snapshot", "take", "b")
    filled("snapshot", "rebuild", "b", "--since", "a", "--language", "en")

    assert "The sub-project is new." in (tmp_path / "out/status-summary-b.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["show", "rebuild"])
def test_a_snapshot_that_was_altered_makes_no_report(filled: Call, tmp_path: Path, command: str) -> None:
    filled("snapshot", "take", "a")
    with making(tmp_path) as make:
        make.session.connection().exec_driver_sql("UPDATE snapshot_line SET content = 'junk' WHERE place = 1")
    answer = filled("snapshot", command, "a")

    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "The snapshot “a” is not what was kept: its fingerprint is another. Restore it from a backup.\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_snapshot_that_is_not_there_is_told_with_those_that_are(filled: Call) -> None:
    filled("snapshot", "take", "a")

    assert filled("snapshot", "show", "x").err == "There is no snapshot “x”. There are: a.\n"

"""``consortium overdue``: one line each, in plain words, most overdue first."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consortium.models import Database
from consortium.testing import Make
from tests.cli.conftest import Call


@pytest.fixture
def late(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database in which things are overdue."""
    call("init")
    database = Database(f"sqlite:///{tmp_path}/var/consortium.sqlite")
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        make = Make(database, session)
        make.period(due=date(2026, 1, 30))
        project = make.sub_project({"nb": "Åpen stue", "sv": "Öppet rum"}, key="DP-1", partners=[make.partner("Vidda")])
        make.milestone(project, title={"nb": "Stua er åpnet"}, due=date(2026, 6, 14))
        make.status(project, day=date(2025, 6, 29))
        make.sub_project("Fastlegen", key="DP-2", partners=[make.partner("Dalen")])
        make.keep()
    database.engine.dispose()
    return call


def test_what_is_overdue_is_told_line_by_line(late: Call) -> None:
    answer = late("overdue")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "DP-1 Åpen stue (Vidda): the report for 2025-2 is 136 days overdue; the last status is 351 days old.",
        "DP-2 Fastlegen (Dalen): the report for 2025-2 is 136 days overdue; there is no status yet.",
        "DP-1 Åpen stue (Vidda): the milestone “Stua er åpnet” is 1 day overdue.",
        "Overdue on 15 June 2026: 2 reports and 1 milestone.",
    ]


def test_one_can_look_from_another_day(late: Call) -> None:
    answer = late("overdue", "--as-of", "31.1.2026")

    assert "the report for 2025-2 is 1 day overdue" in answer.out
    assert answer.out.endswith("Overdue on 31 January 2026: 2 reports and 0 milestones.\n")


def test_where_nothing_is_overdue_it_says_so(late: Call) -> None:
    answer = late("overdue", "--as-of", "2026-01-30")

    assert (answer.code, answer.out) == (0, "Nothing is overdue on 30 January 2026.\n")


def test_titles_are_read_in_the_users_language(late: Call) -> None:
    answer = late("--ui-language", "sv", "overdue")

    assert answer.code == 0
    assert "DP-1 Öppet rum (Vidda)" in answer.out
    assert "Åpen stue" not in answer.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--as-of", "31.2.2026"), "There is no day “31.2.2026” in the calendar."),
        (("--consortium", "nowhere"), "There is no consortium “nowhere”."),
    ],
)
def test_what_is_not_there_is_said_in_one_line(late: Call, arguments: tuple[str, ...], says: str) -> None:
    answer = late("overdue", *arguments)

    assert answer.code == 1
    assert says in answer.err
    assert answer.err.count("\n") == 1

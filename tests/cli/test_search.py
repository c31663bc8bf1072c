"""``consortium search``: what was found, a line each, in the user's language."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consortium.models import Database
from consortium.testing import Make
from tests.cli.conftest import Call


@pytest.fixture
def told(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database in which something is told in two languages."""
    call("init")
    database = Database(f"sqlite:///{tmp_path}/var/consortium.sqlite")
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        make = Make(database, session)
        project = make.sub_project({"nb": "Åpen samhandling", "sv": "Öppen samverkan"}, key="DP-1")
        make.milestone(project, key="M-1", title={"sv": "Samverkansavtal är på plats"})
        make.keep()
    database.engine.dispose()
    return call


def test_each_find_is_told_on_a_line_with_what_was_found_between_stars(told: Call) -> None:
    answer = told("search", "samhandlingen")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "Sub-project DP-1 “Åpen samhandling”: Åpen *samhandling*",
        "Milestone M-1 “Samverkansavtal är på plats” (DP-1): *Samverkansavtal* är på plats",
        "2 were found.",
    ]


def test_titles_and_excerpts_are_in_the_users_language_where_they_can_be(told: Call) -> None:
    answer = told("--ui-language", "sv", "search", "samhandling", "--kind", "sub_project")

    assert answer.out.splitlines()[0].endswith("DP-1 ”Öppen samverkan”: Öppen *samverkan*")


def test_where_nothing_is_found_it_says_so(told: Call) -> None:
    answer = told("search", "samhandling", "finnes", "ikke")

    assert (answer.code, answer.out) == (0, "Nothing was found. Write fewer words, or other ones.\n")


def test_a_kind_that_is_none_is_refused(told: Call) -> None:
    assert told("search", "åpen", "--kind", "account").code == 1

"""``consortium history verify``: says that all is as it was recorded, or where not."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Call
from tests.cli.making import making


@pytest.fixture
def kept(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database in which a person was added and renamed."""
    call("init")
    with making(tmp_path) as make:
        person = make.person("Kari")
        make.keep()
        person.name = "Kari Lind"
    return call


def link_of(answer: Answer) -> str:
    return next(line for line in answer.out.splitlines() if line.startswith("Last link: ")).removeprefix("Last link: ")


def write(tmp_path: Path, words: str) -> None:
    """Write past Consortium."""
    with sqlite3.connect(tmp_path / "var" / "consortium.sqlite") as connection:
        connection.execute(words)
    connection.close()


def test_what_nobody_touched_is_as_it_was_recorded(kept: Call) -> None:
    answer = kept("history", "verify")
    again = kept("history", "verify", "--link", link_of(answer))

    assert (answer.code, again.code, answer.err + again.err) == (0, 0, "")
    assert answer.out.startswith("3 changes in the history\n")
    assert "the link that was kept is there" in again.out


def test_a_record_that_was_changed_past_the_history_is_named(kept: Call, tmp_path: Path) -> None:
    write(tmp_path, "UPDATE person SET name = 'En annen'")

    answer = kept("history", "verify")

    assert answer.code == 1
    assert "person “person1” does not say what was recorded: name." in answer.out


def test_a_missing_end_shows_by_the_link_that_was_kept(kept: Call, tmp_path: Path) -> None:
    link = link_of(kept("history", "verify"))
    write(tmp_path, "DELETE FROM change WHERE id = 3")

    assert "its end is missing" in kept("history", "verify", "--link", link).out


def test_what_is_no_link_is_told(kept: Call) -> None:
    answer = kept("history", "verify", "--link", "3:abc")

    assert (answer.code, answer.out) == (1, "")
    assert "“3:abc” is no link of a history" in answer.err

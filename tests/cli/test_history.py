"""``consortium history verify``: says that all is as it was recorded, or where not."""

import sqlite3
from pathlib import Path

import pytest

from consortium.services.snapshots import take_snapshot
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


@pytest.fixture
def full(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database with all kinds of records and a snapshot."""
    call("init")
    with making(tmp_path) as make:
        make.sub_project("Nedfor", key="DP-1")
        make.gathering(key="G")
        gone = make.person()
        make.keep()
        make.session.delete(gone)
        make.person(key="kari")
        take_snapshot(make.session, make.operator, consortium=make.home, key="S")
    return call


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE sub_project SET start = '2026-01-01' WHERE key = 'DP-1'", "sub_project “DP-1” does not say"),
        ("UPDATE sub_project SET title = '{' WHERE key = 'DP-1'", "recorded: ?."),
        ("UPDATE gathering SET number = 'først'", "recorded: ?."),
        ("UPDATE gathering SET consortium_id = 99", "recorded: consortium."),
        ("UPDATE organisation SET parent_id = id", "recorded: parent."),
        ("UPDATE person SET id = id - 1 WHERE key = 'kari'", "person “kari” is there"),
        ("UPDATE snapshot_line SET snapshot_id = 99", "lines belong to no snapshot."),
        ("UPDATE snapshot_line SET key = 'DP-9' WHERE key = 'DP-1'", "stands under another name or in another place"),
    ],
)
def test_whatever_is_written_past_the_history_is_named(full: Call, tmp_path: Path, statement: str, told: str) -> None:
    write(tmp_path, statement)

    assert told in full("history", "verify").out


def test_a_link_that_stands_at_another_change_is_told(kept: Call) -> None:
    number, _mark, link = link_of(kept("history", "verify")).partition(":")

    assert f"is of change 1, but stands at change {number}" in kept("history", "verify", "--link", f"1:{link}").out

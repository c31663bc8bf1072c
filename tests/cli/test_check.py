"""``consortium check``: says what somebody should look at, and ends with 1 only when asked to be strict."""

from pathlib import Path

import pytest

from consortium.cli.check import HEADINGS
from consortium.services.checking import Concern
from tests.cli.conftest import Call
from tests.cli.making import making


@pytest.fixture
def doubtful(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database in which something is doubtful."""
    call("init")
    with making(tmp_path) as make:
        project = make.sub_project({"nb": "Huset", "sv": "Huset"}, key="DP-1")
        make.status(project, summary={"nb": "En milepæl.", "sv": "En milpåle."}, achieved={"nb": "Alt."}, key="S1")
    return call


def test_findings_stand_under_their_headings(doubtful: Call) -> None:
    answer = doubtful("check")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "Missing texts: 1",
        "  Huset (S1): Achieved in Swedish",
        "Doubtful words: 1",
        "  Huset (S1): Summary in Swedish: “milpåle” is called “milstolpe” in Swedish.",
        "Records: 1",
        "  Huset (DP-1): Nobody is its project manager. Give a person that capacity.",
        "3 findings",
    ]


def test_it_ends_with_1_where_it_shall_be_strict(doubtful: Call) -> None:
    answer = doubtful("check", "--strict")

    assert (answer.code, answer.err) == (1, "")
    assert answer.out.endswith("3 findings\n")


def test_where_there_is_nothing_to_look_at_it_says_so(call: Call, tmp_path: Path) -> None:
    call("init")
    with making(tmp_path) as make:
        assert make.home.key
    answer = call("check", "--strict")

    assert (answer.code, answer.out) == (0, "There is nothing to look at.\n")


def test_findings_are_told_in_the_language_of_the_user(doubtful: Call) -> None:
    assert "svenska" in doubtful("--ui-language", "sv", "check").out


def test_every_concern_has_a_heading() -> None:
    assert set(HEADINGS) == set(Concern)

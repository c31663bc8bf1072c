"""The options of ``consortium report``: since when, how much of the consortium, and what a missing text does."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.making import making


@pytest.fixture
def two(call: Call, tmp_path: Path) -> Call:
    """Give the command on a database with a Norwegian and a Swedish sub-project, and a gathering behind them."""
    call("init")
    with making(tmp_path) as make:
        north, east = make.partner("Nord", key="nord"), make.partner("Öst", key="ost", country="SE")
        project = make.sub_project({"nb": "Huset", "sv": "Huset"}, key="DP-1", partners=[north])
        make.assessment(make.theme(key="recovery", name={"nb": "Recovery", "sv": "Recovery"}), project)
        make.sub_project("Bare norsk", key="DP-2", partners=[east])
        make.gathering("Samling", day=date(2026, 4, 1))
    return call


def details(call: Call, tmp_path: Path, *arguments: str) -> str:
    """Read what the report says of itself."""
    answer = call("report", "--language", "en", "--output", "x.json", *arguments)
    assert (answer.code, answer.err) == (0, "")
    return json.dumps(json.loads((tmp_path / "x.json").read_text(encoding="utf-8")), ensure_ascii=False)


def test_a_report_is_compared_with_the_last_gathering_unless_told_otherwise(two: Call, tmp_path: Path) -> None:
    assert "What has changed since the gathering of 1 April 2026" in details(two, tmp_path)
    assert "What has changed since 1 March 2026" in details(two, tmp_path, "--since", "2026-03-01")
    two("snapshot", "take", "vår", "--as-of", "2026-05-01")
    for words in ("last-snapshot", "vår"):
        assert "What has changed since the snapshot of 1 May 2026" in details(two, tmp_path, "--since", words)


@pytest.mark.parametrize(
    ("option", "there", "missing"),
    [
        (("--partner", "nord"), "Huset", "Bare norsk"),
        (("--country", "se"), "Bare norsk", "Huset"),
        (("--theme", "recovery"), "Huset", "Bare norsk"),
    ],
)
def test_a_report_is_limited_and_says_so(
    two: Call, tmp_path: Path, option: tuple[str, str], there: str, missing: str
) -> None:
    said = details(two, tmp_path, *option)

    assert "Limited to" in said
    assert there in said
    assert missing not in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("--since", "jul"),
            "“jul” is neither a day nor a snapshot nor a gathering. See “consortium snapshot list” and",
        ),
        (("--language", "nbb"), "Do you mean nb?"),
        (("--since", "2026-06-15"), "is not before 15 June 2026, the day of the report."),
        (("--since", "last-snapshot"), "There is no snapshot yet. Take one with: consortium snapshot take"),
        (("--partner", "vest"), "There is no “vest” to limit the report to. There are: nord, ost."),
        (("--theme", "jul"), "There are: recovery."),
        (("--country", "FI"), "There are: NO, SE."),
        (("--partner", "nord", "--country", "NO"), "Choose one of them."),
    ],
)
def test_what_cannot_be_is_told_in_one_line_and_nothing_is_written(
    two: Call, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    answer = two("report", *arguments)

    assert (answer.code, answer.out) == (1, "")
    assert says in answer.err
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_missing_texts_block_a_report_and_are_listed(two: Call, tmp_path: Path) -> None:
    answer = two("report", "--missing", "block")

    assert answer.code == 1
    assert "Bare norsk: Title is missing in Swedish (DP-2)." in answer.err
    assert not (tmp_path / "out").exists()
    assert two("report", "--missing", "block", "--language", "nb").code == 0


def test_missing_texts_are_marked_where_that_is_asked_for(two: Call, tmp_path: Path) -> None:
    assert "The text is missing in English." in details(two, tmp_path, "--missing", "mark")
    assert "The text is missing in English." not in details(two, tmp_path)


def test_an_unknown_way_with_missing_texts_is_refused(two: Call) -> None:
    answer = two("report", "--missing", "guess")

    assert answer.code == 2
    assert "fallback" in answer.err

"""The command line: everything goes out into a file, and comes in again."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def filled(call: Call) -> Call:
    """Call ``consortium`` beside a database with the example in it."""
    call("init")
    call("example", "example.xlsx")
    call("import", "example.xlsx")
    return call


def test_everything_goes_out_and_comes_back(filled: Call, tmp_path: Path) -> None:
    assert filled("export", "all.jsonl").out == "The export is in all.jsonl.\n"
    filled("--database", "sqlite:///other.sqlite", "init")
    dry = filled("--database", "sqlite:///other.sqlite", "import", "all.jsonl", "--dry-run")
    answer = filled("--database", "sqlite:///other.sqlite", "import", "all.jsonl")
    filled("--database", "sqlite:///other.sqlite", "export", "again.jsonl")

    assert "This was a dry run; nothing was changed." in dry.out
    assert "Sub-projects: 20 new, 0 changed, 0 as before" in answer.out
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()
    assert "Everything was already as the file says." in filled("import", "all.jsonl").out


@pytest.mark.parametrize(
    "arguments", [("x.xlsx", "--language", "sv"), ("x.zip",), ("groups.csv",), ("x.csv", "--sheet", "groups")]
)
def test_an_export_has_the_form_that_its_ending_says(filled: Call, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = filled("export", *arguments)

    assert (answer.code, answer.err) == (0, "")
    assert (tmp_path / arguments[0]).read_bytes()[:4] in {b"PK\x03\x04", b"key,"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("example.xlsx",), "example.xlsx is already there. Choose another name, or say --force to replace it."),
        (("x.pdf",), "x.pdf has none of the endings by which an export knows its form"),
        (("x.csv",), "“x” is none of the sheets"),
        (("x.jsonl", "--consortium", "moon"), "There is no consortium “moon”."),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_line(filled: Call, arguments: tuple[str, ...], says: str) -> None:
    answer = filled("export", *arguments)

    assert answer.code == 1
    assert says in answer.err
    assert answer.err.count("\n") == 1


def test_an_export_is_replaced_when_asked(filled: Call, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("before", encoding="utf-8")

    assert filled("export", "x.jsonl", "--force").code == 0
    assert (tmp_path / "x.jsonl").read_bytes().startswith(b'{"consortium-export":1,')


def test_what_is_wrong_with_an_export_is_told_line_by_line(filled: Call, tmp_path: Path) -> None:
    filled("export", "x.jsonl")
    whole = (tmp_path / "x.jsonl").read_bytes()
    (tmp_path / "x.jsonl").write_bytes(whole.replace(b'"country":"SE"', b'"country":"XX"', 1))

    answer = filled("import", "x.jsonl")

    assert answer.code == 1
    assert "x.jsonl was not imported. There is 1 problem:" in answer.err
    assert 'country: "XX" is none of the codes NO, SE. Write one of these.' in answer.err
    assert "Nothing was changed." in answer.err

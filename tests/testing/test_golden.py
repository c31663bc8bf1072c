"""Golden files: a document that says something else is shown line by line, and accepted when asked to."""

from pathlib import Path

import pytest

from consortium.testing import Golden, alone, whole_facts
from consortium.testing.golden import compare
from consortium.variants import overview


def test_a_document_is_compared_in_the_format_of_the_files_ending(tmp_path: Path) -> None:
    document = alone(overview.chapter, whole_facts())

    compare(document, tmp_path / "golden" / "overview.md", is_updating=True)

    compare(document, tmp_path / "golden" / "overview.md")
    assert "Oversikt" in (tmp_path / "golden" / "overview.md").read_text(encoding="utf-8")


def test_a_difference_is_told_line_by_line_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "told.md").write_bytes("Første\nAndre\nTredje\n".encode())

    with pytest.raises(pytest.fail.Exception) as caught:
        compare("Første\nEn annen\nTredje\n".encode(), tmp_path / "told.md")

    assert "-Andre\n+En annen\n" in str(caught.value)
    assert "pytest --update-golden" in str(caught.value)


def test_a_golden_file_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"There is no .*told\.md"):
        compare(b"", tmp_path / "told.md")


def test_bytes_that_are_no_text_are_compared_too(tmp_path: Path) -> None:
    (tmp_path / "told.pdf").write_bytes(b"\xff\x00")

    with pytest.raises(pytest.fail.Exception, match="The file has 2 bytes; 1 were made"):
        compare(b"\xff", tmp_path / "told.pdf")


def test_the_fixture_looks_beside_the_test(golden: Golden, request: pytest.FixtureRequest) -> None:
    folder = request.path.parent / "golden"

    with pytest.raises(pytest.fail.Exception, match=str(folder)):
        golden(b"", "never-written.md")

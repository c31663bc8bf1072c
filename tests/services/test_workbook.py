"""Workbooks to fill in: headings, notes and lists in the user's language, and the same bytes every time."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from consortium.services.importing import LAYOUT, write_workbook


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_a_template_has_a_note_on_every_column_and_lists_for_codes(tmp_path: Path, language: str) -> None:
    book = load_workbook(write_workbook(tmp_path / "x.xlsx", language=language, tags=("nb", "sv")))

    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert [sheet.title for sheet in sheets] == [sheet.heading.say(language) for sheet in LAYOUT]
    assert all(cell.value and cell.comment for sheet in sheets for cell in sheet[1])
    assert sum(len(sheet.data_validations.dataValidation) for sheet in sheets) == 12


def test_equal_workbooks_are_equal_byte_for_byte(tmp_path: Path) -> None:
    one, two = (write_workbook(tmp_path / name, language="nb", tags=("nb",)) for name in ("one.xlsx", "two.xlsx"))

    assert one.read_bytes() == two.read_bytes()


def test_a_formula_in_a_users_text_stays_text(tmp_path: Path) -> None:
    content = {"groups": [{"key": "g", "name.nb": "=HYPERLINK(1)"}]}
    book = load_workbook(write_workbook(tmp_path / "x.xlsx", language="en", tags=("nb",), content=content))

    assert book["Region groups"]["B2"].data_type == "s"

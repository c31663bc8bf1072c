"""Workbooks to fill in: headings, notes and lists in the user's language, and the same bytes every time."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.services.importing import LAYOUT, write_workbook
from consortium.services.importing.layout import Kind
from consortium.services.importing.sheets import find_sheet


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_a_template_has_a_note_on_every_column_and_lists_for_codes(tmp_path: Path, language: str) -> None:
    book = load_workbook(write_workbook(tmp_path / "x.xlsx", language=language, tags=("nb", "sv")))

    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert [sheet.title for sheet in sheets] == [sheet.heading.say(language) for sheet in LAYOUT]
    assert all(cell.value and cell.comment for sheet in sheets for cell in sheet[1])
    lists = [len([column for column in sheet.columns if column.kind in {Kind.CODE, Kind.LANGUAGE}]) for sheet in LAYOUT]
    assert [len(sheet.data_validations.dataValidation) for sheet in sheets] == lists


def test_every_heading_leads_back_to_its_column_in_every_language() -> None:
    for sheet in LAYOUT:
        for column in sheet.spread(INTERFACE_LANGUAGES):
            found = [sheet.find(heading) for heading in map(column.title, INTERFACE_LANGUAGES)]
            assert {each.machine_name for each in found if each} == {column.machine_name}
            assert all(found)


def test_every_sheet_has_a_title_that_a_spreadsheet_takes_and_that_is_its_own_in_every_language() -> None:
    for language in INTERFACE_LANGUAGES:
        titles = [sheet.heading.say(language) for sheet in LAYOUT]
        assert max(map(len, titles)) <= 31
        assert [find_sheet(title) for title in titles] == list(LAYOUT)


def test_all_that_a_gathering_and_the_work_are_told_in_has_a_sheet_before_what_refers_to_it() -> None:
    names = [sheet.name for sheet in LAYOUT]
    for sheet in LAYOUT:
        for column in sheet.columns:
            if column.kind is Kind.ONE and column.group != sheet.name:
                assert names.index(column.group) < names.index(sheet.name)


def test_equal_workbooks_are_equal_byte_for_byte(tmp_path: Path) -> None:
    one, two = (write_workbook(tmp_path / name, language="nb", tags=("nb",)) for name in ("one.xlsx", "two.xlsx"))

    assert one.read_bytes() == two.read_bytes()


def test_a_formula_in_a_users_text_stays_text(tmp_path: Path) -> None:
    content = {"groups": [{"key": "g", "name.nb": "=HYPERLINK(1)"}]}
    book = load_workbook(write_workbook(tmp_path / "x.xlsx", language="en", tags=("nb",), content=content))

    assert book["Region groups"]["B2"].data_type == "s"

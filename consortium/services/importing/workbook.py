"""Makes workbooks to fill in: headings in the user's language, a note on every column, lists to choose from."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _
from consortium.services.codes import CodeName
from consortium.services.files import whole_file
from consortium.services.importing.layout import Column, Kind, Sheet
from consortium.services.importing.sheets import LAYOUT
from consortium.texts.terms import terms

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: rows that get a list to choose from
ROWS = 2000

#: the sheet that holds the lists; hidden, and left out by the import
LISTS = "_lists"

#: a day that every workbook says it was made on, so that equal ones are equal byte for byte
NEVER = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook knows no time zones

#: the number by which spreadsheets know the size of paper
A4 = 9

#: the first day that all spreadsheets count alike: 1900 was no leap year, but for some
FIRST_DAY = date(1900, 3, 1)

#: what stands in a cell
Filling = str | date | Decimal | int

#: what stands in the sheets: rows of values by the machine names of their columns
Content = Mapping[str, Iterable[Mapping[str, Filling]]]

_WIDTHS = {
    Kind.WORDS: 44,
    Kind.DATE: 13,
    Kind.NUMBER: 14,
    Kind.MEASURE: 14,
    Kind.WHOLE: 12,
    Kind.KEY: 16,
    Kind.CODE: 22,
    Kind.LANGUAGE: 14,
}


def write_workbook(path: str | Path, *, language: str, tags: tuple[str, ...], content: Content | None = None) -> Path:
    """Write a workbook with headings in ``language`` and a column for each of ``tags`` in every text.

    :param content: rows to begin with; without any it is a template
    """
    import xlsxwriter

    path = Path(path)
    with (
        whole_file(path) as file,
        xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book,
    ):
        book.set_properties({"title": _("Consortium").say(language), "created": NEVER})
        formats = {
            "head": book.add_format(
                {
                    "bold": True,
                    "bg_color": "#E3EDF2",
                    "font_color": "#083B52",
                    "bottom": 1,
                    "text_wrap": True,
                    "valign": "top",
                }
            ),
            "words": book.add_format({"text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
            "number": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "measure": book.add_format({"valign": "top", "align": "right", "indent": 1}),
            "whole": book.add_format({"num_format": "0", "valign": "top", "align": "right", "indent": 1}),
        }
        for sheet in LAYOUT:
            _add_sheet(book, sheet, language, tags, list((content or {}).get(sheet.name, ())), formats)
        _add_lists(book, language)
    return path


def _add_sheet(
    book: "Workbook",
    sheet: Sheet,
    language: str,
    tags: tuple[str, ...],
    rows: list[Mapping[str, Any]],
    formats: Mapping[str, Any],
) -> None:
    page = book.add_worksheet(sheet.heading.say(language))
    page.freeze_panes(1, 1)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    used = {name for row in rows for name, value in row.items() if value}
    columns = list(sheet.spread(tags, bases=frozenset(used)))
    for place, column in enumerate(columns):
        page.write_string(0, place, column.title(language), formats["head"])
        page.write_comment(0, place, _note(column, language), {"x_scale": 2, "y_scale": 1.2})
        page.set_column(place, place, _WIDTHS.get(column.kind, 20), formats.get(str(column.kind), formats["words"]))
        _offer(page, place, column)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(page, (number, place), row.get(column.machine_name), column, language)


def _note(column: Column, language: str) -> str:
    needed = _("Must be filled in.") if column.required else _("May be empty.")
    if column.required and column.kind is Kind.WORDS:
        needed = _("Must be filled in, in at least one language.")
    return f"{column.note.say(language)}\n{needed.say(language)}"


def _offer(page: "Worksheet", place: int, column: Column) -> None:
    """Let the user choose a code from a list."""
    if column.kind is Kind.LANGUAGE:
        page.data_validation(
            1, place, ROWS, place, {"validate": "list", "source": list(INTERFACE_LANGUAGES), "error_type": "warning"}
        )
    if column.kind is not Kind.CODE:
        return
    groups = _groups()
    letter = chr(ord("A") + groups.index(column.group))
    source = f"={LISTS}!${letter}$1:${letter}${len(terms(column.group))}"
    page.data_validation(1, place, ROWS, place, {"validate": "list", "source": source, "error_type": "warning"})


def _write(page: "Worksheet", at: tuple[int, int], value: Filling | None, column: Column, language: str) -> None:
    if value is None or value == "":
        return
    if column.kind is Kind.CODE:
        page.write_string(*at, CodeName(str(value), context=column.group).say(language))
    elif isinstance(value, date) and value >= FIRST_DAY:
        page.write_datetime(*at, datetime(value.year, value.month, value.day))  # noqa: DTZ001  # a day, not a moment
    elif isinstance(value, (Decimal, int)):
        page.write_number(*at, float(value))
    else:
        page.write_string(*at, str(value))


def _groups() -> list[str]:
    return sorted({column.group for sheet in LAYOUT for column in sheet.columns if column.kind is Kind.CODE})


def _add_lists(book: "Workbook", language: str) -> None:
    page = book.add_worksheet(LISTS)
    page.hide()
    for place, group in enumerate(_groups()):
        for row, code in enumerate(terms(group)):
            page.write_string(row, place, CodeName(code, context=group).say(language))

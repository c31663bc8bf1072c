import errno
import gc
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from consortium.documents import Block, Column, Heading, Mark, Paragraph, Phrase, Row, Section, Table, Words
from consortium.errors import PluginProblem
from consortium.facts import Stream
from consortium.writers import xlsx_lines, xlsx_sheets
from consortium.writers.signs import COLOURS
from consortium.writers.xlsx import XlsxWriter
from consortium.writers.xlsx_looks import Names
from consortium.writers.xlsx_values import Figure, value
from tests.writers.samples import HOSTILE, blocks_of, chart, document, drawings, every_block, say, section, written

ROOT = Path(__file__).parents[2]
WRITE = """
import sys
from consortium.plugins import FrontDesk
from tests.writers.samples import every_block
FrontDesk().writer(sys.argv[1]).write(every_block(("nb", "sv")), sys.stdout.buffer)
"""

TWO = ("nb", "sv")
CANARY = r"\w\w-ord-\d+"
NAME, COUNT = Column(say("Navn")), Column(say("Antall"), "end")


def book_of(*blocks: Block, languages: tuple[str, ...] = ("nb",)) -> Workbook:
    return opened(written(XlsxWriter(), document(*blocks, languages=languages)))


def opened(made: bytes) -> Workbook:
    return load_workbook(BytesIO(made))


def rows_of(book: Workbook, name: str) -> list[tuple[Any, ...]]:
    return list(book[name].iter_rows(values_only=True))


def cells_of(book: Workbook) -> Iterator[str]:
    for page in book.worksheets:
        yield from (str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None)


def table(*rows: Row, caption: str = "Tall", columns: tuple[Column, ...] = (NAME, COUNT)) -> Table:
    return Table(say(caption), columns, rows)


def under(title: str, *blocks: Block) -> Section:
    return Section(Heading(say(title), 1, ""), blocks)


def row(name: str, words: str, **more: str) -> Row:
    return Row((say(name), say(words)), **more)


def test_the_writer_walks_every_kind_of_block() -> None:
    assert set(xlsx_lines.WRITES) == set(get_args(Block))


@pytest.mark.parametrize("languages", [("nb",), TWO])
def test_no_word_is_lost(languages: tuple[str, ...]) -> None:
    made = every_block(languages)
    drawn = {each for block in drawings(lambda _: ()) for each in re.findall(CANARY, str(block))}
    said = {*re.findall(CANARY, str(made))} - drawn
    pictured = {each for part in re.findall(r"drawing=(.*?), table=", str(made)) for each in re.findall(CANARY, part)}

    found = {each for cell in cells_of(opened(written(XlsxWriter(), made))) for each in re.findall(CANARY, cell)}
    assert said - pictured - found == set()


def test_a_table_is_a_sheet_with_its_head_in_the_first_row() -> None:
    book = book_of(table(row("Norge", "12"), row("Sverige", "1\u00a0234,5")))

    assert book.sheetnames == ["Statusoversikt", "Tall"]
    assert rows_of(book, "Tall") == [("Navn", "Antall"), ("Norge", 12), ("Sverige", 1234.5)]
    assert (book["Tall"].freeze_panes, book["Tall"].auto_filter.ref) == ("B2", "A1:B3")
    assert book["Tall"].print_title_rows == "$1:$1"


def test_tables_with_the_same_heads_are_gathered_under_the_names_of_their_sections() -> None:
    book = book_of(under("Nord", table(row("A", "1"))), under("Sør", table(row("B", "2"))))

    assert rows_of(book, "Tall")[1:] == [("Nord", "A", 1), ("Sør", "B", 2)]
    assert [each[-1] for each in rows_of(book, "Tekst")[1:]] == ["Nord", "Sør"]


def test_a_column_is_parted_only_where_the_languages_differ() -> None:
    both = (Phrase("i rute", "nb"), Phrase("enligt plan", "sv"))
    day = (Phrase("3. juni 2026", "nb"), Phrase("3 juni 2026", "sv"))
    columns = (NAME, Column((Phrase("Tilstand", "nb"), Phrase("Läge", "sv"))), Column(say("Dag")))
    book = book_of(table(Row((say("A"), both, day)), columns=columns), languages=TWO)

    assert rows_of(book, "Tall") == [
        ("Navn", "Tilstand (nb)", "Läge (sv)", "Dag"),
        ("A", "i rute", "enligt plan", datetime(2026, 6, 3)),  # noqa: DTZ001  # a workbook knows no time zones
    ]


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("12", "nb", Figure(Decimal(12), "0")),
        ("\u22125", "sv", Figure(Decimal(-5), "#,##0")),
        ("1\u00a0234,5", "nb", Figure(Decimal("1234.5"), "#,##0.0")),
        ("1,234", "nb", Figure(Decimal("1.234"), "#,##0.000")),
        ("1,234", "en", Figure(Decimal(1234), "#,##0")),
        ("850\u00a0000\u00a0NOK", "sv", Figure(Decimal(850000), '#,##0"\u00a0NOK"')),
        ("15. juni 2026", "nb", date(2026, 6, 15)),
        ("2026-06-15", "sv", date(2026, 6, 15)),
        ("15. juni 2026", "sv", "15. juni 2026"),
        ("+47 900 00 000", "nb", "+47 900 00 000"),
        ("12 av 20", "nb", "12 av 20"),
        ("1e5", "nb", "1e5"),
        ("٣", "nb", "٣"),
        ("", "nb", ""),
    ],
)
def test_only_what_is_surely_a_figure_or_a_day_is_one(words: str, language: str, said: object) -> None:
    assert value(words, language) == said


def test_every_row_tells_of_which_record_it_is() -> None:
    book = book_of(table(row("A", "1", source="DP-1:2026-06-01"), row("B", "2")))

    assert rows_of(book, "Tall")[1:] == [("A", 1, "DP-1:2026-06-01"), ("B", 2, None)]


def test_a_state_stands_on_its_tint() -> None:
    late = Phrase("forsinket", "nb", sign="state.delayed")
    cell = book_of(table(Row(((late,), say("1")))))["Tall"]["A2"]

    assert f"#{cell.fill.fgColor.rgb[2:].lower()}" == COLOURS["state.delayed"][1]


def test_what_is_not_quite_right_is_remarked_on() -> None:
    words: Words = (Phrase("Hei", "nb"), Phrase("Hei", "nb", Mark.FALLBACK, "på norska"))
    book = book_of(section(1, 1, Paragraph(words)), languages=TWO)

    assert rows_of(book, "Tekst")[-1][-3:] == ("Hei", "Hei", "Text (sv): på norska")


def test_the_first_sheet_says_what_it_is_and_leads_to_the_others() -> None:
    page = book_of(Paragraph(say("Først dette.")), table(row("A", "1")))["Statusoversikt"]

    words = [cell.value for line in page.iter_rows() for cell in line if cell.value]
    assert words[:3] == ["Statusoversikt", "Trygg oppvekst", "Status per 12. juni 2026"]
    assert {"12. juni 2026", "0123456789abcdef" * 4, "Først dette."} <= set(words)
    assert [link.location for line in page.iter_rows() for cell in line if (link := cell.hyperlink)] == ["'Tall'!A1"]


def test_the_sentence_of_a_chart_stands_in_the_text_and_its_figures_on_a_sheet() -> None:
    book = book_of(under("Oversikt", chart(drawings(say)[0])))

    assert rows_of(book, "Tekst")[-1][-2:] == ("Tilstand", "Tolv er i rute.")
    assert rows_of(book, "Tilstand")[1] == ("Norge", 12)
    assert "Tallene" in [cell.value for line in book["Statusoversikt"].iter_rows() for cell in line]


FORMULAS = ("=1+1", "+47", "-x", "@SUM(A1)", "\t=1", "{=1}", "https://example.org", "mailto:a@b.no", "internal:x")


@pytest.mark.parametrize("hostile", [*HOSTILE, *FORMULAS, "<r><t>x</t></r>", "_x0041_", "\x00", "\ud83d", "\uffff"])
def test_what_people_write_stays_text(hostile: str) -> None:
    made = written(XlsxWriter(), document(*blocks_of(hostile), table(row(hostile, hostile, source=hostile))))

    with ZipFile(BytesIO(made)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "sheets/sheet" in name]
        assert not any("<f>" in sheet or "<r>" in sheet for sheet in sheets)
        assert not any(b"External" in package.read(name) for name in package.namelist() if name.endswith(".rels"))
    if hostile.isprintable() and not hostile.startswith(("<r>", "_x")):
        assert hostile in {*cells_of(opened(made)), ""}


def test_words_that_are_too_long_for_a_cell_go_on_in_the_next_row() -> None:
    long = "æ" * 40_000 + "slutt"
    rows = rows_of(book_of(under("Nord", Paragraph(say(long)))), "Tekst")
    assert "".join(each[2] for each in rows[2:]) == long
    assert [each[3] for each in rows[2:]] == [None, *["fortsetter fra raden over"] * 2]


def test_a_sheet_that_is_full_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheets, "MOST_ROWS", 3)
    book = book_of(table(*(row(f"R{number}", "1") for number in range(5))))

    assert book.sheetnames[1:] == ["Tall", "Tall (2)", "Tall (3)"]
    assert [each[0] for name in book.sheetnames[1:] for each in rows_of(book, name)[1:]] == [
        "R0",
        "R1",
        "R2",
        "R3",
        "R4",
    ]


def test_a_table_too_many_stands_cell_by_cell_among_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_lines, "MOST_SHEETS", 2)
    one, two = table(row("A", "1"), caption="En"), table(row("B", "2"), caption="To")
    book = book_of(under("Nord", one, two))

    assert book.sheetnames[1:] == ["Tekst", "En"]
    assert rows_of(book, "Tekst")[-1][-2:] == ("To, B, Antall", "2")


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Tall [2026]: a/b*c?\\'", "Tall 2026 a b c"),
        ("Delprosjekter som ikke har rapportert i år", "Delprosjekter som ikke har…"),
        ("😀" * 20, "😀" * 15 + "…"),
        ("History", "History (2)"),
        ("", "(2)"),
    ],
)
def test_a_sheet_gets_a_name_that_a_workbook_can_hold(wanted: str, name: str) -> None:
    assert Names().name(wanted) == name


def test_where_two_names_begin_alike_the_second_shows_its_end() -> None:
    names = Names()
    wanted = (
        "Delprosjekter etter tilstand",
        "Delprosjekter etter tilstand og land",
        "Delprosjekter etter tilstand nå og da",
    )

    assert [names.name(each) for each in wanted] == [
        "Delprosjekter etter tilstand",
        "…etter tilstand og land",
        "…etter tilstand nå og da",
    ]
    assert names.name("Delprosjekter " + "x" * 40).endswith("…")


def test_no_two_sheets_have_the_same_name() -> None:
    names = Names()

    assert [names.name(each) for each in ("Tall", "TALL", "tall")] == ["Tall", "TALL (2)", "tall (3)"]


def test_the_file_tells_nothing_of_the_machine() -> None:
    before = os.umask(0o077)
    first = written(XlsxWriter(), every_block(TWO))
    os.umask(0o002)
    second = written(XlsxWriter(), every_block(TWO))
    os.umask(before)

    assert first == second
    with ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 31, 0, 0, 0)}
    assert opened(first).properties.created == datetime(2026, 6, 12)  # noqa: DTZ001  # a workbook knows no time zones


@pytest.mark.parametrize("key", ["json", "xlsx"])
def test_the_same_document_gives_the_same_bytes_in_another_process_and_time_zone(key: str) -> None:
    def write(zone: str, seed: str) -> bytes:
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", WRITE, key]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout  # noqa: S603  # our own

    first = write("Pacific/Kiritimati", "1")
    assert len(first) > 5_000
    assert first == write("Pacific/Pago_Pago", "2")


def test_a_fault_of_a_report_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    walks = iter([True, False])

    def fail() -> Iterator[Block]:
        yield section(1)
        if not next(walks):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        written(XlsxWriter(), document(stream=Stream(fail)))
    assert list(tmp_path.iterdir()) == []


def test_a_long_report_is_never_all_in_memory() -> None:
    long = Stream(
        lambda: (section(number, 2, Paragraph(say("ord " * 500)), table(row("A", "1"))) for number in range(300))
    )
    written(XlsxWriter(), document(section(1)))  # what is loaded once
    tracemalloc.start()
    XlsxWriter().write(document(stream=long), BytesIO())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_block_of_an_unknown_kind_is_refused_by_name() -> None:
    class Banner:
        pass

    unknown: Block = Banner()  # type: ignore[assignment]  # what a plugin might bring
    with pytest.raises(PluginProblem, match="Banner"):
        book_of(unknown)


def test_words_that_change_between_the_walks_are_not_lost() -> None:
    walks = iter([say("Hei"), (Phrase("Hei", "nb"), Phrase("Hej", "sv"))])
    made = document(stream=Stream(lambda: (under("Nord", Paragraph(next(walks))),)), languages=TWO)

    assert "Hei / Hej" in set(cells_of(opened(written(XlsxWriter(), made))))


class FullDisk(BytesIO):
    """A file on a disk without room."""

    def write(self, _words: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_once_and_nothing_is_left_to_be_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consortium.writers.xlsx.TemporaryFile", lambda **_place: FullDisk())

    with pytest.raises(OSError, match="No space left on device"):
        written(XlsxWriter(), document(table(Row((say("Alta"), say("1"))))))

    gc.collect()  # what has not been ended would complain here

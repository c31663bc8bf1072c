"""The XLSX writer: a workbook to count and to filter in, a sheet for each kind of table and one for the text."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZipFile

from consortium.documents import Document, Writer
from consortium.hook import hookimpl
from consortium.i18n.language import language_name
from consortium.i18n.message import _
from consortium.scratch import scratch_folder
from consortium.writers.html import plain_title
from consortium.writers.signs import ACCENT, MUTED
from consortium.writers.xlsx_lines import HEADS, Line, Walk
from consortium.writers.xlsx_looks import Looks, Names, height, prepare, raise_row
from consortium.writers.xlsx_sheets import Page, joined
from consortium.writers.xlsx_values import pieces, text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: widths of the first sheet's columns, in signs; a fingerprint has room
LABEL, BROAD = 36, 66

#: what every entry of the file says of who may read it, whatever the machine says of its own files
RIGHTS = 0o600 << 16


class XlsxWriter(Writer):
    """Writes a document as a workbook, walked twice: to plan the columns, then to write them row by row."""

    key = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file``; its rows wait on the disk and are never all in memory."""
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError

        with scratch_folder() as folder, TemporaryFile(dir=folder) as made:
            package = _Package(made)
            try:
                with xlsxwriter.Workbook(package, {"constant_memory": True, "tmpdir": str(folder)}) as book:
                    _fill(book, document)
            except FileCreateError as fault:
                package.give_up()
                raise OSError(str(fault)) from fault
            _settle(made)
            made.seek(0)
            while some := made.read(1 << 16):
                file.write(some)


class _Package:
    """The file that a workbook is packed into: XlsxWriter leaves a package that failed open, to be ended at some time later."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def give_up(self) -> None:
        """Let what is still written go nowhere: the file will be gone by then, and the disk may be full."""
        self._file = BytesIO()

    def __getattr__(self, name: str) -> Any:
        """Be the file."""
        return getattr(self._file, name)


def _settle(made: BinaryIO) -> None:
    """Let no entry tell how this machine makes its files, for else equal documents would differ."""
    with ZipFile(made, "a") as package:
        for entry in package.infolist():
            entry.external_attr = RIGHTS
        package.comment = b""  # so that the list of entries is written anew


def _fill(book: "Workbook", document: Document) -> None:
    day = document.day
    book.set_properties(
        {
            "title": text(plain_title(document)),
            "subject": text(joined(document.period)),
            "author": text(joined(document.owner)),
            "keywords": document.fingerprint,
            "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001  # a workbook knows no time zones
        }
    )
    walk, looks, names = Walk(document), Looks(book), Names()
    for line in walk.lines():
        line.sheet.note(line)
    front = Front(book, walk, looks, names)
    pages = {sheet: Page(book, sheet, looks, names, walk.speech) for sheet in walk.sheets.values()}
    for line in walk.lines():
        if line.sheet is walk.opening:
            front.write(line)
        else:
            pages[line.sheet].write(line)
    front.list_contents(pages.values())
    for page in pages.values():
        page.close()


class Front:
    """The first sheet: what the workbook is, what it says first, and what else is in it."""

    def __init__(self, book: "Workbook", walk: Walk, looks: Looks, names: Names) -> None:
        document = walk.document
        self._page = book.add_worksheet(names.name(document.title[0].words if document.title else ""))
        self._looks, self._speech, self._row = looks, walk.speech, 0
        prepare(self._page)
        self._page.set_column(0, 0, LABEL, looks())
        self._page.set_column(1, len(document.languages), BROAD, looks())
        self._head(document)

    def _head(self, document: Document) -> None:
        """Say across the columns what the workbook is, and which language stands in which of them."""
        self._add(joined(document.title), text_wrap=False, bold=True, font_size=18, font_color="#083B52")
        self._page.set_row(0, 28)
        self._add(joined(document.owner), text_wrap=False, bold=True)
        self._add(joined(document.period), text_wrap=False, font_color=MUTED)
        self._row += 1
        if len(document.languages) > 1:
            named = (language_name(tag, tag) for tag in document.languages)
            self._add("", *(name[:1].upper() + name[1:] for name in named), font_color=MUTED, bottom=1)

    def write(self, line: Line) -> None:
        """Write a line of the title block or the opening: a label, then each language in its column."""
        topic, words = line.cells[HEADS:]
        said = (text(f"{each.words} ({each.note})" if each.note else each.words) for each in words)
        name = joined(topic)
        for row in zip_longest(*map(pieces, said), fillvalue=""):
            lines = max(height(name, LABEL), *(height(cell, BROAD) for cell in row))
            raise_row(self._page, self._row, lines)
            self._add(name, *row)
            name = ""  # what goes on in the next row has been named

    def _add(self, *cells: str, **look: object) -> None:
        for number, said in enumerate(cells):
            if said:
                self._page.write_string(self._row, number, text(said), self._looks(**look))
        self._row += 1

    def list_contents(self, pages: Iterable[Page]) -> None:
        """List the other sheets, each with a link that leads to it, and what it is called in full."""
        self._row += 1
        self._add(joined(self._speech.say(_("Contents"))), bold=True, bottom=1)
        link = self._looks(font_color=ACCENT, underline=1)
        for page in pages:
            self._page.write_url(self._row, 0, f"internal:'{page.name}'!A1", link, page.name)
            is_said = len(page.caption) == 1 and page.caption[0].words == page.name
            self._add("", *(each.words for each in page.caption if not is_said))


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the XLSX writer."""
    yield XlsxWriter()

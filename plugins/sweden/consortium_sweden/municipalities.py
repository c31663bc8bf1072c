"""The importer of the list of municipalities that the statistics office publishes each year.

It is a sheet with the columns *Kod* and *Namn* under a few lines of title, in which each county (two figures) stands
before its municipalities (four figures); the same as CSV is read too. Codes may have lost their first zero on the way.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from consortium.errors import InvalidValue
from consortium.facts.importer import ImportedRow, Importer
from consortium_sweden.identifiers import LENGTH, check_kommun
from consortium_sweden.voice import _

KIND = "se-kommun"

#: how the columns are headed, in Swedish and in English
HEADINGS = (("kod", "namn"), ("code", "name"))

#: no more bytes than these are unpacked
MOST_BYTES = 20_000_000

#: how old workbooks of Excel begin, which nothing but Excel reads well
OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Cells = Sequence[str]


def read_municipalities(content: bytes) -> dict[str, list[ImportedRow]]:
    """Read the list into rows of the sheet of registers.

    :raises InvalidValue: if it is a file of another kind, or there is no municipality in it
    """
    if content.startswith(OLD_EXCEL):
        raise InvalidValue(_("The file is in Excel’s old format (.xls). Open it and save it as .xlsx."))
    lines = _workbook(content) if content.startswith(b"PK") else _csv(content)
    found = dict(_municipalities(lines))
    if not found:
        raise InvalidValue(_("There is no municipality in the file. It has the columns Kod and Namn."))
    return {"registers": [{"kind": KIND, "code": code, "name": name} for code, name in sorted(found.items())]}


def _municipalities(lines: Iterable[Cells]) -> Iterator[tuple[str, str]]:
    """Walk the codes and names below their headings; what is no code of a municipality is a county or a remark."""
    columns: tuple[int, int] | None = None
    for line in lines:
        cells = [cell.strip() for cell in line]
        columns = _columns([cell.casefold() for cell in cells]) or columns
        if columns and max(columns) < len(cells):
            code, name = (cells[place] for place in columns)
            if name and (known := _code(code)):
                yield known, name


def _columns(heads: list[str]) -> tuple[int, int] | None:
    """Find the columns of codes and names in the line of headings; nothing in any other line."""
    found = (names for names in HEADINGS if set(names) <= set(heads))
    return next(((heads.index(code), heads.index(name)) for code, name in found), None)


def _code(words: str) -> str:
    """Return the code of a municipality, with the zero that a spreadsheet may have dropped; empty for anything else."""
    if len(words) not in {LENGTH - 1, LENGTH} or not (words.isascii() and words.isdigit()):
        return ""
    try:
        return check_kommun(words.zfill(LENGTH))
    except InvalidValue:
        return ""


def _workbook(content: bytes) -> Iterator[Cells]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                raise InvalidValue(_("The workbook is too large to be the list of municipalities."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                for row in sheet.iter_rows(values_only=True):
                    yield [str("" if cell is None else cell) for cell in row]
        finally:
            book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as fault:
        raise InvalidValue(_("The workbook cannot be opened. Download it again.")) from fault


def _csv(content: bytes) -> Iterator[Cells]:
    words = _decoded(content)
    delimiter = max(";,\t", key=words.count)
    try:
        yield from csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    except csv.Error as fault:
        raise InvalidValue(_("The file cannot be read as CSV.")) from fault


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def importers() -> Iterator[Importer]:
    """Walk the importers of Sweden."""
    yield Importer(
        key="se-municipalities",
        title=_("Swedish municipalities"),
        note=_("The list of counties and municipalities in the order of their codes, from Statistics Sweden (SCB)."),
        endings=("xlsx", "csv"),
        read=read_municipalities,
    )

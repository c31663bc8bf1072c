"""Exports a consortium into a file, whose ending says in which form."""

from pathlib import Path

from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Consortium
from consortium.services.exporting.json_lines import write_lines
from consortium.services.exporting.tables import Tables
from consortium.services.files import whole_file
from consortium.services.importing import LAYOUT, Sheet
from consortium.services.importing.sheets import find_sheet
from consortium.services.policy import Principal, Verb, demand

#: the forms, by the endings of their files
ENDINGS = (".jsonl", ".xlsx", ".zip", ".csv")


def export_records(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    path: str | Path,
    language: str = "en",
    sheet: str | None = None,
) -> Path:
    """Write all that ``principal`` may see into a file: JSON Lines, a workbook, a CSV file, or a ZIP archive of those.

    :param language: of the headings and codes of a workbook; the other forms are for machines
    :param sheet: the sheet that a CSV file shall hold, unless its name tells
    :raises NotPermitted: if ``principal`` may not see the consortium
    :raises InvalidValue: if the file's name does not say what it shall be
    """
    path = Path(path)
    ending = path.suffix.lower()
    chosen = _sheet(path, sheet) if ending == ".csv" else None
    if ending not in ENDINGS:
        told = _("{name} has none of the endings by which an export knows its form: {known}. Choose one of these.")
        raise InvalidValue(told.fill(name=path.name, known=ENDINGS))
    if sheet and chosen is None:
        raise InvalidValue(_("Only a CSV file holds a single sheet. Leave the sheet out, or choose the ending .csv."))
    demand(session, principal, Verb.SEE, consortium)
    if ending == ".xlsx":
        Tables.of(session, principal, consortium=consortium).write_workbook(path, language=language)
        return path
    with whole_file(path) as file:
        if ending == ".jsonl":
            write_lines(session, principal, consortium=consortium, file=file)
        elif chosen:
            Tables.of(session, principal, consortium=consortium).write_csv(file, sheet=chosen)
        else:
            Tables.of(session, principal, consortium=consortium).write_archive(file)
    return path


def _sheet(path: Path, named: str | None) -> Sheet:
    found = find_sheet(named or path.stem)
    if found is None:
        told = _("“{sheet}” is none of the sheets {known}. Name the file after one of them, or say --sheet.")
        raise InvalidValue(told.fill(sheet=named or path.stem, known=tuple(sheet.name for sheet in LAYOUT)))
    return found

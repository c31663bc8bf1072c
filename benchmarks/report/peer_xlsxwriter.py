"""XlsxWriter, row by row in constant memory: a sheet of states, and one of what each sub-project says."""

from pathlib import Path

import xlsxwriter

from benchmarks.report.raw import Limit, both


def write(url: str, target: Path) -> None:
    """Write the workbook."""
    limit = Limit(url)
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    overview, work = book.add_worksheet("overview"), book.add_worksheet("work")
    for place, (number, title, purpose, owner) in enumerate(limit.projects()):
        current, *previous = limit.updates(number)
        overview.write_row(place, 0, [both(title), both(owner), current[1], str(current[0])])
        before = [str(previous[0][0]), previous[0][1], both(previous[0][2])] if previous else ["", "", ""]
        said = [both(title), both(owner), both(purpose), *before, str(current[0]), current[1], *map(both, current[2:])]
        work.write_row(place, 0, said)
    book.close()
    limit.connection.close()

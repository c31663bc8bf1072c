"""Import and export at length: what bad files cost, ten thousand rows, ten thousand invented records on both databases."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from consortium.models import Database
from consortium.services.importing import import_file, write_workbook
from consortium.testing import counted
from tests.importing.alone import took
from tests.importing.bad_files import bad_files
from tests.importing.many import rows
from tests.importing.records import passed_on
from tests.services.rows import BASE, ME, bring

#: what a bad file may cost, twice as much as the goal where the machine has other work
MOST_SECONDS, MOST_MEGABYTES = 4, 200


def test_no_bad_file_costs_much(sqlite: Database, tmp_path: Path) -> None:
    bring(sqlite, tmp_path, BASE)
    sqlite.engine.dispose()
    paths = {}
    for number, (name, bad) in enumerate(bad_files().items()):
        (tmp_path / str(number)).mkdir()
        paths[name] = tmp_path / str(number) / bad.name
        bad.make(paths[name])
    command = [sys.executable, "-m", "tests.importing.alone", sqlite.url, *map(str, paths.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own program
    costs = dict(zip(paths, map(json.loads, done.stdout.splitlines()), strict=True))

    for name, cost in costs.items():
        sys.stdout.write(f"{name}: {cost['seconds']} s, {cost['megabytes']} MB: {cost['said']}\n")
    assert all(cost["said"] for cost in costs.values())
    assert max(cost["seconds"] for cost in costs.values()) < MOST_SECONDS
    assert max(cost["megabytes"] for cost in costs.values()) < MOST_MEGABYTES


@pytest.mark.parametrize("few", [1000])
def test_ten_times_the_rows_take_hardly_more_than_ten_times_as_long(sqlite: Database, tmp_path: Path, few: int) -> None:
    sqlite.engine.dispose()
    bring_rows(sqlite.url, tmp_path, BASE_ROWS)  # all that is read once is read
    seconds = []
    for number, count in enumerate((few, 10 * few)):
        (folder := tmp_path / str(number)).mkdir()
        write_workbook(folder / "rows.xlsx", language="nb", tags=("nb", "sv"), content=rows(count))
        url = Database(f"sqlite:///{folder}/rows.sqlite").prepare().url
        taken, megabytes = took(lambda url=url, folder=folder, count=count: bring_rows(url, folder, count))  # type: ignore[misc]  # a default binds it
        sys.stdout.write(f"{count} rows: {taken:.2f} s, {megabytes} MB\n")
        seconds.append(taken)

    growth = math.log10(seconds[1] / seconds[0])
    sys.stdout.write(f"growth: {growth:.2f}\n")
    assert growth < 1.1


BASE_ROWS = 20


def bring_rows(url: str, folder: Path, count: int) -> None:
    """Import rows, which a workbook in ``folder`` may hold already."""
    path = folder / "rows.xlsx"
    if not path.is_file():
        write_workbook(path, language="nb", tags=("nb", "sv"), content=rows(count))
    database = Database(url)
    with database.write() as session:
        import_file(session, ME, path=path)
    database.engine.dispose()


def test_a_row_costs_a_share_of_a_batch_be_it_new_or_known(database: Database, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "x.xlsx", language="nb", tags=("nb", "sv"), content=rows(10_000))
    with counted(database) as first, database.write() as session:
        import_file(session, ME, path=path)
    with counted(database) as again, database.write() as session:
        import_file(session, ME, path=path)

    sys.stdout.write(f"10,000 rows: {len(first)} statements, {len(again)} for the same file again\n")
    assert len(first) < 200
    assert len(again) < 100


def test_ten_thousand_invented_records_come_back_as_they_were(
    sqlite: Database, postgresql: Database, tmp_path: Path
) -> None:
    told = passed_on(sqlite, postgresql, tmp_path, seed=2026, count=10_000)

    assert len(told) == 1

"""Importers of plugins: what they read goes the way of a workbook, and what fails in them stays with them."""

import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from consortium.errors import ConsortiumError, ImportRefused, InvalidValue, NotFound, PluginProblem
from consortium.facts.importer import Importer
from consortium.i18n.message import Message
from consortium.models import Database, PluginSwitch, RegisterEntry
from consortium.services.consortia import find_consortium
from consortium.services.importing import ImportResult, import_file, importers, safety
from tests.guests import bring
from tests.services.rows import ME

HOOK = "consortium_importers"

CODE = {"kind": "no-orgnr", "code": "1", "name": "En"}


@pytest.fixture
def bring_in(monkeypatch: pytest.MonkeyPatch, base: Database, tmp_path: Path) -> Callable[..., ImportResult]:
    """Import a file with an importer that brings what the test says."""

    def importing(brought: Any, *, key: str = "guest-codes", path: Path | None = None) -> ImportResult:
        read = brought if callable(brought) else lambda _content: brought
        importer = Importer("guest-codes", Message("Codes"), Message("Codes of a guest"), ("csv", "zip"), read)
        bring(monkeypatch, HOOK, importer)
        file = path or tmp_path / "codes.csv"
        if path is None:
            file.write_text("x")
        with base.write() as session:
            return import_file(session, ME, path=file, importer=key)

    return importing


def codes(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(RegisterEntry.key).order_by(RegisterEntry.key)))


def test_rows_of_an_importer_come_in_and_twice_change_nothing(base: Database, bring_in: Any) -> None:
    rows = {"registers": [{**CODE, "start": "2020-01-01"}, {**CODE, "code": "2"}]}

    assert bring_in(rows).added["registers"] == 2
    assert codes(base) == ["no-orgnr:1:2020-01-01", "no-orgnr:2"]
    assert bring_in(rows).is_empty


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"start": "in spring"}, "codes.csv (registers), row 3, column D (From): “in spring” cannot be read as a date"),
        (
            {"kind": "nobody's"},
            "codes.csv (registers), row 3, column A (Kind): No plugin knows identifiers of the kind",
        ),
        ({"name": ""}, "codes.csv (registers), row 3: “Name” is missing."),
    ],
)
def test_rows_are_checked_as_those_of_a_workbook_are_and_none_comes_in_alone(
    base: Database, bring_in: Any, wrong: dict[str, str], told: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        bring_in({"registers": [CODE, {**CODE, "code": "2", **wrong}]})

    (problem,) = map(str, refused.value.problems)
    assert problem.startswith(told)
    assert codes(base) == []


@pytest.mark.parametrize(("bound", "what"), [("MOST_LINES", "rows"), ("MOST_COLUMNS", "columns")])
def test_what_an_importer_brings_beyond_measure_is_refused(
    bring_in: Any, monkeypatch: pytest.MonkeyPatch, bound: str, what: str
) -> None:
    monkeypatch.setattr(importers, bound, 2)

    with pytest.raises(PluginProblem, match=f"brought more than 2 {what}"):
        bring_in({"registers": [CODE] * 3})


def test_where_no_plugin_brings_an_importer_it_says_so(
    base: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bring(monkeypatch, HOOK)

    with (
        base.write() as session,
        pytest.raises(NotFound, match=r"No plugin brings an importer\. Install one that reads “x”"),
    ):
        import_file(session, ME, path=tmp_path / "codes.csv", importer="x")


def test_an_unknown_importer_names_those_that_there_are(bring_in: Any) -> None:
    with pytest.raises(NotFound, match=r"There is no importer “x”. There are: .*guest-codes"):
        bring_in({}, key="x")


@pytest.mark.parametrize(
    ("brought", "reason"),
    [
        (lambda _content: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda _content: sys.exit(3), "SystemExit: 3"),
        ([1], "brought a list, not rows by their sheets"),
        ({"registres": [CODE]}, "there is no sheet 'registres'"),
        ({"registers": [{**CODE, "colour": "blue"}]}, "the sheet registers has no column 'colour'"),
        ({"registers": [{**CODE, "code": 1}]}, "a cell of registers holds a int, not words"),
        ({"registers": [1]}, "brought a int, not a row"),
    ],
)
def test_a_fault_of_an_importer_names_its_plugin_and_nothing_comes_in(
    base: Database, bring_in: Any, brought: Any, reason: str
) -> None:
    with pytest.raises(PluginProblem) as problem:
        bring_in(brought)

    assert "“guest” could not read codes.csv" in str(problem.value)
    assert reason in str(problem.value)
    assert codes(base) == []


def test_what_an_importer_refuses_is_told_in_its_words(bring_in: Any) -> None:
    def read(_content: bytes) -> Any:
        raise InvalidValue(Message("Line 7 has no code."))

    with pytest.raises(InvalidValue, match=r"^Line 7 has no code\.$"):
        bring_in(read)


def test_other_files_large_ones_and_bombs_are_not_read(
    bring_in: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("codes.csv", b"0" * 2**22)
    (tmp_path / "codes.pdf").write_text("x")
    (tmp_path / "large.csv").write_text("x" * 200)

    def refused(name: str) -> str:
        with pytest.raises(ConsortiumError) as caught:
            bring_in({"registers": [CODE]}, path=tmp_path / name)
        return str(caught.value)

    assert refused("codes.pdf") == "codes.pdf is not a file for “Codes”. It reads: .csv, .zip."
    assert "unpacks to very much" in refused("bomb.zip")
    monkeypatch.setattr(safety, "MOST_BYTES", 100)
    assert "large.csv is larger than" in refused("large.csv")
    assert "There is no file" in refused("gone.csv")


def test_an_importer_that_is_switched_off_reads_nothing(base: Database, bring_in: Any) -> None:
    with base.write() as session:
        home = find_consortium(session, ME)
        off = {"plugin": "guest", "variant": "", "country": "", "is_on": False, "by": "Olga"}
        session.add(PluginSwitch(consortium_id=home.id, at=datetime(2026, 6, 15, tzinfo=UTC), **off))

    with pytest.raises(NotFound, match="“guest-codes” is switched off"):
        bring_in({"registers": [CODE]})

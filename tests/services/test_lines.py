"""Importing an export: everything or nothing, nothing is deleted, each bad line is named."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.errors import ConsortiumError, NotFound, NotPermitted
from consortium.models import Change, Database, Organisation, Person, ReportingPeriod, SubProject
from consortium.services.exporting import import_lines, reading
from consortium.services.policy import Principal, Role
from tests.services.lines import ME, WHOLE, bring, line, record, refused, taken, text, write

PERSON = record("person", "ny", name="Ny", language="nb")


def test_what_a_line_does_not_name_stays_and_null_takes_away(whole: Database, tmp_path: Path) -> None:
    result = bring(
        whole, write(tmp_path / "x.jsonl", [record("partner", "b", left=None), record("person", "al", name="Alf")])
    )

    assert (result.changed["partners"], result.changed["people"], result.added.total()) == (1, 1, 0)
    with whole.read() as session:
        person = session.scalars(select(Person).where(Person.key == "al")).one()
        assert (person.name, person.email) == ("Alf", "al@example.org")


def test_what_the_file_does_not_hold_is_not_deleted(whole: Database, tmp_path: Path) -> None:
    before = taken(whole, tmp_path / "before.jsonl")
    bring(whole, write(tmp_path / "x.jsonl", [line("person", "liv")]))

    assert taken(whole, tmp_path / "after.jsonl") == before


def test_references_and_collections_can_be_changed(whole: Database, tmp_path: Path) -> None:
    lines = [
        PERSON,
        line("sub_project", "DP-1", participations=["a"]),
        line("organisation", "b", parent=None, groups=["g"]),
    ]
    bring(whole, write(tmp_path / "x.jsonl", [*lines, line("attendance", "s3:a:al", person="ny")]))

    told = [json.loads(each) for each in taken(whole, tmp_path / "y.jsonl").decode().splitlines()]
    found = {(each.get("record"), each.get("key")): each for each in told}
    assert found["sub_project", "DP-1"]["participations"] == ["a"]
    assert (found["organisation", "b"]["parent"], found["organisation", "b"]["groups"]) == (None, ["g"])
    assert found["attendance", "s3:a:al"]["person"] == "ny"


def test_the_order_of_the_lines_does_not_matter(sqlite: Database, whole_lines: bytes, tmp_path: Path) -> None:
    dated = [each for each in WHOLE if "day" in each]
    bring(sqlite, write(tmp_path / "x.jsonl", [*dated, *reversed([each for each in WHOLE if "day" not in each])]))

    assert taken(sqlite, tmp_path / "y.jsonl") == whole_lines


@pytest.fixture
def whole_lines(tmp_path: Path) -> bytes:
    """Give the bytes of the whole."""
    return write(tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (record("moon", "x"), 'Line 2: "moon" is no kind of record. There are: consortium, region_group'),
        (record("person", ""), "Line 2 (key): “” cannot be a key"),
        ({"record": "person"}, "Line 2 (key): Here stands null, but a key in quotation marks belongs here."),
        ({**PERSON, "age": 3}, "Line 2 (ny), age: There is no such field. There are: name, email, language."),
        ({**PERSON, "name": 3}, "Line 2 (ny), name: Here stands 3, but words in quotation marks belongs here."),
        ({**PERSON, "name": "a\ud800"}, "Line 2 (ny), name: The text holds a sign that cannot be kept (U+D800)"),
        ({**PERSON, "language": "no"}, "Line 2 (ny), language: “no” does not say which Norwegian"),
        (record("person", "ny", name="Ny"), "Line 2 (ny): “language” is missing. A new record must say it."),
        (record("assessment", "ny", theme="t", sub_project="DP-1", degree="some"), "Line 2 (ny): “day” is missing."),
        (line("milestone", "m", due="2026-02-30"), "Line 2 (m), due: There is no day “2026-02-30” in the calendar"),
        (line("milestone", "m", due="3.2.2026"), 'Here stands "3.2.2026", but a day such as "2026-06-15" belongs here'),
        (line("milestone", "m", done="2027-01-01"), "Line 2 (m), done: 1 January 2027 is still to come"),
        (line("milestone", "m", sub_project="DP-2"), "There is no sub_project “DP-2”, neither in the file nor in the"),
        (line("milestone", "m", title="Hei"), "Line 2 (m), title: This is no text as exports write it"),
        (line("sub_project", "DP-1", amount=1.5), "Here stands 1.5, but a number in quotation marks"),
        (line("sub_project", "DP-1", amount="1.555"), "1.555 cannot be kept exactly. Round it to at most two decimals"),
        (line("sub_project", "DP-1", participations=[]), "needs at least one partner"),
        (line("sub_project", "DP-1", participations=["a", "a"]), "A key stands twice in this list"),
        (line("sub_project", "DP-1", end="2024-01-01"), "is before the start date"),
        (line("organisation", "a", country="XX"), 'Line 2 (a), country: "XX" is none of the codes'),
        (line("organisation", "a", identifiers={"no-orgnr": "1"}), "Line 2 (a), identifiers:"),
        (line("organisation", "a", parent="b"), "would belong to itself"),
        (line("agenda_item", "s3:1", minutes=True), "Here stands true, but a whole number"),
        (line("consortium", "c", key="d"), "The file tells of the consortium “c”, not of “d”"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_is_imported(
    whole: Database, whole_lines: bytes, tmp_path: Path, bad: Mapping[str, Any], says: str
) -> None:
    path = write(tmp_path / "x.jsonl", [PERSON])
    head, person, _end = path.read_bytes().splitlines(keepends=True)
    other = person.replace(b'"ny"', b'"ny2"')
    path.write_bytes(head + json.dumps(bad).encode() + b"\n" + other + b'{"end":2}\n')

    assert says in refused(whole, path)
    assert taken(whole, tmp_path / "after.jsonl") == whole_lines


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda whole: whole[: len(whole) // 2], "The file ends before its end"),
        (lambda whole: whole[: whole.rindex(b'{"end"')], "The file ends before its end"),
        (lambda whole: whole.replace(b'"Liv Lind"', b'"L\xe6v"', 1), "Line 2: Some letters cannot be read"),
        (lambda whole: whole.replace(b'"P"', b'"P","programme":"Q"', 1), "Line 2: A name stands twice in the same"),
        (lambda whole: whole.replace(b'"per_year":2', b'"per_year":NaN', 1), "This is no JSON"),
        (lambda whole: whole.replace(b'"per_year":2', b'"per_year":' + b"[" * 10**5, 1), "This is no JSON"),
        (lambda whole: whole.replace(b'{"end":', b'["end":', 1), "This is no JSON"),
        (lambda whole: whole.replace(b'{"end":', b'[1]\n{"end":', 1), "A line is one JSON object"),
        (lambda whole: whole + b'{"record":"person"}\n', "There is a line after the end"),
        (lambda whole: whole.replace(b'{"end":', b'{"end":1', 1), "The file holds 28 records, but its end speaks of 128"),
        (lambda whole: whole[whole.index(b"\n") + 1 :], "is no export of ours"),
        (lambda _whole: b"", "is no export of ours"),
        (lambda whole: whole.replace(b'export":1', b'export":2', 1), "was written in format 2, this program reads 1"),
        (lambda whole: whole.replace(b'\n{"end"', b'\n{"record":"region_group","key":"g"}\n{"end"', 1),
         "Line 30 (g): The same record stands in line 3."),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_in_words(
    sqlite: Database, whole_lines: bytes, tmp_path: Path, change: Any, says: str
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(change(whole_lines))

    assert says in refused(sqlite, path)


def test_a_huge_line_is_not_taken_into_memory(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 2000)
    path = write(tmp_path / "x.jsonl", [line("consortium", "c", name=None), {**PERSON, "name": "x" * 9000}])

    told = refused(sqlite, path)
    assert "Line 3: The line is longer than any record." in told
    assert "There is 1 problem" in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("versions", {}),
        ("versions", {"nb": {"words": "a"}, "sv": {"words": "b"}}),
        ("versions", {"nb": {"words": "a", "from": "sv", "digest": "0" * 16}}),
        ("versions", {"nb": {"words": "a", "from": "nb", "digest": "0" * 16}, "sv": {"words": "b"}}),
        ("versions", {"nb": {"words": " "}}),
        ("versions", {"nb": {"words": "a", "digest": "0" * 16}}),
        ("versions", {"nb": {"words": "a", "origin": "alien"}}),
        ("versions", {"nb": {"words": "a", "at": "2026-06-15"}}),
        ("versions", {"NB": {"words": "a"}}),
        ("versions", {"nb": {"words": "a", "mood": "good"}}),
        ("versions", []),
        ("earlier", {"0" * 16: "a"}),
        ("mood", "good"),
    ],
)
def test_a_text_that_cannot_be_is_not_believed(whole: Database, tmp_path: Path, name: str, value: Any) -> None:
    group = line("region_group", "g", name={**text("Vest"), name: value})
    if (name, value) == ("versions", {}):
        group["name"]["earlier"] = None

    assert "Line 2 (g), name:" in refused(whole, write(tmp_path / "x.jsonl", [group]))


def test_an_export_goes_only_where_it_belongs(whole: Database, tmp_path: Path) -> None:
    home = {**WHOLE[0], "key": "d"}

    assert "There is no consortium “d” yet, but c." in refused(
        whole, write(tmp_path / "x.jsonl", [home], consortium="d")
    )
    assert "not of “e”" in refused(whole, write(tmp_path / "x.jsonl"), consortium="e")
    assert bring(whole, write(tmp_path / "x.jsonl", [home], consortium="d"), new=True).added["consortium"] == 1


def test_an_export_without_its_consortium_needs_one_to_go_into(sqlite: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no line of the file tells of it"):
        bring(sqlite, write(tmp_path / "x.jsonl", [PERSON]))


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.AUDITOR])
def test_who_may_not_edit_the_consortium_is_told_so(whole: Database, tmp_path: Path, role: Role) -> None:
    with pytest.raises(NotPermitted), whole.write() as session:
        import_lines(
            session, Principal("Lea", role, 1, leads=frozenset({1})), path=write(tmp_path / "x.jsonl", [PERSON])
        )


def test_the_history_tells_who_imported_what(whole: Database, tmp_path: Path) -> None:
    bring(whole, write(tmp_path / "x.jsonl", [line("person", "al", email="al@example.net")]))

    with whole.read() as session:
        change = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        assert (change.by, change.key, change.values) == (
            "Olga Operatør",
            "al",
            {"email": ["al@example.org", "al@example.net"]},
        )
        assert session.scalar(select(func.count(Change.id))) == len(WHOLE) + 1


def test_whoever_catches_a_refusal_keeps_nothing_of_the_file(whole: Database, tmp_path: Path) -> None:
    bad = [
        line("person", "al", name="Alf"),
        line("sub_project", "DP-1", participations=["a"]),
        {**PERSON, "language": "x"},
    ]
    with whole.write() as session, pytest.raises(ConsortiumError):
        import_lines(session, ME, path=write(tmp_path / "x.jsonl", bad))

    with whole.read() as session:
        assert session.scalars(select(Person.name).order_by(Person.key)).all() == ["Al", "Liv Lind"]
        assert len(session.scalars(select(SubProject)).one().participations) == 2


def test_a_file_from_windows_is_read(sqlite: Database, whole_lines: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\xef\xbb\xbf" + whole_lines.replace(b"\n", b"\r\n") + b"\r\n")

    assert bring(sqlite, tmp_path / "x.jsonl").added.total() == len(WHOLE)
    with sqlite.read() as session:
        assert session.scalars(select(ReportingPeriod.locked)).one() == date(2025, 9, 1)
        assert session.scalars(select(Organisation.key).order_by(Organisation.key)).all() == ["a", "b"]

"""The gatherings: who hosted, who came, and who said what."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from consortium.documents import Block, Details, Note, Paragraph, Section, Table
from consortium.facts import AttendanceFacts, Facts, GatheringFacts, Scope, StatementFacts
from consortium.texts import Text
from consortium.variants import gathering
from tests.facts.made import facts, partner, sub_project, text
from tests.reports.told import cells, find, said, telling

MAY = date(2026, 5, 4)


def answer(organisation: str, state: str = "attended", **others: Any) -> AttendanceFacts:
    """Make the answer of an organisation."""
    given: dict[str, Any] = {"key": f"A-{organisation}", "name": text(nb=f"Kommune {organisation}"), "parent": None}
    given |= {"type": "municipality", "country": "NO", **others}
    return AttendanceFacts(organisation=organisation, state=state, **given)


def statement(organisation: str, kind: str = "success", words: str = "Det gikk bra.") -> StatementFacts:
    """Make a statement of an organisation."""
    return StatementFacts(f"R-{organisation}", organisation, text(nb=f"Kommune {organisation}"), kind, text(nb=words))


def held(*attendance: AttendanceFacts, statements: tuple[StatementFacts, ...] = (), **others: Any) -> GatheringFacts:
    """Make a gathering of two days in May."""
    given: dict[str, Any] = {"key": "G1", "title": text(nb="Samling 1"), "topic": Text(), "kind": "project_gathering"}
    given |= {"series": None, "number": None, "host": None, "place": "", "start": MAY, "end": date(2026, 5, 5)}
    return GatheringFacts(attendance=attendance, statements=statements, **{**given, **others})


def told(*gatherings: GatheringFacts, **others: Any) -> list[Block]:
    """Tell the chapter."""
    own: Facts = facts(gatherings=gatherings, partners=tuple(map(partner, "abc")), **others)
    return list(gathering.chapter(telling(own)))


def test_without_gatherings_there_is_no_chapter() -> None:
    assert told() == []


def test_the_last_and_the_next_one_are_told() -> None:
    later = replace(held(), key="G2", title=text(nb="Samling 2"), start=date(2026, 9, 1), end=date(2026, 9, 1))
    headings = [said(each.heading.words) for each in told(held(), later) if isinstance(each, Section)]

    assert headings == [
        f"The {which} gathering: Samling {number} (in Norwegian (Bokmål))"
        for which, number in (("last", 1), ("next", 2))
    ]


def test_host_place_days_and_number_are_told() -> None:
    full = held(host=text(nb="Vidda"), place="Fjellby", series=text(nb="Samlinger"), number=3, topic=text(nb="Tillit"))
    (details,) = find(told(full), Details)
    items = {said(label): said(words) for label, words in details.items}

    assert (items["Host"], items["Place"]) == ("Vidda", "Fjellby")
    assert items["Series"] == "Samlinger (in Norwegian (Bokmål)), no. 3"
    assert items["Days"] == "4–5 May 2026"
    assert [said(each.words) for each in find(told(full), Paragraph) if said(each.label) == "Topic"] == ["Tillit"]


def test_answers_representation_and_replies_tell_the_same_numbers() -> None:
    blocks = told(held(answer("a"), answer("b", "cancelled", reason="Snø"), answer("c", "invited")))
    (table,) = find(blocks, Table)
    lines = {said(each.label): said(each.words) for each in find(blocks, Paragraph)}

    assert [row[1] for row in cells(table)] == ["attended", "cancelled", "no reply"]
    assert lines["Replies by person"] == "1 attended, 1 no reply and 1 cancelled."
    assert "1 of 3" in lines[""]
    assert cells(table)[1][3] == "Snø"


def test_a_substitute_names_whom_it_replaces() -> None:
    (table,) = find(told(held(answer("a", person="Kari", substitute_for="Liv"), answer("b", person="Per"))), Table)

    assert [row[2] for row in cells(table)] == ["Kari, substitute for Liv", "Per"]


def test_who_has_not_answered_yet_is_only_invited() -> None:
    future = held(answer("a", "invited"), start=date(2026, 9, 1), end=date(2026, 9, 1))
    (table,) = find(told(future), Table)

    assert cells(table)[0][1] == "invited"


def test_what_was_said_stands_under_its_organisation_and_the_silent_are_named() -> None:
    some = (statement("a", "tip", "Spør."), statement("a", words="Ja."), statement("guest", "quote", "Hei."))
    blocks = told(held(answer("a"), answer("b"), answer("c", "cancelled"), statements=some))
    turns = {said(each.heading.words): each for each in find(blocks, Section) if each.heading.level == 3}

    assert list(turns) == ["Kommune a", "Kommune guest"]
    assert [(said(each.label), said(each.words)) for each in find(turns["Kommune a"].blocks, Paragraph)] == [
        ("Success", "Ja."),
        ("Tip", "Spør."),
    ]
    assert [said(each.words) for each in find(blocks, Note)] == [
        "Present, and said nothing that was written down: Kommune b."
    ]


def test_what_an_absentee_said_was_sent_in_writing() -> None:
    some = tuple(statement(key) for key in ("a", "b", "guest"))
    blocks = told(held(answer("a"), answer("b", "cancelled"), statements=some))
    turns = [each for each in find(blocks, Section) if each.heading.level == 3]

    assert [said(find(turn.blocks, Paragraph)[0].words) == "Sent in writing." for turn in turns] == [False, True, False]


def test_a_gathering_that_nobody_has_recorded_is_not_told_as_still_to_come() -> None:
    blocks = told(held(answer("a", "accepted"), answer("b", "cancelled"), statements=(statement("b"),)))
    lines = [said(each.words) for each in find(blocks, Paragraph)]

    assert [said(each.words) for each in find(blocks, Note)] == ["It has not been recorded yet who attended."]
    assert [line[:26] for line in lines if "1 of 3" in line] == ["Had accepted: 1 of 3 partn"]
    assert "Sent in writing." not in lines


@pytest.mark.parametrize(
    ("scope", "there"),
    [
        (Scope("partner", "a"), ["Kommune a"]),
        (Scope("country", "SE"), ["Kommune b", "Kommune guest"]),
        (Scope("theme", "t"), ["Kommune c"]),
    ],
)
def test_of_a_part_of_the_consortium_only_its_own_are_told(scope: Scope, there: list[str]) -> None:
    rows = (*map(answer, "ac"), answer("b", country="SE"), answer("guest", country="SE"))
    own = facts(
        sub_project(partners=("c",)),
        gatherings=(held(*rows, statements=tuple(map(statement, ("a", "b", "c", "guest")))),),
        partners=(partner("a"), partner("b", country="SE"), partner("c")),
        scope=scope,
    )
    blocks = list(gathering.chapter(telling(own)))

    assert sorted(row[0] for row in cells(find(blocks, Table)[0])) == there
    assert sorted(said(each.heading.words) for each in find(blocks, Section) if each.heading.level == 3) == there


def test_without_statements_there_is_no_round_table() -> None:
    blocks = told(held(answer("a")))

    assert len(find(blocks, Section)) == 1
    assert find(blocks, Note) == []


def test_every_turn_has_a_place_of_its_own() -> None:
    some = tuple(statement(key) for key in ("a", "b", "c"))
    places = [each.heading.anchor for each in find(told(held(*map(answer, "abc"), statements=some)), Section)]

    assert len(places) == len(set(places)) == 5

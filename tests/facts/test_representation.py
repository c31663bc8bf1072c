"""Who is represented: counted by type and country, and said with the right endings in each language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pytest

from consortium.facts.representation import (
    Count,
    Representation,
    members_on,
    representation,
    told,
    told_share,
    told_whole,
)
from consortium.texts.terms import terms


@dataclass(frozen=True)
class Member:
    key: str
    type: str = "municipality"
    country: str = "NO"
    joined: date = date(2025, 1, 1)
    left: date | None = None


@dataclass(frozen=True)
class Row:
    organisation: str
    state: str = "attended"


def counted(rows: Iterable[Row], *members: Member, has_begun: bool = True) -> Representation:
    return representation(rows, members, has_begun=has_begun)


def network() -> Representation:
    """Count a real gathering: eleven of thirteen municipalities, one of two districts; three had cancelled."""
    towns = [Member(f"by{number}") for number in range(13)]
    districts = [Member("alna", "city_district"), Member("gamlebyen", "city_district")]
    there = [Row(town.key) for town in towns[:11]] + [Row("gamlebyen")]
    away = [Row(key, "cancelled") for key in ("by11", "by12", "alna")]
    return counted(there + away, *towns, *districts)


def test_members_are_counted_by_type_and_country() -> None:
    found = counted(
        [Row("a"), Row("b"), Row("u")],
        Member("a"),
        Member("b", country="SE"),
        Member("c", country="SE"),
        Member("u", "university", "SE"),
    )

    assert found.total == Count(3, 4)
    assert found.types == (Count(2, 3, "municipality"), Count(1, 1, "university"))
    assert found.countries == (Count(1, 1, country="NO"), Count(2, 3, country="SE"))
    assert found.parts == (
        Count(1, 1, "municipality", "NO"),
        Count(1, 2, "municipality", "SE"),
        Count(1, 1, "university", "SE"),
    )


def test_an_organisation_is_there_once_however_many_of_its_people_come() -> None:
    found = counted([Row("a", "cancelled"), Row("a"), Row("a")], Member("a"), Member("b"))

    assert found.total == Count(1, 2)


def test_guests_are_named_and_not_counted_as_members() -> None:
    found = counted([Row("gjest"), Row("a"), Row("borte", "declined")], Member("a"))

    assert (found.total, found.guests) == (Count(1, 1), ("gjest",))


@pytest.mark.parametrize("state", ["invited", "declined", "cancelled", "absent", "accepted"])
def test_whoever_did_not_come_is_not_there(state: str) -> None:
    assert counted([Row("a"), Row("b", state)], Member("a"), Member("b")).total == Count(1, 2)


def test_before_a_gathering_those_who_have_accepted_are_expected() -> None:
    found = counted([Row("a", "accepted"), Row("b", "invited")], Member("a"), Member("b"), has_begun=False)

    assert found.is_expected
    assert found.total == Count(1, 2)


def test_while_nobody_has_written_down_who_came_nobody_is_said_to_have_stayed_away() -> None:
    rows = [Row("a", "accepted"), Row("b", "cancelled")]

    assert counted(rows, Member("a"), Member("b")).is_expected
    assert not counted([*rows, Row("c")], Member("a"), Member("b")).is_expected
    assert not counted([*rows, Row("c", "absent")], Member("a"), Member("b")).is_expected


@pytest.mark.parametrize(
    ("joined", "left", "is_member"),
    [
        (date(2026, 3, 20), None, True),
        (date(2026, 3, 21), None, False),
        (date(2025, 1, 1), date(2026, 3, 20), False),
        (date(2025, 1, 1), date(2026, 3, 21), True),
    ],
)
def test_members_are_those_of_the_day(joined: date, left: date | None, is_member: bool) -> None:
    partner = Member("a", joined=joined, left=left)

    assert members_on([partner], date(2026, 3, 20)) == ((partner,) if is_member else ())


@pytest.mark.parametrize(
    ("present", "members", "percent"), [(12, 23, 52), (1, 8, 13), (0, 3, 0), (2, 2, 100), (0, 0, 0)]
)
def test_a_share_is_in_whole_per_cent_with_a_half_rounded_up(present: int, members: int, percent: int) -> None:
    assert Count(present, members).percent == percent


def said(count: Count) -> tuple[str, ...]:
    return tuple(told(count).say(language) for language in ("nb", "nn", "sv", "en"))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(11, 14), ("11 av 14 partnere", "11 av 14 partnarar", "11 av 14 partner", "11 of 14 partners")),
        (Count(0, 1), ("0 av 1 partner", "0 av 1 partnar", "0 av 1 partner", "0 of 1 partner")),
        (
            Count(1, 3, "city_district"),
            ("1 av 3 bydeler", "1 av 3 bydelar", "1 av 3 stadsdelar", "1 of 3 city districts"),
        ),
        (
            Count(1, 1, "competence_centre"),
            (
                "1 av 1 kompetansesenter",
                "1 av 1 kompetansesenter",
                "1 av 1 kompetenscentrum",
                "1 of 1 competence centre",
            ),
        ),
        (
            Count(2, 2, "hospital_trust"),
            (
                "begge helseforetakene",
                "begge helseføretaka",
                "båda sjukhusorganisationerna",
                "both the hospital trusts",
            ),
        ),
        (
            Count(2, 2, "university"),
            (
                "2 av 2 universiteter eller høgskoler",
                "2 av 2 universitet eller høgskular",
                "2 av 2 universitet eller högskolor",
                "2 of 2 universities or colleges",
            ),
        ),
        (
            Count(4, 5, "municipality", "SE"),
            (
                "4 av 5 kommuner i Sverige",
                "4 av 5 kommunar i Sverige",
                "4 av 5 kommuner i Sverige",
                "4 of 5 municipalities in Sweden",
            ),
        ),
        (
            Count(5, 9, country="NO"),
            (
                "5 av 9 partnere i Norge",
                "5 av 9 partnarar i Noreg",
                "5 av 9 partner i Norge",
                "5 of 9 partners in Norway",
            ),
        ),
    ],
    ids=str,
)
def test_a_count_is_said_with_the_right_endings(count: Count, words: tuple[str, ...]) -> None:
    assert said(count) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "52 prosent av kommunene"),
        ("nn", "52 prosent av kommunane"),
        ("sv", "52 procent av kommunerna"),
        ("en", "52 per cent of the municipalities"),
    ],
)
def test_a_share_is_said_of_all_there_are(language: str, words: str) -> None:
    assert told_share(Count(12, 23, "municipality")).say(language) == words


def test_every_type_can_be_spoken_of_as_a_whole() -> None:
    assert terms("organisation_type_whole") == terms("organisation_type")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Til stede: 12 av 15 partnere (11 av 13 kommuner, 1 av 2 bydeler)."),
        ("nn", "Til stades: 12 av 15 partnarar (11 av 13 kommunar, 1 av 2 bydelar)."),
        ("sv", "Närvarande: 12 av 15 partner (11 av 13 kommuner, 1 av 2 stadsdelar)."),
        ("en", "Present: 12 of 15 partners (11 of 13 municipalities, 1 of 2 city districts)."),
    ],
)
def test_a_gathering_is_summed_up_in_a_line(language: str, words: str) -> None:
    assert told_whole(network()).say(language) == words


def test_expected_is_not_present() -> None:
    found = counted([Row("a", "accepted")], Member("a"), Member("b"), has_begun=False)

    assert told_whole(found).say("en") == "Expected: 1 of 2 partners (1 of 2 municipalities)."


def test_whoever_had_accepted_is_not_still_expected_once_the_gathering_has_begun() -> None:
    found = counted([Row("a", "accepted")], Member("a"), Member("b"))

    assert told_whole(found, has_begun=True).say("en").startswith("Had accepted: 1 of 2 partners")
    assert told_whole(counted([Row("a")], Member("a")), has_begun=True).say("en").startswith("Present: 1 of 1 partner ")


def test_without_members_there_is_nothing_to_count() -> None:
    assert told_whole(counted([Row("gjest")])).say("en") == "Nobody was a partner on that day."

"""Gatherings and their agenda."""

from datetime import date
from typing import Any

import pytest

from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.services.gatherings import (
    add_agenda_item,
    add_gathering,
    agenda_of,
    find_gathering,
    gatherings_of,
    members,
)
from consortium.services.policy import Role
from consortium.testing import TODAY, Make


def test_a_gathering_of_one_day_ends_as_it_begins(make: Make) -> None:
    gathering = make.gathering(day=date(2026, 3, 20))

    assert (gathering.start, gathering.end) == (date(2026, 3, 20), date(2026, 3, 20))


def test_only_staff_add_gatherings(make: Make) -> None:
    lead = make.principal(Role.LEAD)

    with pytest.raises(NotPermitted):
        add_gathering(
            make.session, lead, consortium=make.home, key="g", title={"nb": "Min"}, kind="council", start=TODAY
        )


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ({"kind": "party"}, "none of the words to choose from: project gathering"),
        ({"end": date(2026, 1, 1)}, "before the start date"),
        ({"key": "a;b"}, "cannot be a key"),
    ],
)
def test_a_bad_gathering_is_refused_with_advice(make: Make, others: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        make.gathering(**others)


def test_a_key_names_one_gathering(make: Make) -> None:
    make.gathering(key="frosta")

    with pytest.raises(InvalidValue, match="already a gathering “frosta”"):
        make.gathering(key="frosta")


def test_a_number_names_one_gathering_of_a_series(make: Make) -> None:
    series = make.series(key="samling")
    make.gathering(key="frosta", series=series, number=3)
    make.gathering(series=make.series(), number=3)

    with pytest.raises(InvalidValue, match="“frosta” is already number 3 of “samling”"):
        make.gathering(series=series, number=3)


def test_a_host_is_of_the_same_consortium(make: Make) -> None:
    away = make.partner(consortium=make.consortium()).organisation

    with pytest.raises(InvalidValue, match="same consortium"):
        make.gathering(host=away)


def test_an_agenda_keeps_its_order(make: Make) -> None:
    gathering = make.gathering()
    for title, place in (("Runden", 2), ("Velkommen", 1), ("Veien videre", None)):
        add_agenda_item(make.session, make.operator, gathering=gathering, title={"nb": title}, place=place)

    told = [item.title.words("nb") for item in agenda_of(make.session, make.operator, gathering=gathering)]
    assert told == ["Velkommen", "Runden", "Veien videre"]


@pytest.mark.parametrize(
    ("others", "says"),
    [({"minutes": 0}, "0 minutes"), ({"minutes": 1441}, "1 to 1440"), ({"place": 1}, "agenda already")],
)
def test_a_bad_agenda_item_is_refused_with_advice(make: Make, others: dict[str, Any], says: str) -> None:
    gathering = make.gathering()
    add_agenda_item(make.session, make.operator, gathering=gathering, title={"nb": "Runden"}, minutes=90)

    with pytest.raises(InvalidValue, match=says):
        add_agenda_item(make.session, make.operator, gathering=gathering, title={"nb": "Kaffe"}, **others)


def test_members_are_the_partners_of_that_day_in_that_consortium(make: Make) -> None:
    here = make.partner()
    make.partner(left=date(2026, 3, 20))
    make.partner(joined=date(2026, 3, 21))
    make.partner(consortium=make.consortium())
    make.session.flush()

    assert members(make.session, make.operator, consortium=make.home, day=date(2026, 3, 20)) == (here,)


def test_gatherings_are_listed_and_found_in_their_own_consortium(make: Make) -> None:
    later, first = make.gathering(day=TODAY), make.gathering(day=date(2026, 3, 20))
    away = make.gathering(consortium=make.consortium())

    assert gatherings_of(make.session, make.operator, consortium=make.home) == (first, later)
    assert find_gathering(make.session, make.operator, consortium=make.home, key=first.key) is first
    with pytest.raises(NotFound, match=f"The last ones are: {later.key}, {first.key}"):
        find_gathering(make.session, make.operator, consortium=make.home, key=away.key)

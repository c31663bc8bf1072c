"""Series: the next gathering is numbered, titled, hosted in turn, and has the agenda of the last one as a shell."""

from datetime import date

import pytest

from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.models import Gathering, Series
from consortium.services.gatherings import add_agenda_item, agenda_of
from consortium.services.policy import Role
from consortium.services.series import find_series, plan_next, propose_host
from consortium.services.texts import translate_text
from consortium.testing import Make
from consortium.texts import TextState

SPRING, AUTUMN = date(2026, 3, 20), date(2026, 10, 7)


def planned(make: Make, series: Series, start: date = AUTUMN) -> Gathering:
    return plan_next(make.session, make.operator, series=series, start=start)


def test_the_next_gathering_is_numbered_after_the_last_one(make: Make) -> None:
    series = make.series(key="stork", kind="network_gathering")
    make.gathering(series=series, number=36, day=SPRING, kind="network_gathering")

    gathering = planned(make, series)

    assert (gathering.number, gathering.key, gathering.kind) == (37, "stork-37", "network_gathering")
    assert planned(make, make.series()).number == 1


def test_its_title_is_the_numbered_name_of_the_series_in_every_language(make: Make) -> None:
    series = make.series(
        {"nb": "STORK-samling", "sv": "STORK-träff", "en": "STORK gathering", "fi": "STORK-tapaaminen"}
    )

    title = planned(make, series).title

    assert title.source == "nb"
    assert {tag: title.words(tag) for tag in title} == {
        "nb": "STORK-samling nr. 1",
        "sv": "STORK-träff nr 1",
        "en": "STORK gathering no. 1",
        "fi": "STORK-tapaaminen 1",
    }


def test_a_machines_draft_of_the_name_makes_no_more_than_a_draft_of_the_title(make: Make) -> None:
    series = make.series("Samling")
    translate_text(
        make.session, make.operator, record=series, field="name", language="sv", words="Samling", origin="machine"
    )

    assert planned(make, series).title.state("sv") is TextState.MACHINE_DRAFT


def test_its_agenda_is_that_of_the_last_one_without_those_who_contributed(make: Make) -> None:
    series = make.series()
    last = make.gathering(series=series, number=1, day=SPRING)
    for place, minutes, who in ((1, 10, "Liv Lind"), (3, 90, "")):
        title = {"nb": f"Post {place}", "sv": f"Punkt {place}"}
        add_agenda_item(
            make.session, make.operator, gathering=last, title=title, place=place, minutes=minutes, contributor=who
        )

    items = agenda_of(make.session, make.operator, gathering=planned(make, series))

    assert [(item.place, item.minutes, item.title.words("sv"), item.contributor) for item in items] == [
        (1, 10, "Punkt 1", ""),
        (3, 90, "Punkt 3", ""),
    ]


@pytest.mark.parametrize("start", [SPRING, date(2026, 3, 21)])
def test_the_next_one_comes_after_the_last_one(make: Make, start: date) -> None:
    series = make.series()
    make.gathering(key="frosta", series=series, day=SPRING, end=date(2026, 3, 21))

    with pytest.raises(InvalidValue, match="“frosta” lasts until 21 March 2026"):
        planned(make, series, start)


def test_whoever_has_never_hosted_hosts_next(make: Make) -> None:
    series = make.series()
    a, b, c = (make.partner(key=key) for key in "abc")
    make.gathering(series=series, day=SPRING, host=a.organisation)
    make.gathering(series=make.series(), day=SPRING, host=b.organisation)

    assert planned(make, series).host is b.organisation
    assert propose_host(make.session, make.operator, series=series, day=AUTUMN) is c.organisation


def test_when_all_have_hosted_the_one_of_longest_ago_hosts_again(make: Make) -> None:
    series = make.series()
    a, b = make.partner(key="a"), make.partner(key="b")
    for host, day in ((a, date(2024, 3, 1)), (b, date(2024, 9, 1)), (a, date(2025, 3, 1))):
        make.gathering(series=series, day=day, host=host.organisation)

    assert propose_host(make.session, make.operator, series=series, day=AUTUMN) is b.organisation


def test_only_who_is_a_member_on_the_day_hosts(make: Make) -> None:
    series = make.series()
    make.partner(key="a", left=AUTUMN)
    make.partner(key="b", joined=date(2026, 10, 8))
    make.partner(consortium=make.consortium(), key="c")
    make.session.flush()

    assert propose_host(make.session, make.operator, series=series, day=AUTUMN) is None
    assert planned(make, series).host is None


def test_only_staff_plan(make: Make) -> None:
    series = make.series()

    with pytest.raises(NotPermitted):
        plan_next(make.session, make.principal(Role.MEMBER), series=series, start=AUTUMN)


@pytest.mark.parametrize("per_year", [0, 53])
def test_a_series_comes_again_within_reason(make: Make, per_year: int) -> None:
    with pytest.raises(InvalidValue, match="from 1 to 52"):
        make.series(per_year=per_year)


def test_a_key_names_one_series(make: Make) -> None:
    series = make.series(key="samling")

    assert find_series(make.session, make.operator, consortium=make.home, key="samling") is series
    with pytest.raises(InvalidValue, match="already a series “samling”"):
        make.series(key="samling")
    with pytest.raises(NotFound, match="There are: samling"):
        find_series(make.session, make.operator, consortium=make.home, key="stork")

"""Plugins are switched: the narrowest place counts, and there the last word."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.errors import ConsortiumError, InvalidValue, NotFound, NotPermitted
from consortium.facts import Scope
from consortium.models import PluginSwitch
from consortium.services.editing import remove_record
from consortium.services.policy import Role
from consortium.services.switches import Switches, is_on, switch, switch_history, switched
from consortium.testing import Make, counted
from tests.services.guests import open_desk

NORTH, SOUTH = Scope("partner", "nord"), Scope("partner", "sør")
NORWAY, SWEDEN = Scope("country", "NO"), Scope("country", "SE")


@pytest.fixture(autouse=True)
def _guests(monkeypatch: pytest.MonkeyPatch) -> None:
    open_desk(monkeypatch, "consortium.services.switches")


@pytest.fixture
def said(make: Make) -> Any:
    """Give a way to switch, in a consortium with a partner in each of two countries."""
    make.partner("Nord", key="nord")
    make.partner("Sør", key="sør", country="SE")
    make.session.flush()

    def say(plugin: str = "coast", variant: str = "", **others: Any) -> bool:
        others = {"is_on": False, **others}
        return switch(make.session, make.operator, consortium=make.home, plugin=plugin, variant=variant, **others)

    return say


def on(make: Make, key: str = "weather") -> dict[str, bool]:
    """Tell where ``key`` of the guest is on."""
    found = switched(make.session, consortium=make.home)
    places = {"all": None, "NO": NORWAY, "SE": SWEDEN, "nord": NORTH, "sør": SOUTH, "theme": Scope("theme", "x")}
    return {name: found.allow("coast", key, scope) for name, scope in places.items()}


def off(*names: str) -> dict[str, bool]:
    """Tell what is on where it is off at ``names``."""
    return {name: name not in names for name in ("all", "NO", "SE", "nord", "sør", "theme")}


def test_what_nobody_has_switched_is_on(make: Make) -> None:
    assert on(make) == off()
    assert Switches().why("coast", "weather") is None


def test_off_for_the_consortium_is_off_everywhere(make: Make, said: Any) -> None:
    said()

    assert on(make) == off("all", "NO", "SE", "nord", "sør", "theme")
    assert on(make, "tides") == on(make)


def test_a_country_is_narrower_than_the_consortium_and_a_partner_than_its_country(make: Make, said: Any) -> None:
    said()
    said(country="no", is_on=True)
    said(partner="nord")
    said(partner="sør", is_on=True)

    assert on(make) == off("all", "SE", "nord", "theme")


def test_one_report_is_switched_by_itself(make: Make, said: Any) -> None:
    said(variant="weather", country="NO")

    assert on(make) == off("NO", "nord")
    assert on(make, "tides") == off()


def test_at_one_place_the_last_word_counts(make: Make, said: Any) -> None:
    said(variant="weather", is_on=False)
    said(is_on=True)
    assert on(make) == off()
    said(is_on=False)
    said(variant="weather", is_on=True)

    assert (on(make)["all"], on(make, "tides")["all"]) == (True, False)


def test_a_word_that_is_taken_back_leaves_it_to_the_wider_place(make: Make, said: Any) -> None:
    said(partner="nord", is_on=True)
    said(variant="weather", partner="nord", is_on=True)
    said()
    assert on(make)["nord"]

    said(partner="nord", is_on=None)

    assert not on(make)["nord"]


def test_a_report_whose_word_is_taken_back_follows_its_plugin(make: Make, said: Any) -> None:
    said(partner="nord", is_on=False)
    said(variant="weather", partner="nord", is_on=True)
    said(variant="weather", partner="nord", is_on=None)

    assert on(make) == off("nord")


def test_the_same_word_twice_is_kept_once(make: Make, said: Any) -> None:
    assert [said(), said(), said(variant="tides"), said(country="NO"), said(country="NO", is_on=True)] == [
        True,
        False,
        False,
        True,
        True,
    ]
    assert len(make.session.scalars(select(PluginSwitch)).all()) == 3


def test_taking_back_what_nobody_said_changes_nothing(said: Any) -> None:
    assert not said(is_on=None)


def test_switching_the_whole_covers_what_was_switched_by_itself(make: Make, said: Any) -> None:
    said(is_on=True)
    said(variant="weather", is_on=False)

    assert said(is_on=True)
    assert on(make) == off()


def test_who_switched_it_and_when_is_told_newest_first(make: Make, said: Any) -> None:
    said()
    said(partner="nord", is_on=True)
    latest, first = switch_history(make.session, make.operator, consortium=make.home, plugin="coast")
    word = switched(make.session, consortium=make.home).why("coast", "weather", SOUTH)

    assert (latest.partner, latest.is_on, first.place, first.by) == ("nord", True, ("", ""), "Olga Operatør")
    assert word == first
    assert switch_history(make.session, make.operator, consortium=make.home, plugin="harbour") == ()


@pytest.mark.parametrize(
    ("asked", "kind", "says"),
    [
        ({"plugin": "cost"}, NotFound, "There are: coast, harbour"),
        ({"plugin": "consortium.writers.pdf"}, InvalidValue, "always on"),
        ({"plugin": "harbour"}, InvalidValue, "brings nothing that can be switched off"),
        ({"variant": "wether"}, NotFound, "It brings: weather, tides, chart, log, cellar, wind"),
        ({"partner": "nor"}, NotFound, "Do you mean nord"),
        ({"country": "Atlantis"}, InvalidValue, "none of the words"),
        ({"country": "NO", "partner": "nord"}, InvalidValue, "Choose one"),
    ],
)
def test_what_cannot_be_switched_is_refused_with_what_there_is(
    make: Make, said: Any, asked: dict[str, Any], kind: type[ConsortiumError], says: str
) -> None:
    with pytest.raises(kind, match=says):
        said(**asked)
    assert make.session.scalars(select(PluginSwitch)).all() == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEAD, Role.MEMBER])
def test_only_staff_switch(make: Make, role: Role) -> None:
    who = make.principal(role)

    with pytest.raises(NotPermitted):
        switch(make.session, who, consortium=make.home, plugin="coast", is_on=False)


def test_the_history_is_for_those_who_see_all(make: Make, said: Any) -> None:
    said()
    seen = {
        role: len(switch_history(make.session, make.principal(role), consortium=make.home))
        for role in (Role.STAFF, Role.AUDITOR, Role.LEAD, Role.MEMBER)
    }

    assert seen == {Role.STAFF: 1, Role.AUDITOR: 1, Role.LEAD: 0, Role.MEMBER: 0}


def test_each_consortium_has_its_own_switches(make: Make, said: Any) -> None:
    said()
    away = make.consortium("Et annet sted")

    assert is_on(make.session, consortium=away, plugin="coast", variant="weather")
    assert not is_on(make.session, consortium=make.home, plugin="coast", variant="weather")


def test_a_partner_of_another_consortium_is_not_there(make: Make, said: Any) -> None:
    make.partner("Ute", key="ute", consortium=make.consortium())

    with pytest.raises(NotFound, match="no partner “ute”"):
        said(partner="ute")


def test_switches_are_read_in_two_statements_however_many(make: Make, said: Any) -> None:
    for number in range(6):
        said(country="NO", is_on=bool(number % 2))
        said(variant="weather", partner="nord", is_on=bool(number % 2))
    home = make.home
    with counted(make.database) as statements:
        found = switched(make.session, consortium=home)

    assert len(statements) == 2
    assert len(found.said) == 2
    assert found.countries == {"nord": "NO"}


def test_how_it_stood_at_an_earlier_moment_is_still_known(make: Make, said: Any) -> None:
    said()
    before = clock.now()
    with clock.stopped_at(before + timedelta(days=1)):
        said(is_on=True)

    then = switched(make.session, consortium=make.home, until=before)
    assert not then.allow("coast", "weather")
    assert switched(make.session, consortium=make.home).allow("coast", "weather")


def test_a_partner_that_is_removed_takes_its_words_along(make: Make, said: Any) -> None:
    gone = make.partner("Borte", key="borte")
    make.session.flush()
    said(partner="borte")
    for role in gone.roles:
        make.session.delete(role)
    make.session.flush()
    remove_record(make.session, make.operator, record=gone)

    assert make.session.scalars(select(PluginSwitch)).all() == []

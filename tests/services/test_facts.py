"""Facts: what a report may know."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from consortium.facts import State, Trend
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts
from consortium.services.facts.order import Beside
from consortium.services.importing import import_file
from consortium.services.policy import Role, operator
from consortium.testing import TODAY, Make


def test_the_current_status_is_the_latest_one_and_the_one_before_stands_beside_it(make: Make) -> None:
    project = make.sub_project()
    make.status(project, state="delayed", day=date(2025, 12, 1))
    make.status(project, state="at_risk", day=date(2025, 6, 1))
    make.status(project, state="on_track", day=date(2026, 6, 1))

    (facts,) = make.facts().sub_projects

    assert facts.current
    assert facts.previous
    assert (facts.current.state, facts.previous.state, facts.trend) == (State.ON_TRACK, State.DELAYED, Trend.BETTER)


def test_a_status_that_came_later_is_not_known_on_an_earlier_day(make: Make) -> None:
    project = make.sub_project()
    make.status(project, state="on_track", day=date(2025, 6, 1))
    make.status(project, state="delayed", day=date(2026, 6, 1))

    (facts,) = make.facts(day=date(2026, 1, 1)).sub_projects

    assert facts.current
    assert (facts.current.state, facts.trend) == (State.ON_TRACK, Trend.NEW)


def test_a_corrected_status_gives_way_to_the_one_that_corrects_it(make: Make) -> None:
    project = make.sub_project()
    wrong = make.status(project, state="on_track", day=date(2026, 6, 1))
    make.status(project, state="at_risk", day=date(2026, 6, 1), key="rettet", corrects=wrong)

    (facts,) = make.facts().sub_projects

    assert facts.current
    assert (facts.current.state, facts.previous) == (State.AT_RISK, None)


def test_sub_projects_stand_under_their_leading_partner_in_the_order_of_a_norwegian_reader(make: Make) -> None:
    for name, country in (("Åre", "SE"), ("Östersund", "SE"), ("Ås", "NO"), ("Ørland", "NO"), ("Ærfugl", "NO")):
        make.sub_project(f"Prosjekt i {name}", partners=[make.partner(name, country=country)])

    order = [facts.title.words("nb") for facts in make.facts().sub_projects]

    assert order == [f"Prosjekt i {name}" for name in ("Ærfugl", "Ørland", "Ås", "Östersund", "Åre")]


def test_keys_with_figures_stand_in_the_order_of_their_figures(make: Make) -> None:
    partner = make.partner()
    for key in ("DP-10", "DP-2", "DP-1"):
        make.sub_project(key=key, partners=[partner])

    assert [facts.key for facts in make.facts().sub_projects] == ["DP-1", "DP-2", "DP-10"]


def test_a_sub_project_can_cross_the_border_and_its_first_partner_leads(make: Make) -> None:
    north, east = make.partner("Nord"), make.partner("Öst", country="SE")
    make.sub_project(partners=[east, north])

    (facts,) = make.facts().sub_projects

    assert facts.partners == (east.key, north.key)


def test_a_role_is_told_only_while_it_is_held(make: Make) -> None:
    from consortium.services.partners import give_role

    partner = make.partner(role="project_partner")
    give_role(
        make.session,
        make.operator,
        partner=partner,
        role="project_owner",
        start=date(2025, 1, 1),
        end=date(2025, 8, 31),
    )

    assert make.facts(day=date(2025, 8, 31)).partners[0].roles == ("project_partner", "project_owner")
    assert make.facts(day=date(2025, 9, 1)).partners[0].roles == ("project_partner",)


def test_a_member_is_told_of_its_own_sub_projects_only(make: Make) -> None:
    mine = make.partner("Min kommune")
    make.sub_project("Mitt", partners=[mine])
    make.status(make.sub_project("Hemmelig"), summary={"nb": "Kanarifugl"})
    make.session.flush()
    member = make.principal(Role.MEMBER, partners=frozenset({mine.id}))

    told = list(make.facts(principal=member).sub_projects)

    assert [facts.title.words("nb") for facts in told] == ["Mitt"]


def test_the_fingerprint_tells_what_is_said_not_who_typed_it_when(make: Make) -> None:
    make.status(make.sub_project())
    before = make.facts().fingerprint

    make.operator = operator("Somebody Else")
    assert make.facts().fingerprint == before
    make.status(make.sub_project())
    assert make.facts().fingerprint != before


def test_both_databases_tell_the_same_facts_of_the_example(
    sqlite: Database, postgresql: Database, example_file: Path
) -> None:
    told = []
    for database in (sqlite, postgresql):
        with database.write() as session:
            import_file(session, operator("O"), path=example_file)
            home = find_consortium(session, operator("O"))
            facts = gather_facts(session, operator("O"), consortium=home, day=TODAY)
            told.append((facts.fingerprint, [each.key for each in facts.sub_projects], facts.partners))

    assert len(told[0][1]) == 20
    assert told[0][:2] == told[1][:2]
    assert [partner.key for partner in told[0][2]] == [partner.key for partner in told[1][2]]


@pytest.mark.parametrize("previous", [None, *State])
@pytest.mark.parametrize("current", list(State))
def test_a_trend_is_better_or_worse_only_between_ranked_states(previous: State | None, current: State) -> None:
    from consortium.facts import trend
    from consortium.facts.states import RANKED

    told = trend(previous, current)

    assert (told in {Trend.BETTER, Trend.WORSE}) == (previous in RANKED and current in RANKED and previous != current)


def test_rows_of_a_sub_project_that_is_not_walked_do_not_hide_those_of_the_next() -> None:
    rows: Any = [SimpleNamespace(sub_project_id=number) for number in (1, 1, 2, 4)]
    beside = Beside(rows)

    assert [len(beside.of(number)) for number in (1, 3, 4)] == [2, 0, 1]

"""Themes across sub-projects, and to what degree each promotes them."""

from datetime import date

import pytest
from sqlalchemy import select

from consortium.errors import InvalidValue, NotPermitted
from consortium.models import Assessment
from consortium.services.policy import Role
from consortium.testing import TODAY, Make


def test_a_degree_can_be_said_in_any_language(make: Make) -> None:
    assessment = make.assessment(make.theme(key="recovery"), make.sub_project(key="DP-7"), degree="i viss grad")

    assert (assessment.degree, assessment.key) == ("some", f"recovery:DP-7:{TODAY}")
    with pytest.raises(InvalidValue, match="to some degree, to a high degree"):
        make.assessment(degree="a bit")


def test_a_sub_project_is_assessed_once_a_day_for_each_theme(make: Make) -> None:
    theme, project = make.theme(), make.sub_project(key="DP-7")
    make.assessment(theme, project, day=date(2026, 6, 1))
    make.assessment(theme, project)
    make.assessment(make.theme(), project)
    make.assessment(theme)

    with pytest.raises(InvalidValue, match="“DP-7” has already been assessed on 15 June 2026"):
        make.assessment(theme, project)


def test_nothing_is_assessed_on_a_day_to_come(make: Make) -> None:
    with pytest.raises(InvalidValue, match="16 June 2026 is still to come"):
        make.assessment(day=date(2026, 6, 16))


def test_a_theme_of_one_consortium_is_not_for_the_sub_projects_of_another(make: Make) -> None:
    with pytest.raises(InvalidValue, match="same consortium"):
        make.assessment(make.theme(consortium=make.consortium()))


def test_a_lead_assesses_what_they_lead_but_adds_no_theme(make: Make) -> None:
    theme, mine, other = make.theme(), make.sub_project(), make.sub_project()
    make.operator = make.principal(Role.LEAD, leads=frozenset({mine.id}))

    assert make.assessment(theme, mine).words.versions["nb"].by == "Lead Testesen"
    with pytest.raises(NotPermitted):
        make.assessment(theme, other)
    with pytest.raises(NotPermitted):
        make.theme()
    assert len(make.session.scalars(select(Assessment)).all()) == 1

"""Milestones: added with a day, ticked when reached."""

from datetime import date

import pytest

from consortium.errors import InvalidValue, NotPermitted
from consortium.services.milestones import add_milestone, reach_milestone, reopen_milestone
from consortium.services.policy import Role
from consortium.testing import TODAY, Make


def test_a_milestone_is_ticked_today_or_on_the_day_it_was_reached(make: Make) -> None:
    milestone = make.milestone()

    assert reach_milestone(make.session, make.operator, milestone=milestone).done == TODAY
    assert reach_milestone(make.session, make.operator, milestone=milestone, day=date(2026, 6, 3)).done.day == 3  # type: ignore[union-attr]  # given


def test_a_tick_can_be_taken_away(make: Make) -> None:
    milestone = make.milestone(done=TODAY)

    assert reopen_milestone(make.session, make.operator, milestone=milestone).done is None


def test_no_milestone_is_reached_on_a_day_to_come(make: Make) -> None:
    milestone = make.milestone()

    with pytest.raises(InvalidValue, match="16 June 2026 is still to come") as refusal:
        reach_milestone(make.session, make.operator, milestone=milestone, day=date(2026, 6, 16))
    assert refusal.value.field == "done"
    assert milestone.done is None


def test_a_lead_adds_and_ticks_milestones_of_what_they_lead(make: Make) -> None:
    project = make.sub_project()
    lead = make.principal(Role.LEAD, leads=frozenset({project.id}))

    made = add_milestone(
        make.session, lead, sub_project=project, key="M1", title={"nb": "Åpnet", "sv": "Öppnat"}, due=TODAY
    )

    assert reach_milestone(make.session, lead, milestone=made).done == TODAY
    assert made.title.words("sv") == "Öppnat"


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.AUDITOR])
def test_nobody_else_ticks_it(make: Make, role: Role) -> None:
    milestone = make.milestone()
    who = make.principal(role, partners=frozenset({milestone.sub_project.partners[0].id}))

    with pytest.raises(NotPermitted):
        reach_milestone(make.session, who, milestone=milestone)
    with pytest.raises(NotPermitted):
        reopen_milestone(make.session, who, milestone=milestone)
    assert milestone.done is None

"""Who is offered to report on a sub-project."""

import pytest

from consortium.services.policy import Role
from consortium.services.timeline import may_report, may_report_on
from consortium.testing import Make


@pytest.mark.parametrize(
    ("role", "own", "foreign"),
    [
        (Role.ADMINISTRATOR, True, True),
        (Role.STAFF, True, True),
        (Role.LEAD, True, False),
        (Role.MEMBER, False, False),
        (Role.AUDITOR, False, False),
    ],
)
def test_staff_and_the_lead_alone_are_offered_to_report(make: Make, role: Role, *, own: bool, foreign: bool) -> None:
    mine, other = make.sub_project("Mitt"), make.sub_project("Fremmed")
    make.session.flush()
    who = make.principal(role, leads=frozenset({mine.id}))

    assert [may_report(who, each) for each in (mine, other)] == [own, foreign]
    assert [may_report_on(who, each.id, consortium=make.home.id) for each in (mine, other)] == [own, foreign]

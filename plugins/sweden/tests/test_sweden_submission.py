"""Sweden: what is to be thought of before a status is sent."""

from dataclasses import replace

import pytest

from consortium.facts.submission import Submission
from consortium.plugins import FrontDesk
from consortium.testing import whole_facts
from consortium.texts import Text
from consortium_sweden.submission import look, suits


def submission(*, achieved: Text, is_measured: bool) -> Submission:
    """Make a submission of a status that says what was achieved, or of a sub-project with a reading."""
    facts = whole_facts()
    project = next(each for each in facts.sub_projects if each.current and any(one.current for one in each.indicators))
    assert project.current
    measured = project if is_measured else replace(project, indicators=())
    return Submission(
        facts.consortium, facts.day, measured, facts.partners, replace(project.current, achieved=achieved)
    )


@pytest.mark.parametrize(
    ("achieved", "is_measured", "hints"),
    [(Text(), False, 1), (Text(), True, 0), (Text().write("sv", "Avtalet är skrivet."), False, 0)],
)
def test_a_report_without_any_result_gives_a_hint(achieved: Text, is_measured: bool, hints: int) -> None:
    remarks = list(look(submission(achieved=achieved, is_measured=is_measured)))

    assert [(remark.field, remark.is_refusal) for remark in remarks] == [("achieved", False)] * hints


@pytest.mark.parametrize(("country", "is_suited"), [("SE", True), ("NO", False)])
def test_it_is_about_sub_projects_that_a_swedish_partner_leads(country: str, is_suited: bool) -> None:
    leader = replace(whole_facts().partners[0], country=country)

    assert suits((leader,)) == is_suited


def test_the_plugin_brings_it_to_the_front_desk() -> None:
    assert FrontDesk().submission_checks["se-results"].look is look

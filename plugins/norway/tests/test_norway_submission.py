"""Norway: what is to be thought of before a status is sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from consortium.facts.submission import Submission
from consortium.i18n.numbers import Money
from consortium.plugins import FrontDesk
from consortium.testing import whole_facts
from consortium_norway.submission import look, suits


def submission(budget: Money | None) -> Submission:
    """Make a submission of a sub-project with a budget."""
    facts = whole_facts()
    project = next(each for each in facts.sub_projects if each.current)
    assert project.current
    partners = tuple(facts.partner[key] for key in project.partners)
    return Submission(facts.consortium, facts.day, replace(project, budget=budget), partners, project.current)


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (None, "ikke noe registrert budsjett"),
        (Money(Decimal(5), "EUR"), "registrert i EUR"),
        (Money(Decimal(5), "NOK"), ""),
    ],
)
def test_a_budget_that_the_portal_cannot_take_gives_a_hint(budget: Money | None, said: str) -> None:
    remarks = list(look(submission(budget)))

    assert [said in remark.words.say("nb") for remark in remarks] == [True] * bool(said)
    assert not any(remark.is_refusal for remark in remarks)


@pytest.mark.parametrize(("country", "is_suited"), [("NO", True), ("SE", False)])
def test_it_is_about_sub_projects_that_a_norwegian_partner_leads(country: str, is_suited: bool) -> None:
    leader = replace(submission(None).partners[0], country=country)

    assert suits((leader,)) == is_suited


def test_the_plugin_brings_it_to_the_front_desk() -> None:
    assert FrontDesk().submission_checks["no-amounts"].look is look

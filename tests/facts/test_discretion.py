"""Names of people are left out of the facts of a report that does not declare them."""

import pytest

from consortium.facts.discretion import PERSONAL_DATA, discreet
from consortium.testing import Make


@pytest.mark.parametrize("declared", [frozenset(), frozenset({"attendees"}), frozenset({"reporters"}), PERSONAL_DATA])
def test_what_is_not_declared_is_left_out(make: Make, declared: frozenset[str]) -> None:
    person = make.person("Kari Kontakt")
    gathering = make.gathering()
    make.attendance(gathering, person=person, state="attended")
    make.status(reported_by=make.person("Rolf Rapport"))

    facts = discreet(make.facts(), declared)

    said = f"{facts.gatherings} {list(facts.sub_projects)}"
    assert ("Kari Kontakt" in said) is ("attendees" in declared)
    assert ("Rolf Rapport" in said) is ("reporters" in declared)

"""Names of people are left out of the facts of a report that does not declare them."""

from dataclasses import replace

import pytest

from consortium.facts import Stream
from consortium.facts.canonical import line_of
from consortium.facts.discretion import PERSONAL_DATA, discreet
from consortium.testing import Make
from tests.facts.made import facts, status, sub_project, text


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


@pytest.mark.parametrize("name", ['Kari "Kaja" Nordmann', "Kari\\\\", '","summary":"'])
def test_a_name_is_left_out_of_kept_lines_whatever_signs_it_has(name: str) -> None:
    said = text(nb='Hun sa "reported_by":"Per" høyt.')
    known = sub_project(current=status(reported_by=name, summary=said), previous=status(reported_by=name))
    kept = facts(known)
    lines = replace(kept, sub_projects=Stream(kept.sub_projects.walk, lambda: map(line_of, kept.sub_projects)))

    left = discreet(lines, frozenset())

    assert list(left.sub_projects) == list(discreet(kept, frozenset()).sub_projects)
    assert left.sub_projects.lines
    assert list(left.sub_projects.lines()) == list(map(line_of, left.sub_projects))

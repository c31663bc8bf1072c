"""Checking: texts and records that somebody should look at, worst first."""

from datetime import date
from typing import Any

import pytest

from consortium.models import SubProject
from consortium.services.checking import Concern, Finding, check
from consortium.services.people import give_capacity
from consortium.services.policy import Role
from consortium.services.texts import translate_text, write_text
from consortium.testing import TODAY, Make


def findings(make: Make, day: date = TODAY, concern: Concern | None = None) -> list[Finding]:
    """Check the home consortium."""
    make.session.flush()
    found = check(make.session, make.operator, consortium=make.home, day=day)
    return [each for each in found if concern in {None, each.concern}]


def whats(make: Make, concern: Concern) -> list[str]:
    """Say what was found."""
    return [str(each.what) for each in findings(make, concern=concern)]


def led(make: Make, **others: Any) -> SubProject:
    """Make a sub-project that lacks nothing."""
    project = make.sub_project({"nb": "Huset", "sv": "Huset"}, **others)
    give_capacity(
        make.session,
        make.operator,
        person=make.person(),
        organisation=project.participations[0].partner.organisation,
        role="project_manager",
        start=date(2025, 1, 1),
        sub_project=project,
    )
    return project


def test_where_nothing_is_wrong_nothing_is_found(make: Make) -> None:
    make.status(led(make), summary={"nb": "Godt.", "sv": "Bra."})

    assert findings(make) == []


def test_a_missing_text_is_found(make: Make) -> None:
    make.status(led(make), summary={"nb": "Godt."}, key="S1")
    (found,) = findings(make)

    assert (found.concern, found.record, str(found.owner)) == (Concern.MISSING, "S1", "Huset")
    assert str(found.what) == "Summary in Swedish"


def test_an_outdated_translation_and_a_draft_are_found(make: Make) -> None:
    project = led(make)
    status = make.status(project, summary={"nb": "Godt."})
    draft = {"language": "sv", "words": "Bra.", "origin": "machine"}
    translate_text(make.session, make.operator, record=status, field="summary", **draft)  # type: ignore[arg-type]  # words
    write_text(make.session, make.operator, record=project, field="title", language="nb", words="Hjemmet")

    assert whats(make, Concern.DRAFT) == ["Summary in Swedish"]
    assert whats(make, Concern.OUTDATED) == ["Title in Swedish"]


def test_doubtful_words_are_found_with_the_right_ones(make: Make) -> None:
    make.status(led(make), summary={"nb": "Milepæl nådd.", "sv": "Milpålen är nådd."})

    assert whats(make, Concern.TERM) == ["Summary in Swedish: “milpåle” is called “milstolpe” in Swedish."]


def test_a_sub_project_that_nobody_leads_is_found_until_it_has_ended(make: Make) -> None:
    project = make.sub_project({"nb": "Huset", "sv": "Huset"})
    assert whats(make, Concern.RECORD) == ["Nobody is its project manager. Give a person that capacity."]

    make.status(project, state="completed", summary={"nb": "Ferdig.", "sv": "Färdigt."})
    assert whats(make, Concern.RECORD) == []


def test_a_leading_partner_that_has_left_is_found(make: Make) -> None:
    led(make, partners=[make.partner("Frosta", left=date(2026, 6, 15))])

    (what,) = whats(make, Concern.RECORD)
    assert what == "Frosta leads the sub-project, but left on 15 June 2026. Let another partner lead it."
    assert findings(make, day=date(2026, 6, 14)) == []


def test_a_milestone_after_the_end_and_an_indicator_without_figures_are_found(make: Make) -> None:
    project = led(make, start=date(2025, 1, 1), end=date(2026, 12, 31))
    both = {"nb": "Avtale", "sv": "Avtal"}
    make.milestone(project, title=both, due=date(2027, 1, 1))
    make.indicator(project, name=both, unit={"nb": "stk", "sv": "st"}, baseline=None, target=None)

    assert whats(make, Concern.RECORD) == [
        "The milestone “Avtale” is due on 1 January 2027, after the end of the sub-project on 31 December 2026.",
        "The indicator “Avtale” has no target.",
        "The indicator “Avtale” has no baseline.",
    ]


def test_an_open_milestone_of_a_completed_sub_project_is_found(make: Make) -> None:
    both = {"nb": "Avtale", "sv": "Avtal"}
    for state in ("completed", "cancelled"):
        project = led(make)
        make.status(project, state=state, summary=both)
        make.milestone(project, title=both, due=date(2026, 6, 1))
        make.milestone(project, title=both, done=date(2026, 6, 1))

    assert whats(make, Concern.RECORD) == [
        "It is completed, but the milestone “Avtale” is open. Say when it was reached, or take it away."
    ]


def test_a_status_before_the_sub_project_began_is_found(make: Make) -> None:
    both, project = {"nb": "Godt.", "sv": "Bra."}, led(make, start=date(2026, 2, 1))
    make.status(project, day=date(2026, 1, 1), state="planned", summary=both)
    make.status(project, day=date(2026, 1, 31), summary=both, key="S1")
    make.status(project, day=date(2026, 2, 1), summary=both)
    (found,) = findings(make)

    assert (found.record, str(found.owner)) == ("S1", "Huset")
    assert str(found.what).startswith("The status is of 31 January 2026, before the sub-project began on 1 February")


@pytest.mark.parametrize(
    ("state", "is_found"), [("attended", False), ("absent", False), ("accepted", True), ("", True)]
)
def test_a_gathering_whose_attendance_nobody_has_recorded_is_found(make: Make, state: str, *, is_found: bool) -> None:
    gathering = make.gathering("Vår", day=date(2026, 6, 14))
    if state:
        make.attendance(gathering, state=state)

    told = ["It ended on 14 June 2026, but nobody has recorded who attended."]
    assert whats(make, Concern.RECORD) == told * is_found
    assert findings(make, day=date(2026, 6, 14), concern=Concern.RECORD) == []


@pytest.mark.parametrize(
    "email", ["liv", "liv@", "@vidda.no", "liv@vidda", "liv@@vidda.no", "liv lind@vidda.no", "a@b..no"]
)
def test_an_address_that_cannot_be_one_is_found(make: Make, email: str) -> None:
    make.person("Liv Lind", email=email)
    make.person("Per Ås", email="per.ås+1@post.blåfjell.no")
    make.person("Siv Å")
    (found,) = findings(make, concern=Concern.RECORD)

    assert (str(found.owner), str(found.what)) == ("Liv Lind", f"“{email}” cannot be an e-mail address. Correct it.")


def test_findings_stand_together_by_concern(make: Make) -> None:
    for _number in range(3):
        make.status(make.sub_project(), summary={"nb": "Godt.", "sv": "En milpåle."})
    concerns = [each.concern for each in findings(make)]

    assert concerns == sorted(concerns, key=list(Concern).index)
    assert set(concerns) == {Concern.MISSING, Concern.TERM, Concern.RECORD}


def test_findings_are_said_in_the_language_of_the_reader(make: Make) -> None:
    make.status(led(make), summary={"nb": "Godt."})
    (found,) = findings(make)

    assert found.what.say("sv").endswith("svenska")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEAD])
def test_a_member_is_told_only_of_its_own(make: Make, role: Role) -> None:
    make.sub_project("Kanarifugl")
    make.session.flush()

    assert check(make.session, make.principal(role), consortium=make.home) == []

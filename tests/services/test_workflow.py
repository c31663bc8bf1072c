"""The workflow of a status: draft, submitted, returned with a comment, approved."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from consortium.errors import FrozenWords, InvalidValue, NotPermitted
from consortium.models import StatusComment, StatusUpdate
from consortium.services.policy import Role
from consortium.services.statuses import write_draft
from consortium.services.texts import translate_text, write_text
from consortium.services.workflow import STEPS, approve_status, return_status, submit_status
from consortium.testing import TODAY, Make
from consortium.texts import TextState
from consortium.texts.terms import terms

ASKED = {"achieved": {"nb": "Hvor mange kom?", "sv": "Hur många kom?"}}


def returned(make: Make, **others: Any) -> StatusUpdate:
    """Make a status that staff have returned."""
    update = make.status(**others)
    return_status(make.session, make.operator, update=update, comments=ASKED)
    return update


def test_a_lead_writes_submits_is_asked_answers_and_staff_approve(make: Make) -> None:
    project = make.sub_project()
    lead, staff = make.principal(Role.LEAD, leads=frozenset({project.id})), make.principal(Role.STAFF)
    update = make.status(project, summary={}, workflow="draft")

    write_draft(make.session, lead, update=update, state="delayed", summary={"nb": "Vi venter på svar."})
    submit_status(make.session, lead, update=update)
    return_status(make.session, staff, update=update, comments=ASKED)
    write_draft(make.session, lead, update=update, achieved={"nb": "Ni kom."})
    submit_status(make.session, lead, update=update)
    approve_status(make.session, staff, update=update)

    assert (update.workflow, update.state) == ("approved", "delayed")
    assert (update.summary.words("nb"), update.achieved.words("nb")) == ("Vi venter på svar.", "Ni kom.")
    assert update.achieved.versions["nb"].by == "Lead Testesen"


def test_a_comment_stands_at_its_field_in_both_languages(make: Make) -> None:
    update = returned(make)

    (comment,) = make.session.scalars(select(StatusComment))
    assert (comment.key, comment.field, comment.day) == (f"{update.key}:achieved:{TODAY}", "achieved", TODAY)
    assert comment.words.words("nb") == "Hvor mange kom?"
    assert comment.words.state("sv") is TextState.TRANSLATED


def test_a_status_can_be_returned_twice_on_one_day(make: Make) -> None:
    update = returned(make)
    submit_status(make.session, make.operator, update=update)
    return_status(make.session, make.operator, update=update, comments=ASKED)

    assert len(make.session.scalars(select(StatusComment)).all()) == 2


@pytest.mark.parametrize(
    ("comments", "says"),
    [
        ({}, "Write at one field at least"),
        ({"achieved": {}}, "Write at one field at least"),
        ({"achieved": {"nb": " "}}, "cannot be empty"),
        ({"weather": {"nb": "Hva?"}}, "none of the words to choose from: state, summary"),
    ],
)
def test_nothing_is_returned_without_a_word(make: Make, comments: dict[str, dict[str, str]], says: str) -> None:
    update = make.status()

    with pytest.raises(InvalidValue, match=says):
        return_status(make.session, make.operator, update=update, comments=comments)
    assert update.workflow == "submitted"


VERBS: dict[str, Callable[[Make, StatusUpdate], object]] = {
    "submitted": lambda make, update: submit_status(make.session, make.operator, update=update),
    "returned": lambda make, update: return_status(make.session, make.operator, update=update, comments=ASKED),
    "approved": lambda make, update: approve_status(make.session, make.operator, update=update),
}


@pytest.mark.parametrize("wanted", VERBS)
@pytest.mark.parametrize("present", terms("workflow"))
def test_only_the_steps_of_the_workflow_are_taken(make: Make, present: str, wanted: str) -> None:
    update = make.status(workflow="draft")
    update.workflow = present

    if wanted in STEPS[present]:
        VERBS[wanted](make, update)
        assert update.workflow == wanted
    else:
        with pytest.raises(InvalidValue, match=r"already been submitted|not submitted at present|approved and stays"):
            VERBS[wanted](make, update)
        assert update.workflow == present


def test_the_steps_of_the_workflow_are_these() -> None:
    assert {(present, wanted) for present, steps in STEPS.items() for wanted in steps} == {
        ("draft", "submitted"),
        ("submitted", "returned"),
        ("submitted", "approved"),
        ("returned", "submitted"),
    }


@pytest.mark.parametrize("verb", ["returned", "approved"])
def test_a_lead_neither_returns_nor_approves(make: Make, verb: str) -> None:
    update = make.status()
    make.operator = make.principal(Role.LEAD, leads=frozenset({update.sub_project.id}))

    with pytest.raises(NotPermitted, match="may not approve this"):
        VERBS[verb](make, update)
    assert update.workflow == "submitted"


def test_submitting_freezes_the_source_words_and_returning_frees_them(make: Make) -> None:
    update = make.status(workflow="draft")
    words = {"record": update, "field": "summary", "language": "nb"}
    write_text(make.session, make.operator, **words, words="Først slik.")  # type: ignore[arg-type]  # named above
    submit_status(make.session, make.operator, update=update)
    with pytest.raises(FrozenWords):
        write_text(make.session, make.operator, **words, words="Så slik.")  # type: ignore[arg-type]  # named above
    return_status(make.session, make.operator, update=update, comments=ASKED)
    write_text(make.session, make.operator, **words, words="Endelig slik.")  # type: ignore[arg-type]  # named above

    assert update.summary.words("nb") == "Endelig slik."


def test_a_rewritten_draft_leaves_its_translation_outdated(make: Make) -> None:
    update = make.status(workflow="draft", summary={"nb": "Ni kom.", "sv": "Nio kom."})

    write_draft(make.session, make.operator, update=update, summary={"nb": "Ti kom."})

    assert update.summary.state("sv") is TextState.OUTDATED


def test_what_is_not_given_stays_and_a_text_without_words_is_emptied(make: Make) -> None:
    update = make.status(workflow="draft", achieved={"nb": "Mye."}, next_steps={"nb": "Mer."})

    write_draft(make.session, make.operator, update=update, achieved={})

    assert not update.achieved
    assert (update.next_steps.words("nb"), update.state) == ("Mer.", "on_track")


def test_a_submitted_status_is_no_draft_but_can_be_translated(make: Make) -> None:
    update = make.status()
    lead = make.principal(Role.LEAD, leads=frozenset({update.sub_project.id}))

    with pytest.raises(FrozenWords, match="Ask the staff to return it"):
        write_draft(make.session, lead, update=update, summary={"nb": "Nei."})
    translate_text(make.session, lead, record=update, field="summary", language="sv", words="Enligt plan.")
    assert update.summary.words("sv") == "Enligt plan."


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.AUDITOR])
def test_nobody_else_writes_or_submits_a_draft(make: Make, role: Role) -> None:
    update = make.status(workflow="draft")
    who = make.principal(role, partners=frozenset({update.sub_project.partners[0].id}))

    with pytest.raises(NotPermitted):
        write_draft(make.session, who, update=update, summary={"nb": "Nei."})
    with pytest.raises(NotPermitted):
        submit_status(make.session, who, update=update)
    assert update.workflow == "draft"


def test_a_draft_moves_to_another_day_with_its_key(make: Make) -> None:
    update = make.status(workflow="draft", day=date(2026, 6, 1))
    make.status(update.sub_project, day=date(2026, 6, 8))

    write_draft(make.session, make.operator, update=update, day=TODAY)
    assert (update.day, update.key) == (TODAY, f"{update.sub_project.key}:{TODAY}")
    with pytest.raises(InvalidValue, match="already has a status of 8 June 2026"):
        write_draft(make.session, make.operator, update=update, day=date(2026, 6, 8))
    with pytest.raises(InvalidValue, match="still to come"):
        write_draft(make.session, make.operator, update=update, day=date(2026, 6, 16))
    assert update.day == TODAY


def test_a_returned_status_keeps_its_day(make: Make) -> None:
    with pytest.raises(InvalidValue, match="keeps its day, 15 June 2026"):
        write_draft(make.session, make.operator, update=returned(make), day=date(2026, 6, 1))


def test_nothing_is_submitted_without_a_summary(make: Make) -> None:
    draft = make.status(workflow="draft", summary={})

    with pytest.raises(InvalidValue, match="has no summary"):
        submit_status(make.session, make.operator, update=draft)
    with pytest.raises(InvalidValue, match="has no summary"):
        make.status(summary={})


def test_a_new_status_is_a_draft_or_submitted(make: Make) -> None:
    with pytest.raises(InvalidValue, match="a draft or submitted; staff decide the rest"):
        make.status(workflow="approved")
    assert make.status(workflow="utkast").workflow == "draft"


def test_a_draft_is_rewritten_and_not_corrected(make: Make) -> None:
    draft = make.status(workflow="draft")

    with pytest.raises(InvalidValue, match="Change its own words instead"):
        make.status(draft.sub_project, key="rettet", corrects=draft)


@pytest.mark.parametrize("workflow", ["draft", "returned"])
def test_what_is_not_submitted_is_never_the_current_status(make: Make, workflow: str) -> None:
    told = make.status(state="on_track", day=date(2026, 6, 1))
    make.status(told.sub_project, state="delayed", workflow="draft").workflow = workflow

    (facts,) = make.facts().sub_projects

    assert facts.current
    assert facts.current.key == told.key


def test_a_correction_that_is_a_draft_does_not_yet_replace_anything(make: Make) -> None:
    told = make.status(day=date(2026, 6, 1))
    correction = make.status(told.sub_project, state="delayed", corrects=told, workflow="draft")

    assert [each.current and each.current.key for each in make.facts().sub_projects] == [told.key]
    submit_status(make.session, make.operator, update=correction)
    assert [each.current and each.current.key for each in make.facts().sub_projects] == [correction.key]

"""The policy: no rule means no, and lists show what details do."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.errors import NotPermitted
from consortium.models import (
    Base,
    Consortium,
    Group,
    Organisation,
    Person,
    Record,
    RegisterEntry,
    Snapshot,
    Statement,
    StatusComment,
    StatusUpdate,
    SubProject,
    TermEntry,
)
from consortium.services.gatherings import add_agenda_item
from consortium.services.people import add_person, give_capacity, principal_of
from consortium.services.policy import RULES, Principal, Role, Verb, may, visible
from consortium.services.statuses import report_status
from consortium.services.workflow import return_status
from consortium.testing import TODAY, Make
from consortium.texts import Text

KINDS: list[type[Any]] = sorted(
    (m.class_ for m in Base.registry.mappers if issubclass(m.class_, Record)), key=lambda kind: kind.__name__
)


#: only a status is approved, a snapshot stays as it was taken, and comments stay for whoever asks why
MEANT = [
    (verb, kind)
    for verb in Verb
    for kind in KINDS
    if (verb is not Verb.APPROVE or kind is StatusUpdate)
    and (verb not in {Verb.EDIT, Verb.TRANSLATE} or kind is not Snapshot)
    and (verb is not Verb.REMOVE or kind not in {Snapshot, StatusComment, Consortium})
]


def test_every_record_has_a_rule_for_every_verb_that_is_meant_for_it() -> None:
    assert {rule for rule in RULES if rule[1] in KINDS} == set(MEANT)


def test_what_has_no_rule_is_refused(make: Make) -> None:
    assert not may(make.operator, Verb.SEE, object())


def fill_up(make: Make, project: SubProject) -> None:
    """Make at least one row of each kind, of ``project`` where it has to do with one."""
    for workflow in ("draft", "submitted", "approved"):
        make.status(project, key=f"{project.key}:{workflow}", workflow="draft").workflow = workflow
    make.session.flush()
    asked = make.status(project, key=f"{project.key}:returned")
    return_status(make.session, make.operator, update=asked, comments={"summary": {"nb": "Hvor mange?"}})
    make.milestone(project)
    make.reading(make.indicator(project))
    make.assessment(sub_project=project)
    where = project.partners[0].organisation
    give_capacity(make.session, make.operator, person=make.person(), organisation=where, role="contact", start=TODAY)
    gathering = make.gathering(series=make.series())
    add_agenda_item(make.session, make.operator, gathering=gathering, title={"nb": "Runden"})
    for kind in ("success", "risk"):
        make.statement(gathering, where, kind=kind)
    make.attendance(gathering)


def fill_up_once(make: Make) -> None:
    """Make the rows of which one is enough, and those of another consortium."""
    make.period()
    make.session.add(Group(consortium_id=make.home.id, key="g", name=Text().write("nb", "Nord")))
    away = make.consortium("Et annet sted")
    make.sub_project("Ute", partners=[make.partner(consortium=away)])
    for home in (make.home, away):
        words = Text().write("nb", "delprosjekt")
        term = TermEntry(consortium_id=home.id, key="t", kind="term", words=words, avoid=Text())
        code = RegisterEntry(consortium_id=home.id, key="k:1", kind="k", code="1", name="En")
        make.session.add_all(
            [term, code, Snapshot(consortium_id=home.id, key="s", day=TODAY, fingerprint="", versions={})]
        )
    make.session.flush()


@pytest.mark.parametrize("role", list(Role))
def test_a_list_shows_exactly_what_may_be_seen_one_by_one(make: Make, role: Role) -> None:
    mine, shared, foreign = make.sub_project("Mitt"), make.sub_project("Delt"), make.sub_project("Fremmed")
    for project in (mine, shared, foreign):
        fill_up(make, project)
    fill_up_once(make)
    who = make.principal(role, partners=frozenset({shared.partners[0].id}), leads=frozenset({mine.id}))

    for kind in KINDS:
        rows = make.session.scalars(select(kind)).all()
        listed = set(make.session.scalars(select(kind.id).where(visible(who, kind))))
        assert rows, f"make a {kind.__name__}, so that its rule is tried"
        assert listed == {row.id for row in rows if may(who, Verb.SEE, row)}, kind


@pytest.mark.parametrize(
    ("role", "drafts", "comments", "risks"),
    [(Role.STAFF, 2, 1, 1), (Role.AUDITOR, 2, 1, 1), (Role.LEAD, 2, 1, 0), (Role.MEMBER, 0, 0, 0)],
)
def test_drafts_comments_and_risks_are_not_for_everyone(
    make: Make, role: Role, drafts: int, comments: int, risks: int
) -> None:
    project = make.sub_project()
    fill_up(make, project)
    who = make.principal(role, partners=frozenset({project.partners[0].id}), leads=frozenset({project.id}))

    def count(kind: type[Any], *criteria: Any) -> int:
        return len(make.session.scalars(select(kind).where(visible(who, kind), *criteria)).all())

    assert count(StatusUpdate, StatusUpdate.workflow.in_(["draft", "returned"])) == drafts
    assert count(StatusComment) == comments
    assert count(Statement, Statement.kind == "risk") == risks


def test_a_lead_neither_approves_nor_rewrites_what_was_submitted(make: Make) -> None:
    update = make.status()
    who = make.principal(Role.LEAD, leads=frozenset({update.sub_project.id}))

    assert [verb for verb in Verb if may(who, verb, update)] == [Verb.SEE, Verb.ADD, Verb.TRANSLATE]


@pytest.mark.parametrize(("role", "seen"), [(Role.STAFF, 3), (Role.AUDITOR, 3), (Role.LEAD, 2), (Role.MEMBER, 2)])
def test_leads_and_members_see_their_own_sub_projects(make: Make, role: Role, seen: int) -> None:
    mine, shared, _foreign = make.sub_project(), make.sub_project(), make.sub_project()
    make.session.flush()
    who = make.principal(role, partners=frozenset({shared.partners[0].id}), leads=frozenset({mine.id}))

    assert len(make.session.scalars(select(SubProject).where(visible(who, SubProject))).all()) == seen


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MEMBER, Role.LEAD])
def test_who_does_not_lead_a_sub_project_cannot_report_it(make: Make, role: Role) -> None:
    project = make.sub_project()
    who = make.principal(role, partners=frozenset({project.partners[0].id}))

    with pytest.raises(NotPermitted, match="Ask the staff"):
        report_status(make.session, who, sub_project=project, state="on_track", summary={"nb": "Hei."})
    assert make.session.scalars(select(StatusUpdate)).all() == []


def test_a_lead_reports_what_they_lead_and_the_history_says_so(make: Make) -> None:
    project = make.sub_project()
    who = make.principal(Role.LEAD, leads=frozenset({project.id}))

    update = report_status(make.session, who, sub_project=project, state="on_track", summary={"nb": "Hei."})

    assert update.summary.versions["nb"].by == "Lead Testesen"


def test_staff_of_another_consortium_can_do_nothing_here(make: Make) -> None:
    away = make.consortium("Et annet sted")
    stranger = Principal("Fremmed", Role.STAFF, away.id)

    with pytest.raises(NotPermitted):
        add_person(make.session, stranger, consortium=make.home, key="x", name="X")
    assert make.session.scalars(select(Person)).all() == []


def test_a_person_is_a_lead_for_as_long_as_they_manage_a_sub_project(make: Make) -> None:
    project, person = make.sub_project(), make.person()
    where: Organisation = project.partners[0].organisation
    yesterday = TODAY.replace(day=14)
    give_capacity(
        make.session, make.operator, person=person, organisation=where, sub_project=project, role="project_manager",
        start=TODAY.replace(year=2025), end=yesterday,
    )  # fmt: skip

    assert principal_of(make.session, person, yesterday).leads == {project.id}
    with pytest.raises(NotPermitted, match="no capacity here"):
        principal_of(make.session, person, TODAY)

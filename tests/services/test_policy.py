"""The policy: no rule means no, and lists show what details do."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.errors import NotPermitted
from consortium.models import Base, Organisation, Person, Record, StatusUpdate, SubProject
from consortium.services.people import add_person, give_capacity, principal_of
from consortium.services.policy import RULES, Principal, Role, Verb, may, visible
from consortium.services.statuses import report_status
from consortium.testing import TODAY, Make

KINDS: list[type[Any]] = sorted(
    (m.class_ for m in Base.registry.mappers if issubclass(m.class_, Record)), key=lambda kind: kind.__name__
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", list(Verb))
def test_every_record_has_a_rule_for_every_verb(verb: Verb, kind: type) -> None:
    assert (verb, kind) in RULES


def test_what_has_no_rule_is_refused(make: Make) -> None:
    assert not may(make.operator, Verb.SEE, object())


@pytest.mark.parametrize("role", list(Role))
def test_a_list_shows_exactly_what_may_be_seen_one_by_one(make: Make, role: Role) -> None:
    mine, shared, foreign = make.sub_project("Mitt"), make.sub_project("Delt"), make.sub_project("Fremmed")
    away = make.consortium("Et annet sted")
    make.sub_project("Ute", partners=[make.partner(consortium=away)])
    for project in (mine, shared, foreign):
        make.status(project)
    make.person()
    make.session.flush()
    who = make.principal(role, partners=frozenset({shared.partners[0].id}), leads=frozenset({mine.id}))

    for kind in KINDS:
        rows = make.session.scalars(select(kind)).all()
        listed = set(make.session.scalars(select(kind.id).where(visible(who, kind))))
        assert listed == {row.id for row in rows if may(who, Verb.SEE, row)}, kind


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

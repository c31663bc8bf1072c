"""One-time links: one person, one sub-project, once; whatever is wrong with one, nobody is told which."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import inspect, select

from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.models import Capacity, Change, Person, StatusLink, SubProject
from consortium.services.links import (
    issue_link,
    link_address,
    list_links,
    open_link,
    read_used_link,
    revoke_link,
    use_link,
)
from consortium.services.policy import Principal, Role, Verb, may
from consortium.services.statuses import report_status
from consortium.services.workflow import submit_status
from consortium.testing import TODAY, Make
from tests.services.letters import HEAD, a_lead


@pytest.fixture
def project(make: Make) -> SubProject:
    """Give a sub-project."""
    return make.sub_project("Åpen stue")


@pytest.fixture
def person(make: Make, project: SubProject) -> Person:
    """Give its lead."""
    return a_lead(make, project)


def issued(make: Make, project: SubProject, person: Person) -> tuple[StatusLink, str]:
    """Make a link and keep it."""
    made = issue_link(make.session, make.operator, sub_project=project, person=person)
    make.keep()
    return made


def test_a_link_opens_one_sub_project_for_one_person_as_often_as_wanted(
    make: Make, project: SubProject, person: Person
) -> None:
    _link, token = issued(make, project, person)

    for _time in range(2):
        opened = open_link(make.session, token, TODAY)
        assert (opened.sub_project, opened.person) == (project, person)
    assert opened.principal == Principal("Liv Lind", Role.LEAD, make.home.id, frozenset(), frozenset({project.id}))


def test_a_link_opens_nothing_else_that_the_person_leads_or_shares(make: Make, project: SubProject) -> None:
    shared, other = make.sub_project(partners=project.partners), make.sub_project()
    person = a_lead(make, project)
    where = other.partners[0].organisation
    make.session.add(
        Capacity(
            consortium_id=make.home.id, key="x", person=person, organisation=where, sub_project=other,
            role="project_manager", start=TODAY,
        )
    )  # fmt: skip
    _link, token = issued(make, project, person)

    who = open_link(make.session, token, TODAY).principal

    assert [may(who, Verb.SEE, each) for each in (project, shared, other)] == [True, False, False]
    with pytest.raises(NotPermitted):
        report_status(make.session, who, sub_project=other, state="on_track", summary={"nb": "Hei."})


def test_a_draft_is_saved_and_submitted_by_a_link_which_is_used_up_then(
    make: Make, project: SubProject, person: Person
) -> None:
    link, token = issued(make, project, person)
    who = open_link(make.session, token, TODAY).principal
    draft = report_status(
        make.session, who, sub_project=project, state="on_track", summary={"nb": "Hei."}, workflow="draft"
    )
    make.keep()

    used = use_link(make.session, token, TODAY)
    submit_status(make.session, used.principal, update=draft)
    make.keep()

    assert make.session.get_one(StatusLink, link.id).used_at is not None
    assert make.session.scalar(select(Change.by).where(Change.action == "changed")) == "Liv Lind"
    with pytest.raises(NotFound, match="does not open"):
        open_link(make.session, token, TODAY)


def test_what_was_sent_by_a_link_can_be_read_with_it_on_the_same_day_only(
    make: Make, project: SubProject, person: Person
) -> None:
    _link, token = issued(make, project, person)
    with pytest.raises(NotFound, match="does not open"):
        read_used_link(make.session, token, TODAY)

    use_link(make.session, token, TODAY)

    assert read_used_link(make.session, token, TODAY).sub_project is project
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(NotFound, match="does not open"):
            read_used_link(make.session, token, day)


def test_a_link_is_whole_again_where_submitting_fails(make: Make, project: SubProject, person: Person) -> None:
    _link, token = issued(make, project, person)

    use_link(make.session, token, TODAY)
    make.session.rollback()

    assert open_link(make.session, token, TODAY)


def test_of_two_who_submit_at_once_one_is_refused(make: Make, project: SubProject, person: Person) -> None:
    _link, token = issued(make, project, person)
    make.session.close()
    with make.database.read() as early:
        known = open_link(early, token, TODAY).link
        with make.database.write() as session:
            use_link(session, token, TODAY)
        assert known.used_at is None
    with make.database.write() as session, pytest.raises(NotFound):
        use_link(session, token, TODAY)


def spoil_by_time(_make: Make, _link: StatusLink, token: str) -> tuple[str, date]:
    """Come a day too late."""
    return token, TODAY + timedelta(days=15)


def spoil_by_staff(make: Make, link: StatusLink, token: str) -> tuple[str, date]:
    """Take the link back."""
    revoke_link(make.session, make.operator, link=link)
    return token, TODAY


def spoil_by_use(make: Make, _link: StatusLink, token: str) -> tuple[str, date]:
    """Use it."""
    use_link(make.session, token, TODAY)
    return token, TODAY


def spoil_capacity(make: Make, link: StatusLink, token: str) -> tuple[str, date]:
    """Let the capacity end."""
    link.person.capacities[0].end = TODAY - timedelta(days=1)
    make.session.flush()
    return token, TODAY


def spoil_token(_make: Make, _link: StatusLink, token: str) -> tuple[str, date]:
    """Guess another one."""
    return token.swapcase(), TODAY


SPOILT = [spoil_by_time, spoil_by_staff, spoil_by_use, spoil_capacity, spoil_token]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_link_that_does_not_open_says_always_the_same(
    make: Make, project: SubProject, person: Person, spoil: Callable[[Make, StatusLink, str], tuple[str, date]]
) -> None:
    link, token = issued(make, project, person)
    token, day = spoil(make, link, token)
    for way in (open_link, use_link):
        with pytest.raises(NotFound) as caught:
            way(make.session, token, day)
        assert str(caught.value).startswith("This link does not open. It may be used or too old.")


@pytest.mark.parametrize("token", ["", "x" * 100_000, "\ud800", "\x00", "' OR 1=1 --", "æøå", "../..", "0" * 43])
def test_a_token_that_nobody_made_opens_nothing(make: Make, token: str) -> None:
    with pytest.raises(NotFound, match="does not open"):
        open_link(make.session, token, TODAY)


def test_it_opens_until_the_end_of_its_last_day(make: Make, project: SubProject, person: Person) -> None:
    link, token = issued(make, project, person)

    assert link.expires == date(2026, 6, 29)
    assert open_link(make.session, token, link.expires)


def test_the_token_is_long_and_lies_nowhere_in_the_database(make: Make, project: SubProject, person: Person) -> None:
    link, token = issued(make, project, person)
    kept = [str(getattr(link, column.key)) for column in inspect(StatusLink).columns]
    history = [str(each.values) for each in make.session.scalars(select(Change))]

    assert len(token) * 4 >= 128
    assert not [each for each in (*kept, *history) if token in each]
    assert issue_link(make.session, make.operator, sub_project=project, person=person)[1] != token


def test_an_address_is_made_by_our_setting_alone() -> None:
    assert link_address("abc", HEAD) == "https://consortium.example.org/status/link/abc"


def test_a_link_is_made_only_for_whoever_leads(make: Make, project: SubProject) -> None:
    for stranger in (make.person(), a_lead(make, make.sub_project()), a_lead(make, project, end=date(2026, 6, 14))):
        with pytest.raises(InvalidValue, match="does not lead"):
            issued(make, project, stranger)


def test_a_link_does_not_lead_into_another_consortium(make: Make, project: SubProject) -> None:
    stranger = make.person(consortium=make.consortium())

    with pytest.raises(InvalidValue, match="same consortium"):
        issued(make, project, stranger)


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.AUDITOR])
def test_only_staff_make_links_and_take_them_back(make: Make, project: SubProject, person: Person, role: Role) -> None:
    link, _token = issued(make, project, person)
    who = make.principal(role, leads=frozenset({project.id}))

    with pytest.raises(NotPermitted):
        issue_link(make.session, who, sub_project=project, person=person)
    with pytest.raises(NotPermitted):
        revoke_link(make.session, who, link=link)
    assert len(list_links(make.session, who, consortium=make.home)) == (role is Role.AUDITOR)


def test_a_link_goes_with_its_person(make: Make, project: SubProject) -> None:
    person = a_lead(make, project)
    issued(make, project, person)

    make.session.delete(person.capacities[0])
    make.session.flush()
    make.session.expire(person)
    make.session.delete(person)
    make.session.flush()

    assert make.session.scalars(select(StatusLink)).all() == []

"""Lists of any kind: a page at a time, in the reader's order, of what may be seen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect

from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.models import (
    Attendance,
    Consortium,
    Database,
    Gathering,
    Indicator,
    Letter,
    Member,
    Milestone,
    Organisation,
    Person,
    Record,
    RegisterEntry,
    Snapshot,
    Statement,
    StatusUpdate,
    SubProject,
    TermEntry,
)
from consortium.services.consortia import find_consortium
from consortium.services.listing import choices, list_records
from consortium.services.naming import NAMINGS, titles
from consortium.services.paging import Page
from consortium.services.policy import Principal, Role, operator
from consortium.testing import Make, counted

KINDS = [kind for kind in NAMINGS if kind is not Consortium]


def listed(make: Make, kind: type[Any], principal: Principal | None = None, **others: Any) -> Page[Any]:
    """List records of the home consortium for a Norwegian reader."""
    make.session.flush()
    given = {"consortium": make.home, "language": "nb", **others}
    return list_records(make.session, principal or make.operator, kind=kind, **given)


def keys(page: Page[Any]) -> list[str]:
    """List the keys of a page."""
    return [each.key for each in page.records]


@pytest.mark.parametrize(("language", "order"), [("nb", "ÆØÅ"), ("sv", "ÅÆØ"), ("nn", "ÆØÅ"), ("fi", "ÆØÅ")])
def test_names_stand_in_the_order_of_the_reader(make: Make, language: str, order: str) -> None:
    for letter in "ÅØÆ":
        make.organisation(f"{letter}dalen", key=letter)

    assert "".join(keys(listed(make, Organisation, language=language))) == order


def test_people_are_sorted_by_name_too(make: Make) -> None:
    for name in ("Åse", "Zoë", "Ærlend", "Anna"):
        make.person(name, key=name)

    assert keys(listed(make, Person)) == ["Anna", "Zoë", "Ærlend", "Åse"]


def test_every_page_follows_the_one_before_and_leads_back(make: Make) -> None:
    project = make.sub_project()
    for number in range(7):
        make.milestone(project, key=f"M{number}", due=date(2026, 7, 1 + number // 2))

    pages = [listed(make, Milestone, size=3)]
    while pages[-1].next:
        pages.append(listed(make, Milestone, size=3, after=pages[-1].next))
    back = listed(make, Milestone, size=3, before=pages[2].previous)

    assert [keys(page) for page in pages] == [["M0", "M1", "M2"], ["M3", "M4", "M5"], ["M6"]]
    assert (keys(back), back.count) == (["M3", "M4", "M5"], 7)
    assert keys(listed(make, Milestone, size=3, before=back.previous)) == ["M0", "M1", "M2"]


def test_the_last_day_comes_first_where_days_matter(make: Make) -> None:
    for month in (1, 3, 2):
        make.gathering(key=f"G{month}", day=date(2026, month, 1))

    assert keys(listed(make, Gathering)) == ["G3", "G2", "G1"]


@pytest.mark.parametrize(
    ("words", "found"), [("vid", ["V"]), ("åpne dal", ["D"]), ("%", []), ("x", []), (" ", ["V", "D"])]
)
def test_a_list_is_limited_by_the_beginnings_of_words(make: Make, words: str, found: list[str]) -> None:
    make.sub_project("Åpne vidder", key="V")
    make.sub_project("Åpne daler", key="D")

    assert sorted(keys(listed(make, SubProject, words=words))) == sorted(found)


def test_a_list_is_limited_to_what_refers_to_a_record(make: Make) -> None:
    gathering = make.gathering()
    made = make.attendance(gathering)
    make.attendance()

    assert keys(listed(make, Attendance, of=gathering)) == [made.key]
    assert keys(listed(make, Attendance, of=made.organisation)) == [made.key]


def test_a_list_without_words_is_written_once_for_all_that_may_see_the_same(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make.sub_project("A"), make.sub_project("B")
    for project in (first, second):
        make.milestone(project, title={"nb": project.key}, key=f"M-{project.key}")
    listed(make, Milestone, of=first)
    monkeypatch.setattr("consortium.services.listing._wanted", None)

    page = listed(make, Milestone, replace(make.operator, name="Somebody else"), of=second)

    assert [each.key for each in page.records] == [f"M-{second.key}"]


def test_a_record_without_a_name_is_in_the_list_too(make: Make) -> None:
    from consortium.services.terms import add_term

    add_term(make.session, make.operator, consortium=make.home, key="t", words={"en": "Only English"})
    made = make.indicator(name={})

    assert keys(listed(make, Indicator)) == [made.key]
    assert keys(listed(make, TermEntry)) == ["t"]


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_leads_and_members_are_shown_nothing_of_others(make: Make, role: Role) -> None:
    own, other = make.sub_project("Eget"), make.sub_project("Annet")
    for project in (own, other):
        make.milestone(project)
        make.status(project, workflow="draft")
        make.status(project, day=date(2026, 6, 1))
    make.statement(kind="risk")
    make.session.flush()
    lead = make.principal(role, leads=frozenset({own.id}), partners=frozenset({own.participations[0].partner_id}))

    assert keys(listed(make, SubProject, lead)) == [own.key]
    assert listed(make, Milestone, lead).count == 1
    assert listed(make, StatusUpdate, lead).count == (2 if role is Role.LEAD else 1)
    assert (keys(listed(make, Statement, lead)), keys(listed(make, Person, lead))) == ([], [])
    with pytest.raises(NotPermitted):
        listed(make, Milestone, lead, of=other)


def test_a_person_is_no_more_shown_beside_an_attendance_than_elsewhere(make: Make) -> None:
    made = make.attendance(person=make.person("Kari Kanarifugl"))
    make.keep()
    member = make.principal(Role.MEMBER)
    make.session.expire_all()
    (shown,) = listed(make, Attendance, member).records

    assert (shown.person, shown.key) == (None, made.key)
    make.session.expire_all()
    assert listed(make, Attendance).records[0].person.name == "Kari Kanarifugl"


def test_a_kind_without_lists_is_refused(make: Make) -> None:
    with pytest.raises(NotFound, match="letter"):
        listed(make, Letter)
    with pytest.raises(NotFound, match="limited"):
        listed(make, Gathering, of=make.sub_project())


def test_a_place_of_another_list_is_none_in_this_one(make: Make) -> None:
    for _ in range(2):
        make.organisation()
    place = listed(make, Organisation, size=1).next

    with pytest.raises(InvalidValue, match="first page"):
        listed(make, Person, after=place)
    with pytest.raises(InvalidValue, match="first page"):
        listed(make, Organisation, after=place, language="sv")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__tablename__)
def test_a_list_of_any_kind_takes_at_most_two_queries_and_its_titles_none(
    example: Database, kind: type[Member]
) -> None:
    with example.read() as session:
        home = find_consortium(session, operator("O"))
        with counted(example) as statements:
            page = list_records(session, operator("O"), kind=kind, consortium=home, language="sv")
            referred = [each for record in page.records for each in references(record)]

    assert len(statements) <= 2
    assert page.records or kind in {Snapshot, RegisterEntry}
    assert all(referred)


def references(record: Record) -> Iterator[Any]:
    """Walk what a record refers to, and what that refers to."""
    owner = getattr(record, "sub_project", None) or getattr(record, "gathering", None)
    if owner is not None:
        yield owner.title
    for relation in inspect(type(record)).relationships:
        if not relation.uselist and relation.key != "consortium":
            yield getattr(record, relation.key) or True


def test_the_choices_of_several_fields_take_one_query(make: Make) -> None:
    make.person("Liv")
    for name in ("Å", "B", "A"):
        make.organisation(name, key=name)
    make.session.flush()
    kinds: dict[str, type[Record]] = {"host": Organisation, "person": Person, "substitute": Person}

    with counted(make.database) as statements:
        found = choices(make.session, make.operator, consortium=make.home, kinds=kinds, at_most=2)

    assert len(statements) == 1
    assert [each.key for each in found["host"].records] == ["A", "B"]
    assert (found["host"].is_cut, found["person"].is_cut) == (True, False)
    assert [each.name for each in found["substitute"].records] == ["Liv"]


def test_choices_are_looked_for_by_the_beginnings_of_words_and_hide_what_may_not_be_seen(make: Make) -> None:
    make.organisation("Vidda", key="v")
    make.organisation("Dalen", key="d")
    make.person("Vidar")
    make.session.flush()
    kinds: dict[str, type[Record]] = {"host": Organisation, "person": Person}
    member = make.principal(Role.MEMBER)

    found = choices(make.session, member, consortium=make.home, kinds=kinds, words="vi")

    assert ([each.key for each in found["host"].records], found["person"].records) == (["v"], ())


def test_titles_of_several_kinds_take_one_query_and_hide_what_may_not_be_seen(make: Make) -> None:
    own, other = make.sub_project("Eget"), make.sub_project("Annet")
    hidden, shown = make.milestone(other), make.milestone(own, title={"nb": "Åpnet"})
    make.session.flush()
    lead = make.principal(Role.LEAD, leads=frozenset({own.id}))
    wanted = {Milestone: [hidden.key, shown.key, "none"], SubProject: [own.key, other.key], Person: ["x"]}

    with counted(make.database) as statements:
        found = titles(make.session, lead, consortium=make.home, keys=wanted)

    assert len(statements) == 1
    assert set(found) == {("milestone", shown.key), ("sub_project", own.key)}
    assert found["milestone", shown.key].title.words("nb") == "Åpnet"

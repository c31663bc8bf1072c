"""The overview: as the facts and the overdue list tell it, a page at a time, of what may be seen."""

from datetime import date
from typing import Any

import pytest

from consortium.errors import InvalidValue
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts
from consortium.services.overdue import OverdueReport, overdue
from consortium.services.overview import Filter, Overview, overview
from consortium.services.policy import Principal, Role, operator
from consortium.services.tallies import NOT_REPORTED
from consortium.testing import TODAY, Make, counted


def look(make: Make, principal: Principal | None = None, **others: Any) -> Overview:
    """Look at the home consortium as a Norwegian."""
    make.session.flush()
    given = {"consortium": make.home, "day": TODAY, "language": "nb", **others}
    return overview(make.session, principal or make.operator, **given)


def keys(found: Overview) -> list[str]:
    """List the keys of a page."""
    return [each.key for each in found.page.records]


@pytest.fixture
def mixed(make: Make) -> Make:
    """Give a consortium with a sub-project in each kind of standing."""
    make.period()
    vidda, dalen = make.partner("Vidda", key="vidda"), make.partner("Dalen", key="dalen", country="SE")
    better = make.sub_project("Åpen stue", key="A", partners=[vidda])
    make.status(better, state="delayed", day=date(2025, 12, 1), workflow="submitted")
    make.status(better, state="on_track", day=date(2026, 5, 1))
    late = make.sub_project("Ung helse", key="B", partners=[dalen, vidda])
    make.status(late, state="at_risk", day=date(2025, 6, 1))
    make.status(late, workflow="draft", day=date(2026, 6, 1))
    make.sub_project("Ingen har meldt", key="C", partners=[dalen])
    done = make.sub_project("Ferdig", key="D", partners=[vidda])
    make.status(done, state="completed", day=date(2025, 6, 1))
    return make


def test_each_sub_project_tells_who_leads_it_how_it_stands_and_what_it_owes(mixed: Make) -> None:
    better, done, late, silent = look(mixed).page.records

    assert [each.key for each in (better, done, late, silent)] == ["A", "D", "B", "C"]
    assert (better.state, better.trend, better.age(TODAY), better.workflow) == ("on_track", "better", 45, "submitted")
    assert [share.key for share in late.partners] == ["dalen", "vidda"]
    assert (late.state, late.workflow, late.due, late.is_overdue(TODAY)) == (
        "at_risk",
        "draft",
        date(2026, 1, 30),
        True,
    )
    assert (silent.state, silent.trend, silent.age(TODAY), silent.workflow) == (None, None, None, "")
    assert (better.due, done.due) == (None, None)


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Filter(), ["A", "D", "B", "C"]),
        (Filter(state="at_risk"), ["B"]),
        (Filter(state=NOT_REPORTED), ["C"]),
        (Filter(country="SE"), ["B", "C"]),
        (Filter(partner="vidda"), ["A", "D", "B"]),
        (Filter(is_overdue=True), ["B", "C"]),
        (Filter(workflow="submitted"), ["A", "D"]),
        (Filter(workflow="draft"), ["B"]),
        (Filter(words="åp stu"), ["A"]),
        (Filter(words="%"), []),
        (Filter(partner="vidda", is_overdue=True), ["B"]),
        (Filter(partner="x' OR 1"), []),
    ],
)
def test_filters_limit_it(mixed: Make, only: Filter, found: list[str]) -> None:
    assert keys(look(mixed, only=only)) == found


def test_the_states_are_counted_whichever_is_chosen(mixed: Make) -> None:
    found = look(mixed, only=Filter(state="at_risk", country="SE"))

    assert dict(found.states) == {"at_risk": 1, NOT_REPORTED: 1}
    assert found.page.count == 1
    assert [share.key for share in found.partners] == ["vidda", "dalen"]


def test_by_age_those_that_never_reported_come_first_and_then_the_oldest(mixed: Make) -> None:
    assert keys(look(mixed, by="age")) == ["C", "B", "D", "A"]


@pytest.mark.parametrize("by", ["partner", "age"])
def test_pages_follow_each_other_and_lead_back(mixed: Make, by: str) -> None:
    whole = keys(look(mixed, by=by))
    first = look(mixed, by=by, size=3)
    last = look(mixed, by=by, size=3, after=first.page.next)

    assert keys(first) + keys(last) == whole
    assert (first.page.previous, last.page.next) == ("", "")
    assert keys(look(mixed, by=by, size=3, before=last.page.previous)) == whole[:3]


def test_texts_that_are_missing_or_outdated_are_counted(make: Make) -> None:
    project = make.sub_project({"nb": "Åpen stue", "sv": "Öppet rum"})
    make.milestone(project, title={"nb": "Åpnet"})
    make.status(project, summary={"nb": "Det går.", "sv": "Det går."}, achieved={"nb": "Mye"})

    assert look(make).page.records[0].wanting == 2


def test_leads_and_members_see_their_own_only_and_no_drafts_of_others(mixed: Make) -> None:
    from sqlalchemy import select

    from consortium.models import Partner, SubProject

    numbers = {each.key: each.id for each in mixed.session.scalars(select(SubProject))}
    dalen = mixed.session.scalars(select(Partner.id).where(Partner.key == "dalen")).one()
    lead = mixed.principal(Role.LEAD, leads=frozenset({numbers["A"]}))
    member = mixed.principal(Role.MEMBER, partners=frozenset({dalen}))

    assert (keys(look(mixed, lead)), dict(look(mixed, lead).states)) == (["A"], {"on_track": 1})
    assert [each.workflow for each in look(mixed, member).page.records] == ["submitted", ""]
    assert keys(look(mixed, member, only=Filter(workflow="draft"))) == []


@pytest.mark.parametrize("only", [Filter(state="x"), Filter(workflow="\x00")])
def test_a_choice_that_is_none_is_refused(make: Make, only: Filter) -> None:
    with pytest.raises(InvalidValue, match="none of the choices"):
        look(make, only=only)


def test_it_agrees_with_the_facts_and_the_overdue_list_of_the_example(example: Database) -> None:
    with example.read() as session:
        home = find_consortium(session, operator("O"))
        given: dict[str, Any] = {"consortium": home, "day": TODAY}
        facts = list(gather_facts(session, operator("O"), **given).sub_projects)
        late = overdue(session, operator("O"), **given)
        found = overview(session, operator("O"), language=home.tags[0], **given)

    told = [(each.key, each.state, each.trend, each.reported) for each in found.page.records]
    assert told == [
        (each.key, each.current and each.current.state, each.trend, each.current and each.current.day) for each in facts
    ]
    owed = {
        each.sub_project.key: each.due
        for each in sorted(late, key=lambda each: each.days_over)
        if isinstance(each, OverdueReport)
    }
    assert {each.key: each.due for each in found.page.records if each.is_overdue(TODAY)} == owed


def test_a_page_takes_three_queries_at_most_however_many_there_are(example: Database) -> None:
    def statements(size: int) -> int:
        with example.read() as session:
            home = find_consortium(session, operator("O"))
            with counted(example) as sent:
                overview(session, operator("O"), consortium=home, day=TODAY, language="sv", size=size)
        return len(sent)

    statements(1)  # what takes long to count is remembered

    assert statements(1) == statements(50) <= 3

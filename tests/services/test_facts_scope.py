"""A part of the consortium: a partner, a country, a theme; and what leads and members are told."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.facts import Facts, Scope
from consortium.facts.canonical import head_of, line_of
from consortium.models import Database, Partner, SubProject
from consortium.models.prepared import Prepared
from consortium.services.attendance import substitute
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts, since_of
from consortium.services.policy import Principal, Role, operator
from consortium.services.reporting import scope_of
from consortium.services.snapshots import take_snapshot
from consortium.testing import TODAY, Make, counted


def filled(make: Make, key: str, *partners: Partner) -> SubProject:
    """Make a sub-project with something of each kind."""
    project = make.sub_project(f"Delprosjekt {key}", key=key, partners=list(partners))
    make.status(project, summary={"nb": f"Status {key}"}, key=f"S-{key}")
    make.milestone(project, key=f"M-{key}")
    make.reading(make.indicator(project, key=f"I-{key}"))
    return project


@pytest.fixture
def wide(make: Make) -> Make:
    """Give a consortium of two countries in which one sub-project crosses the border, and one has answered."""
    north = make.partner("Nord", key="nord")
    east = make.partner("Öst", key="ost", country="SE")
    filled(make, "A", north)
    filled(make, "B", east, north)
    make.assessment(make.theme(key="recovery"), filled(make, "C", east))
    make.theme(key="bolig")
    make.session.flush()
    return make


def within(make: Make, scope: Scope | None, principal: Principal | None = None) -> Facts:
    """Gather facts of a part."""
    return gather_facts(make.session, principal or make.operator, consortium=make.home, day=TODAY, scope=scope)


@pytest.mark.parametrize(
    ("scope", "keys"),
    [
        (None, ["A", "B", "C"]),
        (Scope("partner", "nord"), ["A", "B"]),
        (Scope("partner", "ost"), ["B", "C"]),
        (Scope("country", "NO"), ["A", "B"]),
        (Scope("country", "SE"), ["B", "C"]),
        (Scope("theme", "recovery"), ["C"]),
        (Scope("theme", "bolig"), []),
    ],
)
def test_every_query_is_limited_alike(wide: Make, scope: Scope | None, keys: list[str]) -> None:
    for each, key in zip(within(wide, scope).sub_projects, keys, strict=True):
        assert each.current
        assert (each.key, each.current.key) == (key, f"S-{key}")
        assert ([m.key for m in each.milestones], [i.key for i in each.indicators]) == ([f"M-{key}"], [f"I-{key}"])
        assert len(each.assessments) == (key == "C")


@pytest.mark.parametrize(
    ("scope", "known"),
    [
        (Scope("partner", "vest"), "nord, ost"),
        (Scope("country", "FI"), "NO, SE"),
        (Scope("theme", "arbeid"), "bolig, recovery"),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(wide: Make, scope: Scope, known: str) -> None:
    with pytest.raises(NotFound, match=f"There is no “{scope.key}” to limit the report to. There are: {known}."):
        within(wide, scope)


@pytest.mark.parametrize(
    ("scope", "gone"), [(None, "AC"), (Scope("partner", "nord"), "A"), (Scope("country", "SE"), "C")]
)
def test_what_is_gone_is_limited_too(wide: Make, scope: Scope | None, gone: str) -> None:
    for key, partner in zip("AC", wide.session.scalars(select(Partner).order_by(Partner.key)), strict=True):
        wide.sub_project(key=f"gone-{key}", partners=[partner])
    wide.session.flush()
    take_snapshot(wide.session, wide.operator, consortium=wide.home, key="før")
    for each in wide.session.scalars(select(SubProject).where(SubProject.key.startswith("gone-"))):
        wide.session.delete(each)
    wide.session.flush()
    since = since_of(wide.session, wide.operator, consortium=wide.home, words="før", day=TODAY)
    facts = gather_facts(wide.session, wide.operator, consortium=wide.home, day=TODAY, since=since, scope=scope)

    assert [each.key for each in facts.gone] == [f"gone-{key}" for key in gone]


def test_a_theme_that_was_answered_later_does_not_count_yet(make: Make) -> None:
    make.assessment(make.theme(key="recovery"), day=date(2026, 6, 1))

    def answered(day: date) -> int:
        facts = gather_facts(
            make.session, make.operator, consortium=make.home, day=day, scope=Scope("theme", "recovery")
        )
        return len(list(facts.sub_projects))

    assert (answered(date(2026, 5, 31)), answered(date(2026, 6, 1))) == (0, 1)


def test_two_limits_at_once_are_refused() -> None:
    with pytest.raises(InvalidValue, match="Choose one of them"):
        scope_of(partner="nord", country="NO")
    assert scope_of() is None
    assert scope_of(country="no") == Scope("country", "NO")
    assert scope_of(partner="nord") == Scope("partner", "nord")
    assert scope_of(theme="recovery") == Scope("theme", "recovery")


def everything(facts: Facts) -> Iterator[str]:
    """Write down all that is in facts."""
    yield head_of(facts).decode()
    yield from (line_of(each).decode() for each in facts.sub_projects)


@pytest.fixture
def secretive(wide: Make) -> Make:
    """Give the consortium with canaries in every place that is not for all."""
    other = wide.partner("Sør", key="sor")
    hidden = wide.sub_project({"nb": "Kanari tittel"}, key="X", partners=[other])
    wide.status(hidden, summary={"nb": "Kanari status"})
    wide.milestone(hidden, title={"nb": "Kanari milepæl"})
    wide.reading(wide.indicator(hidden, name={"nb": "Kanari mål"}), words={"nb": "Kanari merknad"}, value=Decimal(7))
    wide.assessment(sub_project=hidden, words={"nb": "Kanari svar"})
    gathering = wide.gathering(day=date(2026, 5, 4))
    person, other_person = wide.person("Kanari Kanarisen", key="Kanari-nøkkel"), wide.person("Kanari Vara")
    invited = wide.attendance(gathering, other.organisation, person=person)
    substitute(wide.session, wide.operator, attendance=invited, person=other_person)
    wide.attendance(gathering, other.organisation, state="attended")
    wide.statement(gathering, other.organisation, kind="risk", words={"nb": "Kanari risiko"})
    wide.statement(gathering, other.organisation, kind="tip", words={"nb": "Et råd til alle"})
    wide.session.flush()
    return wide


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEAD])
def test_leads_and_members_learn_nothing_of_others_nor_of_people_nor_of_risks(secretive: Make, role: Role) -> None:
    mine = secretive.session.scalars(select(Partner).where(Partner.key == "nord")).one()
    leads = frozenset({secretive.session.scalars(select(SubProject.id).where(SubProject.key == "A")).one()})
    principal = secretive.principal(role, partners=frozenset({mine.id}), leads=leads)
    said = "".join(everything(within(secretive, None, principal)))

    assert "Kanari" not in said
    assert "Et råd til alle" in said
    assert "Delprosjekt A" in said
    assert "Delprosjekt C" not in said


def test_staff_are_told_all_of_it(secretive: Make) -> None:
    said = "".join(everything(within(secretive, None, secretive.principal(Role.STAFF))))

    for word in ("tittel", "status", "milepæl", "mål", "merknad", "svar", "Kanarisen", "Vara", "risiko"):
        assert f"Kanari {word}" in said
    assert ":sor:Kanari-nøkkel" in said


def test_a_stranger_is_told_nothing(secretive: Make) -> None:
    stranger = Principal("S", Role.STAFF, consortium=secretive.home.id + 1)

    with pytest.raises(NotPermitted, match="S may not see this consortium"):
        within(secretive, None, stranger)


def test_one_sub_project_alone_is_told_as_among_all(example: Database) -> None:
    with example.read() as session:
        home = find_consortium(session, operator("O"))
        given: dict[str, Any] = {"consortium": home, "day": TODAY}
        among = {each.key: each for each in gather_facts(session, operator("O"), **given).sub_projects}
        with counted(example) as statements:
            facts = gather_facts(session, operator("O"), only=("DP-03",), **given)
            (alone,) = facts.sub_projects

    assert alone == among["DP-03"]
    assert {each.key for each in facts.partners} == {*alone.partners}
    assert len(statements) <= 15


def test_what_is_asked_about_one_is_written_once_for_each_of_them(
    example: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with example.read() as session:
        given: dict[str, Any] = {"consortium": find_consortium(session, operator("O")), "day": TODAY}
        gather_facts(session, operator("O"), only=("DP-03",), **given)
        monkeypatch.setattr(Prepared, "__init__", None)
        (other,) = gather_facts(session, operator("Somebody else"), only=("DP-04",), **given).sub_projects

    assert other.key == "DP-04"


def test_one_that_may_not_be_seen_is_not_there(wide: Make) -> None:
    nord = wide.session.scalars(select(Partner.id).where(Partner.key == "nord")).one()
    member = wide.principal(Role.MEMBER, partners=frozenset({nord}))

    told = gather_facts(wide.session, member, consortium=wide.home, day=TODAY, only=("A", "C"))

    assert [each.key for each in told.sub_projects] == ["A"]

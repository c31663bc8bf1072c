"""Snapshots: the facts of a day, kept as they were known, whatever comes later."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select, text

from consortium.errors import InvalidValue, NotFound, NotPermitted, SnapshotAltered
from consortium.facts import Facts
from consortium.facts.changes import changes_of
from consortium.models import Change, Snapshot, SubProject
from consortium.plugins import front_desk
from consortium.services.facts import since_of
from consortium.services.policy import Role, Verb, may
from consortium.services.reporting import Order, document_of, make_document
from consortium.services.snapshots import (
    compare,
    facts_of,
    find_snapshot,
    list_snapshots,
    present_versions,
    strange_versions,
    take_snapshot,
)
from consortium.services.texts import write_text
from consortium.testing import TODAY, Make


def taken(make: Make, key: str = "", day: date = TODAY) -> Snapshot:
    """Take a snapshot."""
    make.session.flush()
    return take_snapshot(make.session, make.operator, consortium=make.home, key=key, day=day)


def work(make: Make) -> SubProject:
    """Make a sub-project with something of everything, and a gathering that lies behind."""
    project = make.sub_project({"nb": "Veilederen", "sv": "Vägledaren"}, partners=[make.partner("Vidda", key="vidda")])
    make.status(project, day=date(2026, 5, 1), state="delayed", key="S1")
    make.milestone(project, key="M1")
    make.reading(make.indicator(project, key="I1"), day=date(2026, 5, 1))
    make.assessment(make.theme(key="recovery"), project)
    gathering = make.gathering(day=date(2026, 4, 1))
    make.attendance(gathering, state="attended")
    make.statement(gathering)
    make.period(key="2026-1", start=date(2026, 1, 1), end=date(2026, 6, 30))
    return project


def change_everything(make: Make, project: SubProject) -> None:
    """Change texts, partners, milestones, readings and statuses, and add what was not there."""
    write_text(make.session, make.operator, record=project, field="title", language="sv", words="Något annat")
    write_text(make.session, make.operator, record=project, field="purpose", language="nb", words="Ny hensikt")
    project.participations[0].partner.organisation.country = "SE"
    make.milestone(project, key="M2", done=date(2026, 6, 1))
    make.reading(make.indicator(project, key="I2"), value=Decimal(7))
    make.status(project, state="completed", key="S2")
    make.sub_project("Ny")
    make.theme(key="bolig")
    make.gathering(day=date(2026, 6, 1))
    make.session.flush()


def written(facts: Facts, format: str) -> bytes:
    """Write the status summary of facts."""
    file = BytesIO()
    front_desk().writer(format).write(document_of(facts, Order()), file)
    return file.getvalue()


@pytest.mark.parametrize("format", ["html", "json"])
def test_a_rebuilt_report_equals_that_of_then_whatever_has_changed_since(make: Make, format: str) -> None:
    project = work(make)
    make.session.flush()
    file = BytesIO()
    made = make_document(make.session, make.operator, consortium=make.home, order=Order(day=TODAY))
    front_desk().writer(format).write(made, file)
    snapshot = taken(make)
    change_everything(make, project)
    make.keep()

    assert written(facts_of(make.session, snapshot), format) == file.getvalue()
    assert written(make.facts(), format) != file.getvalue()


def test_a_snapshot_keeps_the_fingerprint_of_its_facts(make: Make) -> None:
    work(make)
    snapshot = taken(make)
    kept = facts_of(make.session, snapshot)

    assert kept.fingerprint == snapshot.fingerprint
    assert len(snapshot.fingerprint) == 64
    assert [each.key for each in kept.sub_projects] == [each.key for each in make.facts().sub_projects]
    assert kept.since
    assert kept.since.kind == "gathering"


def altering(make: Make, statement: str, **values: object) -> Snapshot:
    """Take a snapshot and alter it behind everybody's back."""
    work(make)
    snapshot = taken(make)
    make.keep()
    with make.database.engine.begin() as connection:
        assert connection.execute(text(statement), values).rowcount == 1
    return snapshot


JUNK = "UPDATE snapshot_line SET content = :content WHERE place = :place"


@pytest.mark.parametrize("place", [0, 1])
def test_a_line_that_is_no_line_any_more_is_told(make: Make, place: int) -> None:
    snapshot = altering(make, JUNK, content=b"junk", place=place)

    with pytest.raises(SnapshotAltered, match=r"“2026-06-15” is not what was kept.*Restore it from a backup"):
        facts_of(make.session, snapshot)


def test_a_line_with_other_words_is_told(make: Make) -> None:
    from consortium.facts.canonical import line_of, pack

    work(make)
    (each,) = make.facts().sub_projects
    other = pack(line_of(each).replace(b"delayed", b"at_risk"))
    snapshot = altering_line(make, other)

    with pytest.raises(SnapshotAltered):
        facts_of(make.session, snapshot)


def altering_line(make: Make, content: bytes) -> Snapshot:
    """Take a snapshot and put another line in its first place."""
    snapshot = taken(make)
    make.keep()
    with make.database.engine.begin() as connection:
        connection.execute(text(JUNK), {"content": content, "place": 1})
    return snapshot


@pytest.mark.parametrize("place", [0, 1])
def test_a_line_that_is_gone_is_told(make: Make, place: int) -> None:
    snapshot = altering(make, "DELETE FROM snapshot_line WHERE place = :place", place=place)

    with pytest.raises(SnapshotAltered):
        facts_of(make.session, snapshot)


def test_a_report_is_not_compared_with_a_snapshot_that_was_altered(make: Make) -> None:
    altering(make, JUNK, content=b"junk", place=1)

    with pytest.raises(SnapshotAltered):
        make_document(make.session, make.operator, consortium=make.home, order=Order(day=TODAY, since="last-snapshot"))


def test_a_second_snapshot_of_a_day_gets_a_number(make: Make) -> None:
    assert [taken(make).key for _number in range(3)] == ["2026-06-15", "2026-06-15-2", "2026-06-15-3"]


def test_a_name_is_given_once(make: Make) -> None:
    taken(make, "vår")

    with pytest.raises(InvalidValue, match=r"There is already a snapshot “vår”. Choose another name."):
        taken(make, "vår")


def test_taking_a_snapshot_is_one_row_of_history(make: Make) -> None:
    for _number in range(3):
        make.sub_project()
    make.keep()
    before = set(make.session.scalars(select(Change.id)))
    taken(make)
    make.keep()

    (change,) = [each for each in make.session.scalars(select(Change)) if each.id not in before]
    assert change.entity == "snapshot"


def test_nobody_may_edit_a_snapshot_and_only_staff_take_one(make: Make) -> None:
    snapshot = taken(make)

    assert not [role for role in Role if may(make.principal(role), Verb.EDIT, snapshot)]
    assert [role for role in Role if may(make.principal(role), Verb.ADD, snapshot)] == [
        Role.ADMINISTRATOR,
        Role.STAFF,
    ]
    with pytest.raises(NotPermitted):
        take_snapshot(make.session, make.principal(Role.AUDITOR), consortium=make.home)


def test_members_see_no_snapshot(make: Make) -> None:
    taken(make)

    assert list_snapshots(make.session, make.principal(Role.MEMBER), consortium=make.home) == []
    with pytest.raises(NotFound, match="There is no snapshot “2026-06-15”"):
        find_snapshot(make.session, make.principal(Role.MEMBER), consortium=make.home, key="2026-06-15")


def test_the_latest_snapshot_is_listed_first(make: Make) -> None:
    for key, day in (("b", date(2026, 2, 1)), ("c", date(2026, 3, 1)), ("a", date(2026, 2, 1))):
        taken(make, key, day)

    assert [each.key for each in list_snapshots(make.session, make.operator, consortium=make.home)] == ["c", "a", "b"]
    with pytest.raises(NotFound, match=r"There is no snapshot “d”. There are: c, a, b."):
        find_snapshot(make.session, make.operator, consortium=make.home, key="d")


def test_two_snapshots_are_compared_and_the_older_is_named_first(make: Make) -> None:
    project = work(make)
    gone = make.sub_project("Borte", key="X")
    before = taken(make, "før")
    make.session.delete(gone)
    change_everything(make, project)
    after = taken(make, "etter")
    facts = compare(make.session, before, after)
    said = [str(change.sentence) for each in facts.sub_projects for change in changes_of(each, facts)]

    assert "Status changed from “delayed” to “completed”." in said
    assert "The sub-project is new." in said
    assert [each.key for each in facts.gone] == ["X"]
    with pytest.raises(InvalidValue, match=r"“etter” is not older than “før”. Name the older snapshot first."):
        compare(make.session, after, before)
    with pytest.raises(InvalidValue):
        compare(make.session, before, before)


def test_two_snapshots_compare_readings_with_what_the_first_one_knew(make: Make) -> None:
    indicator = make.indicator()
    make.reading(indicator, day=date(2026, 1, 1), value=Decimal(10))
    before = taken(make, "før", date(2026, 2, 1))
    make.reading(indicator, day=date(2026, 3, 1), value=Decimal(15))
    make.reading(indicator, day=date(2026, 4, 1), value=Decimal(20))
    facts = compare(make.session, before, taken(make, "etter"))
    said = [str(change.sentence) for each in facts.sub_projects for change in changes_of(each, facts)]

    assert said == ["“Deltakere” went from 10 to 20 personer."]


def test_a_report_against_a_snapshot_tells_what_two_snapshots_tell(make: Make) -> None:
    from consortium.services.facts import gather_facts

    project = work(make)
    before = taken(make, "før")
    change_everything(make, project)
    since = since_of(make.session, make.operator, consortium=make.home, words="før", day=TODAY)
    live = gather_facts(make.session, make.operator, consortium=make.home, day=TODAY, since=since)
    kept = compare(make.session, before, taken(make, "etter"))

    told = [[(each.key, *changes_of(each, facts)) for each in facts.sub_projects] for facts in (live, kept)]
    assert told[0] == told[1]
    assert len(told[0]) == 2


def test_a_program_of_another_version_is_named(make: Make) -> None:
    snapshot = taken(make)

    assert list(strange_versions(snapshot)) == []
    snapshot.versions = {**present_versions(), "consortium": "0.0.1", "gone-plugin": "3"}
    now = present_versions()["consortium"]
    assert list(strange_versions(snapshot)) == [("consortium", "0.0.1", now), ("gone-plugin", "3", "–")]

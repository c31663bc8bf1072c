"""What facts are compared with: a day, a gathering, a snapshot; and what was known then."""

import tracemalloc
from datetime import date
from decimal import Decimal
from hashlib import sha256
from random import Random

import pytest
from sqlalchemy import insert, select

from consortium.errors import InvalidValue, NotFound
from consortium.facts import Facts, Since, State, SubProjectFacts, Trend
from consortium.facts.canonical import pack, unpack
from consortium.facts.changes import changes_of
from consortium.models import Snapshot, SnapshotLine
from consortium.services.facts import gather_facts, since_of
from consortium.services.facts.kept import gone_since
from consortium.services.policy import Role
from consortium.services.snapshots import take_snapshot
from consortium.testing import TODAY, Make

MARCH = date(2026, 3, 1)


def found(make: Make, words: str, day: date = TODAY) -> Since | None:
    """Find what a report compares with."""
    make.session.flush()
    return since_of(make.session, make.operator, consortium=make.home, words=words, day=day)


def compared(make: Make, words: str, day: date = TODAY) -> Facts:
    """Gather facts that are compared with something."""
    since = found(make, words, day)
    return gather_facts(make.session, make.operator, consortium=make.home, day=day, since=since)


def only(make: Make, words: str) -> SubProjectFacts:
    """Gather the only sub-project."""
    (each,) = compared(make, words).sub_projects
    return each


def said(make: Make, words: str) -> list[str]:
    """Tell all changes in English."""
    facts = compared(make, words)
    return [str(change.sentence) for each in facts.sub_projects for change in changes_of(each, facts)]


def snapshot(make: Make, key: str = "mars", day: date = MARCH) -> None:
    """Take a snapshot."""
    make.session.flush()
    take_snapshot(make.session, make.operator, consortium=make.home, key=key, day=day)


def states(each: SubProjectFacts) -> tuple[State | None, State | None]:
    """Tell the states of the previous and the current status."""
    return each.previous.state if each.previous else None, each.current.state if each.current else None


def test_without_words_it_is_the_last_gathering_that_has_ended(make: Make) -> None:
    for day in (date(2026, 1, 10), date(2026, 4, 10), TODAY, date(2026, 9, 1)):
        make.gathering(day=day, key=f"g{day.month}")

    assert found(make, "") == found(make, "last-gathering")
    since = found(make, "")
    assert since
    assert (since.kind, since.key, since.day) == ("gathering", "g4", date(2026, 4, 10))


def test_without_a_gathering_there_is_nothing_to_compare_with_unless_it_was_asked_for(make: Make) -> None:
    make.gathering(day=date(2026, 9, 1))

    assert found(make, "") is None
    with pytest.raises(NotFound, match=r"No gathering has ended before 15 June 2026.*2026-01-31"):
        found(make, "last-gathering")


@pytest.mark.parametrize("words", ["2026-03-01", "1.3.2026"])
def test_a_day_can_be_written_in_several_ways(make: Make, words: str) -> None:
    assert found(make, words) == Since("day", MARCH)


@pytest.mark.parametrize("words", ["2026-06-15", "2026-06-16"])
def test_a_day_that_is_not_before_the_report_is_refused(make: Make, words: str) -> None:
    with pytest.raises(InvalidValue, match=r"is not before 15 June 2026, the day of the report"):
        found(make, words)


def test_a_snapshot_is_found_by_its_key_and_as_the_last_one(make: Make) -> None:
    snapshot(make, "mars")
    snapshot(make, "april", date(2026, 4, 1))
    snapshot(make, "juli", date(2026, 7, 1))

    assert found(make, "mars") == Since("snapshot", MARCH, "mars")
    assert found(make, "last-snapshot") == Since("snapshot", date(2026, 4, 1), "april")
    with pytest.raises(InvalidValue, match=r"“juli” is of 1 July 2026, after 15 June 2026"):
        found(make, "juli")


def test_a_snapshot_that_is_called_after_its_day_is_meant_where_there_is_one(make: Make) -> None:
    snapshot(make, key="")

    assert found(make, "2026-03-01") == Since("snapshot", MARCH, "2026-03-01")
    assert found(make, "2026-03-02") == Since("day", date(2026, 3, 2))


def test_words_that_are_neither_say_where_to_look(make: Make) -> None:
    with pytest.raises(NotFound, match=r"“påske” is neither a day nor a snapshot. “consortium snapshot list”"):
        found(make, "påske")
    with pytest.raises(NotFound, match=r"There is no snapshot yet. Take one with: consortium snapshot take"):
        found(make, "last-snapshot")


def test_a_member_has_no_snapshot_to_compare_with(make: Make) -> None:
    snapshot(make)
    member = make.principal(Role.MEMBER)

    with pytest.raises(NotFound):
        since_of(make.session, member, consortium=make.home, words="mars", day=TODAY)
    with pytest.raises(NotFound):
        since_of(make.session, member, consortium=make.home, words="last-snapshot", day=TODAY)


def test_the_previous_status_is_the_latest_one_as_of_then(make: Make) -> None:
    project = make.sub_project()
    for day, state in ((1, "completed"), (2, "delayed"), (4, "at_risk"), (6, "on_track")):
        make.status(project, day=date(2026, day, 1), state=state)

    assert states(only(make, "2026-03-01")) == (State.DELAYED, State.ON_TRACK)
    assert states(only(make, "2026-02-01")) == (State.DELAYED, State.ON_TRACK)
    assert states(only(make, "2026-01-31")) == (State.COMPLETED, State.ON_TRACK)


def test_where_nothing_is_new_since_then_previous_is_current_and_no_change_is_told(make: Make) -> None:
    project = make.sub_project()
    make.status(project, day=date(2026, 1, 1), state="delayed")
    make.status(project, day=date(2026, 2, 1), state="on_track")
    each = only(make, "2026-03-01")

    assert each.previous == each.current
    assert each.trend is Trend.UNCHANGED
    assert said(make, "2026-03-01") == []


def test_what_was_first_reported_since_is_new(make: Make) -> None:
    make.status(day=date(2026, 4, 1))

    assert only(make, "2026-03-01").previous is None
    assert said(make, "2026-03-01") == ["First status: “on track”."]


def test_a_status_that_was_corrected_since_stood_then_as_it_was(make: Make) -> None:
    project = make.sub_project()
    wrong = make.status(project, day=date(2026, 2, 1), state="on_track")
    make.status(project, day=date(2026, 4, 1), state="at_risk", corrects=wrong)

    assert states(only(make, "2026-03-01")) == (State.ON_TRACK, State.AT_RISK)


def test_a_late_correction_counts_in_the_place_of_what_it_corrects_and_keeps_its_own_day(make: Make) -> None:
    project = make.sub_project()
    wrong = make.status(project, day=date(2026, 2, 1), state="on_track", key="wrong")
    make.status(project, day=date(2026, 3, 1), state="delayed", key="newer")
    late = make.status(project, day=date(2026, 4, 1), state="at_risk", key="late", corrects=wrong)
    make.status(project, day=date(2026, 5, 1), state="completed", key="later", corrects=late)

    def told(day: date, words: str) -> list[tuple[str, date]]:
        (each,) = compared(make, words, day).sub_projects
        return [(status.key, status.day) for status in (each.previous, each.current) if status]

    wrong_one, newer = ("wrong", date(2026, 2, 1)), ("newer", date(2026, 3, 1))
    assert told(date(2026, 3, 31), "") == [wrong_one, newer]
    assert told(date(2026, 4, 2), "") == [("late", date(2026, 4, 1)), newer]
    assert told(TODAY, "") == [("later", date(2026, 5, 1)), newer]
    assert told(TODAY, "2026-02-15") == [wrong_one, newer]
    assert told(TODAY, "2026-04-15") == [newer, newer]


def test_a_late_correction_of_the_newest_status_is_the_current_one(make: Make) -> None:
    project = make.sub_project()
    for day in (date(2026, 1, 1), date(2026, 2, 1)):
        wrong = make.status(project, day=day, state="on_track")
        make.status(project, day=date(2026, 5, day.month), state="delayed", corrects=wrong, key=f"C{day.month}")
    each = only(make, "")

    assert each.previous
    assert each.current
    assert (each.previous.key, each.current.key) == ("C1", "C2")


def test_drafts_and_returned_statuses_never_count(make: Make) -> None:
    from consortium.services.workflow import return_status

    project = make.sub_project()
    make.status(project, day=date(2026, 2, 1), state="on_track")
    returned = make.status(project, day=date(2026, 2, 15), state="delayed")
    return_status(make.session, make.operator, update=returned, comments={"achieved": {"nb": "Hva?"}})
    make.status(project, day=date(2026, 6, 1), state="cancelled", workflow="draft")
    each = only(make, "2026-03-01")

    assert states(each) == (State.ON_TRACK, State.ON_TRACK)
    assert each.reported == (date(2026, 2, 1),)


def test_a_correction_is_no_report_of_its_own(make: Make) -> None:
    project = make.sub_project()
    wrong = make.status(project, day=date(2026, 2, 1))
    make.status(project, day=date(2026, 4, 1), corrects=wrong)

    assert only(make, "").reported == (date(2026, 2, 1),)


def test_a_reading_is_compared_with_the_latest_one_as_of_then(make: Make) -> None:
    indicator = make.indicator()
    for month, number in ((1, 5), (2, 10), (4, 15), (6, 20)):
        make.reading(indicator, day=date(2026, month, 1), value=Decimal(number))
    (each,) = only(make, "2026-03-01").indicators

    assert each.previous
    assert each.current
    assert (each.previous.value, each.current.value) == (Decimal(10), Decimal(20))


def test_a_target_that_was_changed_twice_names_the_one_before(make: Make) -> None:
    indicator = make.indicator(target=Decimal(100))
    make.target(indicator, value=Decimal(80), day=date(2026, 2, 1))
    make.target(indicator, value=Decimal(60), day=date(2026, 4, 1))
    (each,) = only(make, "2026-03-01").indicators

    assert (each.first_target, each.former_target, each.target) == (Decimal(100), Decimal(80), Decimal(60))
    assert [sentence for sentence in said(make, "2026-03-01") if "from 80 to 60" in sentence]


def test_a_snapshot_is_compared_as_what_it_knew_also_where_that_was_corrected(make: Make) -> None:
    project = make.sub_project()
    indicator = make.indicator(project)
    wrong = make.status(project, day=date(2026, 2, 1), state="on_track")
    make.reading(indicator, day=date(2026, 1, 1), value=Decimal(10))
    snapshot(make)
    make.status(project, day=date(2026, 2, 2), state="at_risk", corrects=wrong)
    make.reading(indicator, day=date(2026, 2, 20), value=Decimal(12))

    assert states(only(make, "mars")) == (State.ON_TRACK, State.AT_RISK)
    assert "“Deltakere” went from 10 to 12 personer." in said(make, "mars")
    assert states(only(make, "2026-03-01")) == (State.AT_RISK, State.AT_RISK)


def test_what_is_new_and_what_is_gone_since_a_snapshot_is_told(make: Make) -> None:
    gone, partner = make.sub_project("Borte", key="A"), make.partner()
    snapshot(make)
    make.session.delete(gone)
    make.sub_project("Ny", key="B", partners=[partner])
    facts = compared(make, "mars")

    assert [(each.key, each.title.words("nb")) for each in facts.gone] == [("A", "Borte")]
    assert said(make, "mars") == ["The sub-project is new."]


def test_a_snapshot_is_never_in_memory_as_a_whole(make: Make) -> None:
    make.sub_project(key="A")
    snapshot(make)
    count, size = 1_000, 10_000
    head, content = make.session.scalars(select(SnapshotLine.content).order_by(SnapshotLine.place))
    big = pack(line := Random(0).randbytes(size))  # noqa: S311  # it only shall not shrink
    whole = sha256(unpack(head) + unpack(content) + line * count).hexdigest()
    kept = make.session.scalars(select(Snapshot)).one()
    kept.fingerprint = whole
    make.session.flush()
    rows = [{"snapshot_id": kept.id, "place": 2 + each, "key": "A", "content": big} for each in range(count)]
    make.session.connection().execute(insert(SnapshotLine), rows)
    del rows

    tracemalloc.start()
    since = Since("snapshot", MARCH, "mars")
    found = list(gone_since(make.session, make.operator, consortium=make.home, since=since, scope=None))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == []
    assert most < count * size / 2


def test_nobody_is_told_of_a_snapshot_who_may_not_see_it(make: Make) -> None:
    mine = make.partner()
    make.sub_project("Mitt", partners=[mine])
    gone = make.sub_project("Kanarifugl")
    snapshot(make)
    make.session.delete(gone)
    make.session.flush()
    member = make.principal(Role.MEMBER, partners=frozenset({mine.id}))
    since = Since("snapshot", MARCH, "mars")
    facts = gather_facts(make.session, member, consortium=make.home, day=TODAY, since=since)

    assert facts.gone == ()
    assert [each.before for each in facts.sub_projects] == [None]

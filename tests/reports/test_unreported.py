"""Who has not reported: those who owe a status of the period that runs, with the age of their last one."""

from datetime import date

from consortium.documents import Note, Paragraph, Table
from consortium.facts import PeriodFacts, SubProjectFacts
from consortium.variants import unreported
from tests.facts.made import facts, status, sub_project
from tests.reports.told import cells, find, said, telling

AUTUMN = PeriodFacts("2025-2", date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 15), None)
SPRING = PeriodFacts("2026-1", date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 15), None)
NEXT = PeriodFacts("2026-2", date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 15), None)


def rows(*some: SubProjectFacts, periods: tuple[PeriodFacts, ...] = (AUTUMN, SPRING, NEXT)) -> list[tuple[str, ...]]:
    """List who has not reported."""
    return [
        row for table in find(unreported.chapter(telling(facts(*some, periods=periods))), Table) for row in cells(table)
    ]


def reported(*days: date, **others: object) -> SubProjectFacts:
    """Make a sub-project that has reported on days."""
    return sub_project(**{"current": status(day=days[-1]), "reported": days, **others})


def test_without_periods_there_is_no_chapter() -> None:
    assert list(unreported.chapter(telling(facts(sub_project())))) == []


def test_the_age_of_the_last_status_is_told() -> None:
    assert [row[2:] for row in rows(reported(date(2025, 12, 31)), sub_project(key="B"))] == [
        ("31 Dec 2025", "166"),
        ("never", "–"),
    ]


def test_who_has_reported_in_the_period_that_runs_is_not_listed() -> None:
    assert rows(reported(date(2026, 1, 1))) == []


def test_nothing_is_owed_before_the_beginning_nor_after_the_end() -> None:
    assert rows(sub_project(start=date(2026, 7, 1))) == []
    assert rows(sub_project(end=date(2025, 12, 31))) == []
    assert rows(reported(date(2025, 12, 1), current=status("completed", day=date(2025, 12, 1)))) == []
    assert len(rows(sub_project(start=date(2026, 2, 1), end=date(2026, 12, 31)))) == 1


def test_where_everyone_has_reported_it_says_so() -> None:
    blocks = list(unreported.chapter(telling(facts(reported(date(2026, 2, 1)), periods=(SPRING,)))))

    assert [said(each.words) for each in find(blocks, Note)] == ["Everyone has reported."]
    assert find(blocks, Table) == []


def test_it_says_what_was_asked_for() -> None:
    (first, *_others) = find(unreported.chapter(telling(facts(sub_project(), periods=(SPRING, NEXT)))), Paragraph)

    assert said(first.words) == "Asked for are statuses from 1 January 2026 to 30 June 2026, until 15 July 2026."


def test_every_age_can_be_traced_to_its_record() -> None:
    own = facts(reported(date(2025, 12, 31)), sub_project(key="B"), periods=(SPRING,))
    (table,) = find(unreported.chapter(telling(own)), Table)

    assert [row.source for row in table.rows] == ["S:2025-12-31", "B"]

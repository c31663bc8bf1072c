"""Who has not reported: whose status is overdue, and of whom one is wanted, with the age of their last one."""

from datetime import date, timedelta

from consortium.documents import Note, Paragraph, Table
from consortium.facts import PeriodFacts, SubProjectFacts
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts
from consortium.services.overdue import OverdueReport, overdue
from consortium.services.policy import operator
from consortium.testing import TODAY
from consortium.variants import unreported
from tests.facts.made import DAY, facts, status, sub_project
from tests.reports.told import cells, find, said, telling

AUTUMN = PeriodFacts("2025-2", date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 15), None)
SPRING = PeriodFacts("2026-1", date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 15), None)
NEXT = PeriodFacts("2026-2", date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 15), None)


def rows(*some: SubProjectFacts, periods: tuple[PeriodFacts, ...] = (SPRING, NEXT)) -> list[tuple[str, ...]]:
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
    (first,) = find(unreported.chapter(telling(facts(sub_project(), periods=(SPRING, NEXT)))), Paragraph)

    assert said(first.words) == ("For 2026-1, a status from 1 January 2026 to 30 June 2026 is wanted by 15 July 2026.")


def test_what_is_overdue_comes_first_with_its_period_and_days() -> None:
    old = PeriodFacts("2025-1", date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 15), None)
    both = (sub_project(), reported(date(2025, 8, 1), key="B"))
    blocks = list(unreported.chapter(telling(facts(*both, periods=(old, AUTUMN, SPRING)))))
    late, wanted = find(blocks, Table)

    assert [said(late.caption), said(wanted.caption)] == ["Overdue statuses", "Sub-projects without a status in 2026-1"]
    assert [row[2:] for row in cells(late)] == [
        ("2025-1", "335", "never"),
        ("2025-1", "335", "1 Aug 2025"),
        ("2025-2", "151", "never"),
    ]


def test_a_period_is_overdue_from_the_day_after_it_was_due() -> None:
    def captions(due: date) -> list[str]:
        period = PeriodFacts("P", date(2026, 1, 1), date(2026, 5, 31), due, None)
        return [
            said(each.caption)
            for each in find(unreported.chapter(telling(facts(sub_project(), periods=(period,)))), Table)
        ]

    assert captions(DAY) == ["Sub-projects without a status in P"]
    assert captions(DAY - timedelta(1)) == ["Overdue statuses"]


def test_the_chapter_agrees_with_the_list_of_what_is_overdue(example: Database) -> None:
    with example.read() as session:
        home = find_consortium(session, operator("O"))
        for day in (TODAY, date(2026, 9, 1), date(2027, 3, 1)):
            known = overdue(session, operator("O"), consortium=home, day=day)
            told = telling(gather_facts(session, operator("O"), consortium=home, day=day), "nb")
            listed = [row[2:4] for row in cells(find(unreported.chapter(told), Table)[0])]
            expected = [(each.period, str(each.days_over)) for each in known if isinstance(each, OverdueReport)]
            assert sorted(listed) == sorted(expected) != []


def test_every_age_can_be_traced_to_its_record() -> None:
    own = facts(reported(date(2025, 12, 31)), sub_project(key="B"), periods=(SPRING,))
    (table,) = find(unreported.chapter(telling(own)), Table)

    assert [row.source for row in table.rows] == ["S:2025-12-31", "B"]

"""The charts: drawings, sentences and tables that tell the same numbers."""

from datetime import date, timedelta

from hypothesis import given

from consortium.documents.drawings import Bars, Grid, Timeline
from consortium.facts import Facts, MilestoneState, PeriodFacts
from consortium.variants import charts
from consortium.variants.charts import MOST_COLUMNS, MOST_LANES, MOST_ROWS
from tests.facts.made import DAY, facts, milestone, partner, status, sub_project
from tests.reports.test_situation import small_facts
from tests.reports.told import cells, chart, said, telling

AUTUMN = PeriodFacts("2025-2", date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 15), None)
SPRING = PeriodFacts("2026-1", date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 15), None)
TITLES = ("Sub-projects by state and country", "Milestones over time")
AGES = "Age of the oldest status in days, by partner and period"


@given(small_facts())
def test_bars_by_country_and_their_table_tell_the_same_numbers(told: Facts) -> None:
    own = telling(told)
    made = charts.by_country(own)
    assert isinstance(made.drawing, Bars)
    drawn = {said(bar.words): sorted(part.count for part in bar.parts) for bar in made.drawing.bars}
    _state, *names = (said(column.words) for column in made.table.columns)
    by_country = dict(zip(names, zip(*(map(int, row[1:]) for row in cells(made.table)), strict=True), strict=True))
    totals = [by_country[name][-1] for name in drawn]
    tabled = {name: sorted(count for count in by_country[name][:-1] if count) for name in drawn}

    assert drawn == tabled
    assert totals == [sum(part.count for part in bar.parts) for bar in made.drawing.bars]
    assert sum(totals) == by_country["Total"][-1] == len(list(told.sub_projects))


@given(small_facts())
def test_points_and_their_table_tell_the_same_numbers(told: Facts) -> None:
    own = telling(told)
    if not own.survey.milestones:
        assert not [each for each in charts.chapter(own) if "Milestones" in str(each)]
        return
    made = charts.timeline(own)
    assert isinstance(made.drawing, Timeline)
    drawn = [sum(point.count for point in lane.points) for lane in made.drawing.lanes]
    (first, _words), *_between, (last, _last) = made.drawing.ticks

    assert drawn == [sum(map(int, row[1:])) for row in cells(made.table)]
    assert sum(drawn) == sum(own.survey.milestones.values())
    assert all(first <= point.day <= last for lane in made.drawing.lanes for point in lane.points)
    assert first <= told.day <= last
    for state in set(MilestoneState) - {MilestoneState.DROPPED}:
        assert str(own.survey.milestones_in(state)) in said(made.sentence)


def test_the_sentence_of_the_countries_names_each_with_its_number() -> None:
    no, se = sub_project(partners=("no",)), sub_project(key="B", partners=("se",))
    other = sub_project(key="C", partners=("se", "no"))
    both = (partner("no"), partner("se", country="SE"))
    made = chart(charts.chapter(telling(facts(no, se, other, partners=both))), TITLES[0])

    assert said(made.sentence) == ("By country of the leading partner: Norway 1 sub-project and Sweden 2 sub-projects.")


def test_a_single_country_is_not_compared_with_itself() -> None:
    assert list(charts.chapter(telling(facts(sub_project(current=status()))))) == []


def many(count: int, **others: object) -> Facts:
    """Make facts in which each of many partners leads a sub-project with a milestone."""
    some = [sub_project(key=f"DP-{n}", partners=(f"p{n:02}",), milestones=(milestone(),)) for n in range(count)]
    return facts(*some, **others)


def test_a_slip_of_the_pen_does_not_stretch_the_timeline_beyond_all_marks() -> None:
    ends = (milestone(due=date.min), milestone(key="M2", due=date.max))

    made = charts.timeline(telling(facts(sub_project(milestones=ends))))

    assert isinstance(made.drawing, Timeline)
    marks = [day for day, _words in made.drawing.ticks]
    assert len(marks) < 30
    assert (marks[0], marks[-1]) == (date.min, date.max)


def test_more_lanes_than_can_be_read_are_drawn_by_country() -> None:
    few, lots = (charts.timeline(telling(many(count))) for count in (MOST_LANES, MOST_LANES + 1))
    assert isinstance(few.drawing, Timeline)
    assert isinstance(lots.drawing, Timeline)

    assert len(few.drawing.lanes) == MOST_LANES
    assert [(said(lane.words), sum(p.count for p in lane.points)) for lane in lots.drawing.lanes] == [
        ("Norway", MOST_LANES + 1)
    ]
    assert len(cells(lots.table)) == 1


def test_more_partners_than_the_grid_shows_stand_in_its_table() -> None:
    made = charts.ages(telling(many(MOST_ROWS + 5, periods=(AUTUMN,))))
    assert isinstance(made.drawing, Grid)

    assert len(made.drawing.rows) == MOST_ROWS
    assert len(cells(made.table)) == MOST_ROWS + 5


def test_the_oldest_are_drawn_where_not_all_can_be() -> None:
    some = [
        sub_project(key=f"DP-{n}", partners=(f"p{n:02}",), reported=(DAY - timedelta(n),)) for n in range(MOST_ROWS + 2)
    ]
    made = charts.ages(telling(facts(*some, periods=(SPRING,))))
    assert isinstance(made.drawing, Grid)
    drawn = [int(said(row.squares[0].words)) for row in made.drawing.rows]

    assert drawn == list(range(2, MOST_ROWS + 2))


def test_only_the_last_periods_are_drawn() -> None:
    periods = tuple(
        PeriodFacts(f"{year}", date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 15), None)
        for year in range(2017, 2027)
    )
    made = charts.ages(telling(facts(sub_project(), periods=periods)))
    assert isinstance(made.drawing, Grid)

    assert [said(words) for words in made.drawing.columns] == ["2021", "2022", "2023", "2024", "2025", "2026, today"]
    assert len(made.drawing.columns) == len(made.drawing.rows[0].squares) == MOST_COLUMNS
    assert {len(row) for row in cells(made.table)} == {MOST_COLUMNS + 1}


def test_an_age_is_that_of_the_oldest_latest_status_when_the_period_was_due() -> None:
    old = sub_project(reported=(date(2025, 12, 1), date(2026, 6, 5)))
    new = sub_project(key="B", reported=(date(2026, 1, 5), date(2026, 6, 10)))
    made = charts.ages(telling(facts(old, new, periods=(AUTUMN, SPRING))))

    assert cells(made.table) == [("Kommune a", "45", "10")]


def test_no_age_is_asked_of_what_had_not_begun_or_has_ended() -> None:
    later = sub_project(start=date(2026, 2, 1))
    closed = sub_project(key="B", partners=("b",), current=status("completed", day=date(2025, 8, 1)))
    never = sub_project(key="C", partners=("c",))
    made = charts.ages(telling(facts(later, closed, never, periods=(AUTUMN, SPRING))))
    table = {name: rest for name, *rest in cells(made.table)}

    assert table == {"Kommune a": ["–", "none"], "Kommune b": ["167", "–"], "Kommune c": ["none", "none"]}
    assert said(made.sentence) == "Each of the 2 partners has a status that is older than three months, or none."


def test_where_no_report_was_ever_asked_for_no_ages_are_drawn() -> None:
    each = sub_project(start=date(2026, 8, 1))

    assert list(charts.chapter(telling(facts(each, periods=(AUTUMN,))))) == []


def test_shades_follow_the_key() -> None:
    ages = (0, 31, 32, 92, 93, 183, 184, 365, 366)
    some = [
        sub_project(key=f"{n}", partners=(f"p{n}",), reported=(DAY - timedelta(age),)) for n, age in enumerate(ages)
    ]
    made = charts.ages(telling(facts(*some, sub_project(key="X", partners=("x",)), periods=(SPRING,))))
    assert isinstance(made.drawing, Grid)

    assert [row.squares[0].shade for row in made.drawing.rows] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert [shade for shade, _words in made.drawing.key] == [0, 1, 2, 3, 4]

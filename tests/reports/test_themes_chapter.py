"""The themes across: every answer on a line, counted by degree."""

from consortium.documents import Block, Chart, Section, Table
from consortium.documents.drawings import Bars
from consortium.facts import AssessmentFacts, ThemeFacts
from consortium.texts import Text
from consortium.variants import themes
from tests.facts.made import DAY, facts, sub_project, text
from tests.reports.told import cells, find, said, telling

BOTH = (ThemeFacts("bolig", text(nb="Bolig"), Text()), ThemeFacts("recovery", text(nb="Recovery"), text(nb="Hvor?")))


def answered(key: str, **degrees: str) -> object:
    """Make a sub-project that has answered under themes."""
    own = tuple(
        AssessmentFacts(f"A-{key}-{t}", t, DAY, degree, text(nb=f"Svar {key}")) for t, degree in degrees.items()
    )
    return sub_project(key=key, title=text(nb=f"Delprosjekt {key}"), partners=(key,), assessments=own)


def told(*degrees: dict[str, str]) -> list[Block]:
    """Tell the chapter about sub-projects that have answered so."""
    some = [answered(key, **own) for key, own in zip("abcdef", degrees, strict=False)]
    return list(themes.chapter(telling(facts(*some, themes=BOTH))))  # type: ignore[arg-type]  # sub-projects


def test_without_answers_there_is_no_chapter() -> None:
    assert told({}, {}) == []


def test_a_theme_without_answers_is_left_out() -> None:
    headings = [said(each.heading.words) for each in find(told({"recovery": "high"}), Section)]

    assert headings == ["Themes across the sub-projects", "Recovery"]


def test_every_answer_stands_on_a_line_with_its_partner_and_its_source() -> None:
    blocks = told({"recovery": "high"}, {}, {"recovery": "none", "bolig": "low"})
    (bolig, recovery) = [each for each in find(blocks, Table) if said(each.caption) == "The answers"]

    assert [row[:2] + row[3:] for row in cells(recovery)] == [
        ("Kommune a", "Delprosjekt a", "Svar a"),
        ("Kommune c", "Delprosjekt c", "Svar c"),
    ]
    assert [row.source for row in bolig.rows] == ["A-c-bolig"]


def test_bars_sentence_and_table_count_the_answers() -> None:
    degrees = ["high", "none", "high", "some"]
    (chart,) = find(told(*({"recovery": degree} for degree in degrees)), Chart)
    assert isinstance(chart.drawing, Bars)
    drawn = [(said(bar.words), str(bar.parts[0].count)) for bar in chart.drawing.bars]

    assert drawn == cells(chart.table)
    assert [count for _degree, count in drawn] == ["2", "1", "1"]
    assert said(chart.sentence).startswith("4 sub-projects have answered: 2 ")

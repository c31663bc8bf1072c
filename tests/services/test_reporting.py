"""Reports: what may be asked for, what a missing text does, and what a report costs."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consortium.documents import Comparison, Document, Mark, Section
from consortium.errors import InvalidValue, NotFound, TextsMissing
from consortium.facts import Scope
from consortium.models import SubProject
from consortium.services.reporting import MOST_TOLD, Order, make_document, write_report
from consortium.services.snapshots import take_snapshot
from consortium.testing import TODAY, Make, counted


def report(make: Make, **others: Any) -> Document:
    """Make the status summary of today in two languages."""
    make.session.flush()
    order = Order(**{"languages": "nb+sv", "day": TODAY, **others})
    return make_document(make.session, make.operator, consortium=make.home, order=order)


def test_a_blocked_report_names_the_places_and_writes_nothing(make: Make, tmp_path: Path) -> None:
    make.status(make.sub_project({"nb": "Huset", "sv": "Huset"}), summary={"nb": "Godt."}, key="S1")
    make.session.flush()
    order = Order(languages="nb+sv", day=TODAY, missing="block")

    with pytest.raises(TextsMissing) as caught:
        write_report(make.session, make.operator, consortium=make.home, path=tmp_path / "x.html", order=order)

    assert str(caught.value).startswith("1 text is missing, so the report was not written.")
    assert [str(each) for each in caught.value.problems] == ["Huset: Summary is missing in Swedish (S1)."]
    assert caught.value.problems[0].say("nb").endswith("(S1).")
    assert not (tmp_path / "x.html").exists()


def test_a_report_with_all_texts_is_not_blocked(make: Make) -> None:
    make.status(make.sub_project({"nb": "Huset", "sv": "Huset"}), summary={"nb": "Godt.", "sv": "Bra."})

    assert report(make, missing="block").title


def test_all_missing_texts_are_counted_though_only_the_first_are_told(make: Make) -> None:
    partner = make.partner()
    for _number in range(MOST_TOLD + 2):
        make.sub_project(partners=[partner])

    with pytest.raises(TextsMissing, match=f"^{MOST_TOLD + 2} texts are missing") as caught:
        report(make, missing="block")
    assert len(caught.value.problems) == MOST_TOLD + 1
    assert str(caught.value.problems[-1]) == "… and 2 more."


@pytest.mark.parametrize(
    ("tag", "says"), [("nbb", "Do you mean nb?"), ("nb+da", "in nb, sv, nn and en.$"), ("se", "“se”")]
)
def test_a_language_in_which_nobody_has_words_is_refused(make: Make, tag: str, says: str) -> None:
    with pytest.raises(InvalidValue, match=says.replace("?", "[?]")) as caught:
        report(make, languages=tag)
    assert caught.value.field == "languages"


@pytest.mark.parametrize("tag", ["nn", "en-GB", "SV"])
def test_a_language_of_the_interface_is_enough(make: Make, tag: str) -> None:
    assert report(make, languages=tag).title


def test_a_language_in_which_somebody_has_written_is_enough(make: Make) -> None:
    make.status(make.sub_project(), summary={"se": "Buorre."})

    assert report(make, languages="se").title


def test_a_report_can_be_compared_with_a_gathering_by_its_key(make: Make) -> None:
    early, _late = make.gathering("Vår", day=date(2026, 2, 1), key="v1"), make.gathering(day=date(2026, 5, 1))
    words = [phrase.words for _label, said in report(make, since=early.key).details.items for phrase in said]

    assert "Vår, 1. februar 2026" in words
    for key, fault in (("v2", NotFound), (make.gathering(day=TODAY, key="v3").key, InvalidValue)):
        with pytest.raises(fault, match=key):
            report(make, since=key)


def test_a_block_asks_only_for_the_languages_and_the_part_that_are_reported(make: Make) -> None:
    make.sub_project("Bare norsk", partners=[make.partner(key="a")])
    make.sub_project({"nb": "Begge", "sv": "Båda"}, partners=[make.partner(key="b")])

    assert report(make, missing="block", languages="nb").title
    assert report(make, missing="block", scope=Scope("partner", "b")).title
    with pytest.raises(TextsMissing):
        report(make, missing="block")


@pytest.mark.parametrize(
    ("missing", "mark", "words"),
    [("mark", Mark.MISSING, "Texten saknas på svenska."), ("fallback", Mark.FALLBACK, "Godt.")],
)
def test_a_missing_text_is_marked_or_shown_in_another_language(
    make: Make, missing: str, mark: Mark, words: str
) -> None:
    make.status(make.sub_project("Huset"), summary={"nb": "Godt."})
    made = report(make, missing=missing)
    sections = [block for block in made.blocks if isinstance(block, Section)]
    (told,) = [block for each in sections for block in each.blocks if isinstance(block, Comparison)]
    norwegian, swedish = told.now.paragraphs[0].words

    assert (norwegian.words, norwegian.mark) == ("Godt.", None)
    assert swedish.mark is mark
    assert mark is Mark.MISSING or swedish.words == words


@pytest.mark.parametrize("languages", ["nb+nb", "nb+sv+en"])
def test_a_report_has_one_language_or_two_different_ones(make: Make, languages: str) -> None:
    with pytest.raises(InvalidValue, match="one language, or two different ones"):
        report(make, languages=languages)


def fill(make: Make, number: int) -> None:
    """Add sub-projects with something of everything."""
    theme, partner = make.theme(), make.partner()
    for _number in range(number):
        project: SubProject = make.sub_project(partners=[partner])
        wrong = make.status(project, day=date(2026, 1, 10))
        make.status(project, day=date(2026, 2, 10), corrects=wrong)
        make.milestone(project)
        indicator = make.indicator(project)
        make.reading(indicator)
        make.target(indicator)
        make.assessment(theme, project)


@pytest.mark.parametrize("since", ["", "last-gathering", "2026-03-01", "last-snapshot"])
def test_a_report_sends_at_most_sixteen_statements_however_many_sub_projects(make: Make, since: str) -> None:
    gathering = make.gathering(day=date(2026, 4, 1))
    make.attendance(gathering, person=make.person(), state="attended")
    make.statement(gathering)
    make.gathering(day=date(2026, 9, 1))
    make.period()
    counts = []
    for number in (5, 55):
        fill(make, number)
        make.session.flush()
        take_snapshot(make.session, make.operator, consortium=make.home)
        make.keep()
        with counted(make.database) as statements:
            list(report(make, since=since).blocks)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 16, statements

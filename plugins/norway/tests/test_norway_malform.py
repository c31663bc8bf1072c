"""Norway: the shares of Bokmål and Nynorsk, year by year."""

from datetime import date
from decimal import Decimal

import pytest

from consortium.documents import Chart, Note, Section, Speech
from consortium.plugins import FrontDesk
from consortium.reports.status_summary import StatusSummary
from consortium.testing import Make, empty_facts
from consortium.texts import Text
from consortium.variants import Telling
from consortium_norway.malform import Malform, Shares, shares_of, told_in_summary

A_DAY = date(2026, 3, 2)


def words_of(make: Make) -> dict[int, dict[str, int]]:
    """Count the words of the home consortium, by year and language."""
    facts = make.facts()
    return {year: dict(counts) for year, counts in shares_of(facts, facts.sub_projects).words.items()}


def test_the_words_of_a_status_count_in_its_year_and_language(make: Make) -> None:
    project = make.sub_project("Tittel", start=date(2025, 2, 1))
    make.status(project, day=A_DAY, summary={"nn": "Fire ord på nynorsk"})

    assert words_of(make) == {2025: {"nb": 1}, 2026: {"nn": 4}}


def test_what_was_said_at_a_gathering_counts_in_its_year(make: Make) -> None:
    make.statement(make.gathering("Samling", day=A_DAY), words={"nn": "To ord"})

    assert words_of(make) == {2026: {"nb": 1, "nn": 2}}


def test_swedish_words_do_not_count(make: Make) -> None:
    make.status(make.sub_project({"sv": "Rubrik"}, start=A_DAY), day=A_DAY, summary={"sv": "Tre svenska ord"})

    assert words_of(make) == {}


def test_the_draft_of_a_machine_is_not_published() -> None:
    shares = Shares()
    shares.add(A_DAY, Text().write("nb", "To ord").translate("nn", "To ord", origin="machine"))

    assert shares.words[2026] == {"nb": 2}


@pytest.mark.parametrize(("nb", "nn", "share"), [(3, 1, 25), (1, 1, 50), (2, 1, 33), (0, 5, 100), (1000, 1, 0)])
def test_a_share_is_a_whole_per_cent_of_the_words_in_both(nb: int, nn: int, share: int) -> None:
    shares = Shares()
    shares.add(A_DAY, *(Text().write(tag, "ord " * count) for tag, count in (("nb", nb), ("nn", nn)) if count))

    assert shares.share(shares.words[2026], "nn") == Decimal(share)


@pytest.mark.parametrize(("nn", "said"), [(24, "I 1 år er den ene"), (25, "Begge når 25 %")])
def test_the_mark_of_the_law_is_25_per_cent(make: Make, nn: int, said: str) -> None:
    make.status(
        make.sub_project(start=None), day=A_DAY, summary={"nb": "ord " * (100 - nn)}, achieved={"nn": "ord " * nn}
    )
    (chart, rule) = Malform().document(make.facts(), Speech(("nb",))).blocks
    assert isinstance(chart, Chart)
    assert isinstance(rule, Note)

    assert said in chart.sentence[0].words
    assert "språklova § 13" in rule.words[0].words
    assert "Kommuner og prosjekter er ikke bundet" in rule.words[0].words


@pytest.mark.parametrize(("language", "is_told"), [("nn", True), ("nb", False)])
def test_the_summary_tells_it_only_where_there_is_nynorsk(make: Make, language: str, is_told: bool) -> None:
    make.status(day=A_DAY, summary={language: "Nokre ord"})
    blocks = list(told_in_summary(Telling(make.facts(), Speech(("nb",)), StatusSummary())))

    assert [isinstance(block, Section) for block in blocks] == [True] * is_told


def test_everybody_who_has_an_account_may_open_the_page() -> None:
    assert FrontDesk().pages["no-malform"].readers == "everyone"


def test_the_section_stands_before_the_last_page_of_the_status_summary() -> None:
    added = FrontDesk().sections["no-malform-summary"]

    assert (added.report, added.place, added.chapter) == ("status-summary", "before", "texts")


def test_where_nothing_was_published_the_page_says_so() -> None:
    (note,) = Malform().document(empty_facts(), Speech(("nn",))).blocks

    assert isinstance(note, Note)

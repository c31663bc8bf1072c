"""The last page: texts that are not as they should be, counted and listed."""

import re
from collections import Counter

import pytest

from consortium.documents import Block, Note, Table
from consortium.facts import SubProjectFacts
from consortium.texts import Text
from consortium.variants import texts
from tests.facts.made import facts, status, sub_project, text
from tests.reports.told import cells, find, said, telling

OUTDATED = Text().write("nb", "Da.").translate("sv", "Då.").write("nb", "Nå.")
DRAFT = Text().write("nb", "Godt.").translate("sv", "Bra.", origin="machine")
REVIEWED = Text().write("nb", "Godt.").translate("sv", "Bra.").review("sv", by="Per")
EACH = sub_project(
    title=REVIEWED,
    purpose=text(nb="Ro"),
    current=status(summary=OUTDATED, achieved=DRAFT, next_steps=text(nb="Mer", sv="Mera")),
)


#: how a field is named of which there are several texts
MANY = re.compile(r"\((\d+)\)$")


def told(*some: SubProjectFacts, languages: tuple[str, ...] = ("nb", "sv"), missing: str = "fallback") -> list[Block]:
    """Tell the chapter."""
    return list(texts.chapter(telling(facts(*some), *languages, missing=missing)))


def counts(blocks: list[Block]) -> tuple[Counter[str], Counter[str]]:
    """Count the texts by what is wrong with them: in the table of counts, and in the list."""
    first, *others = find(blocks, Table)
    counted = Counter({row[0]: sum(int(each) for each in row[1:-1]) for row in cells(first)})
    listed: Counter[str] = Counter()
    for row in (row for table in others for row in cells(table)):
        listed[row[3]] += sum(int(found[1]) if (found := MANY.search(field)) else 1 for field in row[1].split(", "))
    return counted, listed


def test_the_list_names_as_many_texts_as_are_counted() -> None:
    counted, listed = counts(told(EACH, sub_project(key="B", title=text(nb="Bare norsk"))))

    assert sum(counted.values()) == 5
    assert sum(listed.values()) == 4  # what only waits for a review is counted, not listed
    assert listed == counted & listed


@pytest.mark.parametrize(
    ("languages", "count"), [(("sv",), 5), (("nb", "sv"), 5), (("sv", "nb"), 5), (("en",), 6), (("nb", "en"), 6)]
)
def test_the_languages_of_the_report_are_accounted_for(languages: tuple[str, ...], count: int) -> None:
    counted, listed = counts(told(EACH, sub_project(key="B"), languages=languages))

    assert counted.total() == count
    assert listed == counted & listed


def test_where_all_is_well_it_says_so() -> None:
    (note,) = find(told(sub_project(title=REVIEWED)), Note)

    assert note.words
    assert find(told(sub_project(title=REVIEWED)), Table) == []


def test_a_text_in_its_only_language_is_well_in_a_report_of_that_language() -> None:
    assert len(find(told(EACH, languages=("nb",)), Note)) == 1


def test_what_was_done_about_a_missing_text_is_told() -> None:
    def done(missing: str) -> str:
        first, *_others = find(told(sub_project(), languages=("en",), missing=missing), Table)
        return cells(first)[0][-1]

    assert done("fallback") == "Shown in another language, which is named."
    assert done("mark") == "A note stands in the place of the text; a title stays, with a mark."


def test_a_line_leads_to_the_text_and_names_its_record() -> None:
    _counts, listed = find(told(EACH, languages=("en",)), Table)

    assert [row.source for row in listed.rows] == ["DP-1, S:2026-06-15"]
    assert {row.link for row in listed.rows} == {"sub-project-dp-1"}


def test_a_text_in_another_region_of_the_language_is_not_missing() -> None:
    each = sub_project(title=Text().write("sv-FI", "Hus"))

    assert find(told(each, languages=("sv",)), Table) == []


def test_words_are_said_for_a_reader_of_each_language() -> None:
    first, *_others = find(told(EACH), Table)

    assert len(first.columns[0].words) == 2
    assert said(first.columns[1].words)[0].isupper()

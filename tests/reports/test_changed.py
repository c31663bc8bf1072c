"""What has changed: how much of what kind, then in sentences, sub-project by sub-project."""

from datetime import date

import pytest

from consortium.documents import Note, Paragraph, Section, Speech, Table
from consortium.facts import Facts, GoneFacts, PartnerFacts, Since
from consortium.reports.status_summary import StatusSummary
from consortium.variants import Telling, changed
from consortium.variants.anchors import anchor
from tests.facts.made import SNAPSHOT, THEN, compared, facts, milestone, partner, status, sub_project, text
from tests.reports.told import cells, find, said, telling

MARCH = Since("day", THEN)
NEW = sub_project(key="N", title=text(nb="Ny"), current=status(), milestones=(milestone(),))
STILL = sub_project(key="S", title=text(nb="Stille"), current=status(day=THEN), previous=status(day=THEN))


class Swedish(StatusSummary):
    """A summary about Swedish partners."""

    def suits(self, partner: PartnerFacts) -> bool:
        """Suit the Swedish ones."""
        return partner.country == "SE"


def heading(told: Facts) -> str:
    """Read the heading."""
    (section,) = changed.chapter(telling(told))
    assert isinstance(section, Section)
    return said(section.heading.words)


@pytest.mark.parametrize(
    ("since", "title"),
    [
        (None, "What has changed since the update before"),
        (MARCH, "What has changed since 1 March 2026"),
        (Since("gathering", THEN, "g", text(nb="Samling")), "What has changed since the gathering of 1 March 2026"),
        (SNAPSHOT, "What has changed since the snapshot of 1 March 2026"),
    ],
)
def test_the_heading_says_since_when(since: Since | None, title: str) -> None:
    assert heading(facts(STILL, since=since)) == title


def test_only_what_has_changed_is_told_under_its_title() -> None:
    told = find(changed.chapter(telling(facts(NEW, STILL, since=MARCH))), Paragraph)

    assert [said(each.label) for each in told] == ["", "Ny"]
    assert [line.removeprefix("– ") for line in said(told[1].words).splitlines()] == [
        "First status: “on track”.",
        "The milestone “Avtale” (in Norwegian (Bokmål)) is 14 days overdue.",
    ]
    assert told[1].link == anchor("sub-project", "N")


def test_the_table_counts_the_sentences() -> None:
    late = sub_project(key="L", current=status("completed"), previous=status(day=date(2026, 2, 1)))
    blocks = list(changed.chapter(telling(facts(NEW, STILL, late, since=MARCH))))
    (table,) = find(blocks, Table)
    sentences = [line for each in find(blocks, Paragraph)[1:] for line in said(each.words).splitlines()]

    assert cells(table) == [("new", "1"), ("overdue", "1"), ("closed", "1")]
    assert sum(int(count) for _kind, count in cells(table)) == len(sentences)


def test_where_nothing_has_changed_it_says_so() -> None:
    blocks = list(changed.chapter(telling(facts(STILL, since=MARCH))))

    assert [said(each.words) for each in find(blocks, Note)] == ["Nothing has changed."]
    assert find(blocks, Table) == []


def test_what_can_only_be_compared_with_a_snapshot_is_said_where_there_is_none() -> None:
    def remarks(since: Since | None) -> int:
        told = find(changed.chapter(telling(facts(STILL, since=since))), Paragraph)
        return sum("only against a snapshot" in said(each.words) for each in told)

    assert (remarks(MARCH), remarks(SNAPSHOT)) == (1, 0)


def test_what_is_gone_is_named_and_no_empty_table_stands_before_it() -> None:
    gone = (GoneFacts("X", text(nb="Borte")), GoneFacts("Y", text(nb="Vekk")))
    blocks = list(changed.chapter(telling(facts(compared(STILL), since=SNAPSHOT, gone=gone))))

    assert [said(each.words) for each in find(blocks, Note)] == [
        "No longer there: Borte (in Norwegian (Bokmål)) and Vekk (in Norwegian (Bokmål))."
    ]
    assert find(blocks, Table) == []


def test_a_report_about_some_partners_names_only_what_is_gone_of_theirs() -> None:
    gone = (GoneFacts("X", text(nb="Norsk"), ("no",)), GoneFacts("Y", text(nb="Svensk"), ("se",)))
    told = facts(since=SNAPSHOT, gone=gone, partners=(partner("no"), partner("se", country="SE")))

    assert [each.key for each in Telling(told, Speech(("en",)), Swedish()).gone] == ["Y"]
    assert [each.key for each in telling(told).gone] == ["X", "Y"]

"""The short summary: who works on what and how it stands, made of fewer facts."""

from datetime import date

import pytest

from consortium.documents import Comparison, Document, Section, Table
from consortium.facts import PARTS, Facts
from consortium.i18n.message import _
from consortium.models import Database
from consortium.plugins import front_desk
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts
from consortium.services.policy import operator
from consortium.services.reporting import Order, make_document, parts_of
from consortium.testing import TODAY, Make, counted
from consortium.variants.section import SectionAddition


def short(make: Make) -> Document:
    """Make the short summary of the home consortium, in Norwegian."""
    make.session.flush()
    order = Order("short-summary", languages="nb", day=TODAY)
    return make_document(make.session, make.operator, consortium=make.home, order=order)


def gathered(make: Make, *parts: str) -> Facts:
    """Gather some parts of the facts."""
    return gather_facts(make.session, make.operator, consortium=make.home, day=TODAY, parts=parts)


def test_it_tells_each_sub_project_on_a_line_and_then_how_it_stands(make: Make) -> None:
    project = make.sub_project("Veilederen", partners=[make.partner("Nord kommune")])
    make.status(project, state="delayed", day=date(2026, 5, 1), summary={"nb": "Det går sent."})
    make.milestone(project)

    overview, _partner, work = [block for block in short(make).blocks if isinstance(block, Section)]

    (table,) = (block for block in overview.blocks if isinstance(block, Table))
    assert [row.cells[0][0].words for row in table.rows] == ["Veilederen"]
    (told,) = [block for block in work.blocks if isinstance(block, Comparison)]
    assert told.now.paragraphs[0].words[0].words == "Det går sent."
    assert not [block for block in work.blocks if isinstance(block, Table)]


def test_it_asks_the_database_less_than_the_whole_summary(example: Database) -> None:
    sent = {}
    for report in ("short-summary", "status-summary"):
        with counted(example) as statements, example.read() as session:
            me = operator("test")
            make_document(session, me, consortium=find_consortium(session, me), order=Order(report, day=TODAY))
        sent[report] = len(statements)

    assert sent["short-summary"] <= sent["status-summary"] - 5


def test_a_part_that_nobody_asks_for_is_empty(make: Make) -> None:
    make.bilingual()

    for part, fields in {
        "milestones": ["milestones"],
        "indicators": ["indicators"],
        "assessments": ["assessments"],
        "periods": ["reported"],
    }.items():
        known = {name: any(getattr(each, name) for each in gathered(make, part).sub_projects) for name in fields}
        lacking = {name: any(getattr(each, name) for each in gathered(make).sub_projects) for name in fields}
        assert all(known.values()), part
        assert not any(lacking.values()), part
    assert gathered(make, "gatherings").gatherings
    assert not gathered(make).gatherings


def test_facts_of_fewer_parts_have_a_fingerprint_of_their_own(make: Make) -> None:
    make.bilingual()

    assert gathered(make).fingerprint != gathered(make, *PARTS).fingerprint


def test_a_section_that_a_plugin_adds_brings_the_parts_that_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = frozenset({"milestones"})
    added = SectionAddition("late", _("Late"), "short-summary", "after", "work", lambda _telling: iter(()), parts=reads)
    monkeypatch.setitem(vars(front_desk()), "sections", {"late": added})

    assert parts_of("short-summary") == reads
    assert parts_of("status-summary") == PARTS

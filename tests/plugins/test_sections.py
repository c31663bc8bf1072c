"""Sections that plugins add to reports of others: in their places, in processes of their own, and none that spoils the rest."""

import json
import os
import re
from typing import Any

import pytest

from tests.plugins.house import REPORTER, House, marks, words_of


def order_of(blocks: list[Any]) -> list[str]:
    """Name what can be told apart: sections by their anchors, what guests say by its first word."""
    anchors = (
        each.get("heading", {}).get("anchor", "") or each.get("words", [{}])[0].get("words", "")[:5] for each in blocks
    )
    return [each for each in anchors if each]


def test_sections_stand_in_their_places_and_those_that_fail_are_marked(
    bare: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, _desk = bare.report(monkeypatch, report="status-summary")
    blocks, desk = bare.report(monkeypatch, "adds_sections", report="status-summary")

    order = order_of(blocks)
    assert order[:2] == ["Sound", "The r"]
    assert order.index("fault-culprit-broken") < order.index("overview") < order.index("fault-culprit-gone")
    assert [words_of(each).partition(" this part ")[2][:40] for each in marks(blocks)] == [
        "(broken). It failed with an error: Value",
        "(gone). Its process ended before it had ",
    ]
    assert len(desk.plugins[-1].faults) == 2
    left = [each for each in plain if not re.match("partner-|sub-project-", each.get("heading", {}).get("anchor", ""))]
    assert [each for each in blocks if each in left] == left


def test_a_section_is_told_in_a_process_of_its_own_and_knows_only_the_names_that_it_declares(
    bare: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, _desk = bare.report(monkeypatch, "adds_sections", report="status-summary")

    first, instead = re.findall(r"Sound, told in[^\"]*", json.dumps(blocks))
    assert f"process {os.getpid()}," not in first
    assert first.endswith("of ['', '', ''].")
    assert instead.count(REPORTER) == 3


def test_of_two_that_replace_a_chapter_the_first_one_does(bare: House, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks, desk = bare.report(monkeypatch, "adds_sections", "adds_the_same", report="status-summary")

    assert "Nobody reads this." not in str(blocks)
    assert desk.plugins[-1].faults == [
        "consortium_sections: 'rival' is left out: culprit replaces the chapter 'work' already"
    ]

"""Each guest with a fault comes in and tells: what it spoils is marked, and everything else is as it was."""

import json
import os
import re
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from consortium.plugins import FrontDesk, front_desk
from consortium.plugins.apart import process
from consortium.plugins.apart.limits import Limits
from consortium.plugins.apart.proving import prove
from consortium.plugins.apart.task import Task
from tests.plugins.house import CANARY, House, marks, words_of

#: what the reader is told of each fault that leaves a mark; others are harmless
MARKED = {
    "raises": r"It failed with an error: ValueError: broken at …\.",
    "raises_refusal": r"It stopped: The date 15 June 2026 is in the future\.",
    "raises_exit": r"SystemExit: 0",
    "exits": r"Its process ended before it had told everything \(exit 3\)",
    "exits_well": r"Its process ended before it had told everything \(exit 0\)",
    "crashes": r"Its process crashed \(SIGSEGV\)",
    "loops": r"It took more than 2 seconds, and was stopped",
    "sleeps": r"It took more than 2 seconds, and was stopped",
    "forks": r"It took more than 2 seconds, and was stopped|Resource temporarily unavailable",
    "allocates": r"It needed more memory than the 1024 MB",
    "brings_nothing": r"It failed with an error: TypeError",
    "brings_a_stranger": r"a dict is no part of a document",
    "brings_too_much": r"What it told is no part of a report",
    "raises_lazily": r"OSError: no more rows",
    "counts_nan": r"It failed with an error: ValueError|no part of a report",
    "writes_signs": r"is not what belongs there",
    "spoils_its_input": r"RuntimeError: it would not be emptied",
    "opens_a_socket": r"It failed with an error: \w*Error",
}

#: what neither harms nor is kept from being told
HARMLESS = (
    "sound",
    "leaks",
    "writes_markup",
    "tells_the_environment",
    "changes_the_process",
    "leaves_threads",
    "prints",
)

#: of which nothing can be told at all
WHOLE = {
    "stands_in_another_place": r"'\.\./\.\./etc/passwd' is not what belongs there",
    "dies_as_a_whole": r"Its process ended before it had told everything \(exit 4\)",
}


@pytest.mark.parametrize("fault", MARKED)
def test_a_fault_leaves_a_mark_and_the_rest_of_the_report_is_complete(
    bare: House, sound: list[Any], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, desk = bare.report(monkeypatch, fault)

    (mark,) = marks(blocks)
    said = words_of(mark)
    assert said.startswith("The plugin “culprit” could not tell this part (fault).")
    assert re.search(MARKED[fault], said), said
    assert [each for each in blocks if each != mark] == sound
    assert desk.plugins[-1].faults


@pytest.mark.parametrize("fault", HARMLESS)
def test_what_a_guest_does_to_its_own_process_harms_nobody(
    bare: House, sound: list[Any], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (Path.cwd(), dict(os.environ), FrontDesk)
    blocks, desk = bare.report(monkeypatch, fault)

    assert marks(blocks) == []
    assert [each for each in blocks if each in sound] == sound
    assert CANARY not in json.dumps(blocks)
    assert desk.plugins[-1].faults == []
    assert (Path.cwd(), dict(os.environ), FrontDesk) == before


@pytest.mark.parametrize("fault", WHOLE)
def test_a_report_that_never_comes_is_a_marked_section_in_a_document(
    bare: House, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, _desk = bare.report(monkeypatch, fault)

    (mark,) = blocks
    assert re.search(WHOLE[fault], words_of(mark)), words_of(mark)


#: guests that spoil the house when they are imported, and what is said of them
STARTS = {
    "start_exits": r"exit 5",
    "start_crashes": r"SIGSEGV",
    "start_loops": r"It took more than 1 second, and was stopped",
    "start_raises": r"ImportError: a part of it is not installed",
    "start_patches": r"it replaces consortium\.documents\.speech\.Speech\.say",
    "start_moves": r"it changes the working directory",
    "start_of_another_version": r"version >=99 of the plugin interface",
}


@pytest.mark.usefixtures("bare")
def test_guests_are_proven_before_a_server_lets_them_in() -> None:
    names = (*STARTS, "start_takes_a_name", "sound")
    desk = FrontDesk(guests=[EntryPoint(name, f"tests.plugins.faults.{name}", "consortium") for name in names])

    desk.refuse(partial(prove, limits=Limits(seconds=1)))

    told = {plugin.name: plugin.faults for plugin in desk.plugins if plugin.faults}
    assert told.keys() == STARTS.keys()
    assert [name for name, fault in STARTS.items() if not re.search(fault, told[name][0])] == [], told
    assert {"status-summary", "faulty"} <= desk.report_variants.keys()
    assert type(desk.variant("status-summary")).__name__ == "StatusSummary"


def test_sound_guests_are_proven_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Task] = []

    def run(task: Task) -> process.Ended:
        asked.append(task)
        return process.run(task)

    monkeypatch.setattr("consortium.plugins.apart.proving.run", run)
    desk = front_desk()
    assert prove([EntryPoint(each.name, each.value, "consortium") for each in desk.plugins if each.value]) == {}
    assert len(asked) == 1

"""What was told not long ago is not told again, unless something is another."""

from dataclasses import replace

import pytest

from consortium.plugins import FrontDesk
from consortium.plugins.apart import asking, process
from consortium.plugins.apart.task import Task
from consortium.services.reporting import Order, document_of
from tests.plugins.house import House, blocks_of


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the languages of every task that a process is started for."""
    noted: list[str] = []

    def count(task: Task, *others: object) -> object:
        noted.append("+".join(task.languages))
        return process.run(task, *others)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(asking, "run", count)
    return noted


def test_the_same_report_of_the_same_facts_is_told_once(
    guarded: House, monkeypatch: pytest.MonkeyPatch, runs: list[str]
) -> None:
    first, desk = guarded.report(monkeypatch, "sound")
    again = blocks_of(document_of(guarded.facts, Order("faulty", "en")))

    assert desk.plugins[-1].faults == []
    assert again == first
    assert runs == ["en"]


def test_another_language_or_other_facts_are_told_anew(
    guarded: House, monkeypatch: pytest.MonkeyPatch, runs: list[str]
) -> None:
    guarded.report(monkeypatch, "sound")
    document_of(guarded.facts, Order("faulty", "nb"))
    document_of(replace(guarded.facts, fingerprint="0" * 64), Order("faulty", "nb"))
    document_of(replace(guarded.facts, fingerprint=""), Order("faulty", "nb"))
    document_of(replace(guarded.facts, fingerprint=""), Order("faulty", "nb"))

    assert runs == ["en", "nb", "nb", "nb", "nb"]


def test_what_failed_is_tried_again(guarded: House, monkeypatch: pytest.MonkeyPatch, runs: list[str]) -> None:
    _blocks, desk = guarded.report(monkeypatch, "raises")
    document_of(guarded.facts, Order("faulty", "en"))

    assert isinstance(desk, FrontDesk)
    assert len(runs) == 2


def test_only_the_latest_answers_are_kept(guarded: House, monkeypatch: pytest.MonkeyPatch, runs: list[str]) -> None:
    monkeypatch.setattr(asking, "MOST_KEPT", 1)
    guarded.report(monkeypatch, "sound")
    for language in ("nb", "en"):
        document_of(guarded.facts, Order("faulty", language))

    assert runs == ["en", "nb", "en"]

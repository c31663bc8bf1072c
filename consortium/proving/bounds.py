"""Claims on size: a huge consortium is told, and costs little more than the house's own report on the same facts."""

import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache

from consortium.documents import Document, Speech
from consortium.facts import Facts
from consortium.proving.documents import place_of
from consortium.proving.trial import Trial, few, huge_facts
from consortium.proving.walking import words_in
from consortium.reports.status_summary import StatusSummary

#: how many times as long as the status summary, and so many seconds more
TIMES, SECONDS = 4, 1.0

#: how many times as much memory, and so many bytes more
SPACES, BYTES = 4, 16 * 2**20

#: memory is measured on so many sub-projects, because measuring it takes its time
MEASURED = 100

Tell = Callable[[Facts, Speech], Document]


def a_huge_consortium_is_survived(trial: Trial) -> Iterator[str]:
    """Insist that two thousand sub-projects with long words and odd signs can be told."""
    for told in trial.told:
        try:
            _taken(told.document)
        except Exception as fault:  # whatever a guest raises
            yield f"{told.name} fails: {place_of(fault)}"


def time_and_memory_are_bounded(trial: Trial) -> Iterator[str]:
    """Insist that nothing takes many times as long, or as much memory, as the status summary on the same facts."""
    for told in trial.told:
        try:
            taken, held = _taken(told.document), _held(told.document)
        except Exception as fault:  # whatever a guest raises
            yield f"{told.name} fails: {place_of(fault)}"
            continue
        own_time, own_space = _taken(_SUMMARY), _held(_SUMMARY)
        if taken > TIMES * own_time + SECONDS:
            yield f"{told.name} takes {taken:.1f} s, and the status summary {own_time:.1f} s"
        if held > SPACES * own_space + BYTES:
            yield f"{told.name} holds {held / 2**20:.0f} MB, and the status summary {own_space / 2**20:.0f} MB"


_SUMMARY: Tell = StatusSummary().document


@cache
def _taken(tell: Tell) -> float:
    """Measure the processor time that it takes to tell the huge facts and walk all that was told, in seconds."""
    facts = huge_facts()
    begun = time.process_time()
    deque(words_in(tell(facts, Speech(("nb",)))), maxlen=0)
    return time.process_time() - begun


@cache
def _held(tell: Tell) -> int:
    """Measure how much memory is held at once, in bytes."""
    facts = few(huge_facts(), MEASURED)
    tracemalloc.start()
    try:
        deque(words_in(tell(facts, Speech(("nb",)))), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

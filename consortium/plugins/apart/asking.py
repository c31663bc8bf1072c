"""Asks a guest's process to tell, and asks again for what is missing where it dies."""

import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import IO

from consortium.documents import Block, Document
from consortium.facts import Facts
from consortium.facts.canonical import head_of, lines_of
from consortium.i18n.language import interface_language
from consortium.i18n.message import DOMAIN, write_catalog
from consortium.plugin_log import plugin_log
from consortium.plugins.apart.process import Ended, run
from consortium.plugins.apart.reasons import how_it_ended
from consortium.plugins.apart.task import Task
from consortium.plugins.apart.told import Failed
from consortium.plugins.plugin import Plugin

Walk = Callable[[], Iterable[Block]]

#: answers that are kept, so that a report which is read and then downloaded in three formats is told once
MOST_KEPT = 8


@dataclass
class Answer:
    """What a guest has told.

    :ivar document: without its blocks; ``None`` where it did not come so far
    :ivar parts: by their names, in order: what walks the blocks of each, or why it is not there
    :ivar failed: why there is nothing at all
    """

    document: Document | None = None
    parts: dict[str, Walk | Failed] = field(default_factory=dict)
    failed: Failed | None = None


class Kept:
    """The latest whole answers: the same task on the same facts is told alike."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], Answer] = OrderedDict()
        self._lock = Lock()

    def find(self, plugin: Plugin, task: Task) -> Answer | None:
        """Find the answer to a task, if it was given not long ago."""
        with self._lock:
            return self._answers.get((plugin.version, task.write()))

    def keep(self, plugin: Plugin, task: Task, answer: Answer) -> None:
        """Keep an answer of facts that can be told from others."""
        if not task.fingerprint:
            return
        with self._lock:
            self._answers[plugin.version, task.write()] = answer
            if len(self._answers) > MOST_KEPT:
                self._answers.popitem(last=False)

    def forget(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._answers.clear()


kept = Kept()


def ask(plugin: Plugin, task: Task, facts: Facts) -> Answer:
    """Let ``plugin`` do ``task`` in a process of its own; when it dies, once or twice more without the part in which it did.

    What was told whole not long ago, of the same facts, is not told again.
    """
    if found := kept.find(plugin, task):
        return found
    begun = perf_counter()
    with _written(facts, task.languages) as file:
        answer = _ask(task, file)
    faults = [each for each in answer.parts.values() if isinstance(each, Failed)]
    faults += [answer.failed] if answer.failed else []
    plugin_log.call(
        plugin.name,
        task.key if task.what == "document" else ", ".join(task.sections),
        seconds=perf_counter() - begun,
        outcome=faults[0].kind if faults else "ok",
        fingerprint=facts.fingerprint,
    )
    if not faults:
        kept.keep(plugin, task, answer)
    return answer


def _ask(task: Task, file: IO[bytes]) -> Answer:
    found, names = Answer(), tuple[str, ...]()
    for _time in range(task.limits.restarts + 1):
        ended = run(replace(task, left_out=(*task.left_out, *found.parts)), file)
        names = names or ended.told.names
        if _take(ended, found):
            break
    return _in_order(found, names, task.left_out)


def _take(ended: Ended, found: Answer) -> bool:
    """Take what a process has told into what was found; tell whether there is no sense in asking again."""
    told = ended.told
    found.document = found.document or told.document
    for name, part in told.parts.items():
        if name != told.open:
            found.parts[name] = part.failed or partial(told.blocks, name)
    if told.failed or told.is_whole:
        found.failed = told.failed
        return True
    why = how_it_ended(ended.code)
    if ended.words:  # our own fault, for the guest had not been let in
        why = Failed("ended", ended.words.strip().rpartition("\n")[2])
    if told.open:
        found.parts[told.open] = why
        return False
    found.failed = why
    return True


def _in_order(found: Answer, names: Iterable[str], left_out: Collection[str]) -> Answer:
    """Put the parts in their order; those that no process came to are missing for the reason of the last one."""
    faults = [each for each in found.parts.values() if isinstance(each, Failed)]
    lacking = found.failed or (faults[-1] if faults else Failed("ended", "exit 0"))
    return replace(found, parts={name: tuple if name in left_out else found.parts.get(name, lacking) for name in names})


@cache
def _catalog(language: str) -> bytes:
    return write_catalog(DOMAIN, language).encode() + b"\n"


@contextmanager
def _written(facts: Facts, languages: Iterable[str]) -> Iterator[IO[bytes]]:
    """Write the words of the house, and facts, into a file that is then open to be read alone, and has no name any more."""
    number, name = tempfile.mkstemp(prefix="consortium-facts-")
    with os.fdopen(number, "wb") as file, Path(name).open("rb") as reading:
        Path(name).unlink()  # at once, so that nothing is left of it when we are killed
        try:
            file.writelines(_catalog(tag) for tag in {*map(interface_language, languages)})
            file.write(b"\n")  # what follows are the facts
            file.write(head_of(facts))
            file.writelines(lines_of(facts))
            file.flush()
        except OSError as fault:
            raise OSError(fault.errno, fault.strerror, name) from fault
        yield reading

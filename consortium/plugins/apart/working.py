"""Does a task within a guest's process."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from consortium.documents import Block
from consortium.facts import Facts, Stream
from consortium.facts.canonical import read_facts
from consortium.facts.discretion import discreet
from consortium.i18n.message import know_catalog
from consortium.plugins.apart.form import Strange, line_of
from consortium.plugins.apart.lines import walk
from consortium.plugins.apart.task import Task
from consortium.plugins.apart.telling import Teller
from consortium.plugins.apart.watching import Watch
from consortium.plugins.desk import FrontDesk
from consortium.variants.base import ReportVariant
from consortium.variants.telling import Telling

#: facts of so many bytes are read once and kept
FEW = 2_000_000


def work(task: Task, file: BinaryIO) -> None:
    """Do ``task`` and tell what comes of it in ``file``."""
    teller = Teller(file, task.languages, task.guests[0].package)
    try:
        _TASKS[task.what](task, teller)
    except BaseException as fault:  # it is told, in whatever way a guest has failed
        teller.fail(fault)
    teller.end()


def _tell_document(task: Task, teller: Teller) -> None:
    variant = _variant(_desk(task), task)
    teller.tell(variant.document(facts_in(task), task.speech), task.left_out)


def _tell_sections(task: Task, teller: Teller) -> None:
    desk = _desk(task)
    facts, speech, report = facts_in(task), task.speech, _variant(desk, task)
    walks: dict[str, Callable[[], Iterable[Block]]] = {}
    for key in task.sections:
        section = desk.sections[key]
        telling = Telling(discreet(facts, section.personal_data), speech, report)  # type: ignore[arg-type]  # one with chapters is headed
        walks[key] = partial(section.tell, telling)
    teller.tell_parts(walks, task.left_out)


def _prove(task: Task, teller: Teller) -> None:
    """Let each guest in and ask it all it may be asked when a server starts; watch what it does to the house."""
    for guest in task.guests:
        with Watch(guest.package) as watch:
            desk = FrontDesk(residents=(), guests=[guest.entry_point])
            desk.ask_all()
        faults = [*desk.plugins[0].faults[:1], *watch.found]
        failed = (teller.told(Strange(faults[0])),) if desk.plugins[0].module is None or watch.found else ()
        teller.file.write(line_of(["proven", guest.name, *(part for each in failed for part in each)]))
        teller.file.flush()


def _desk(task: Task) -> FrontDesk:
    return FrontDesk(residents=task.residents, guests=[guest.entry_point for guest in task.guests])


def _variant(desk: FrontDesk, task: Task) -> ReportVariant:
    brought = desk.report_variants if task.hook == "consortium_report_variants" else desk.pages
    if task.key not in brought:
        faults = [fault for plugin in desk.plugins for fault in plugin.faults]
        raise Strange(faults[0] if faults else f"{task.key!r} is not there")
    return brought[task.key]


def facts_in(task: Task) -> Facts:
    """Read the words of the house and the facts that a task is given; few are read once, many each time they are walked."""
    file, start = task.files[0], 0
    for line in walk(file):
        start += len(line)
        if line == b"\n":
            break
        know_catalog(line.decode())
    head = next(walk(file, start))
    start += len(head)
    facts = read_facts(head, lambda: walk(file, start), fingerprint=task.fingerprint)
    if os.fstat(file).st_size > FEW:
        return facts
    known = tuple(facts.sub_projects)
    return replace(facts, sub_projects=Stream(lambda: known))


_TASKS: dict[str, Callable[[Task, Teller], None]] = {
    "document": _tell_document,
    "sections": _tell_sections,
    "prove": _prove,
}

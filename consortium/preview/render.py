"""Renders what a plugin tells, in a process of its own (``python -m consortium.preview.render``)."""

import json
import sys
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module, invalidate_caches
from pathlib import Path

from consortium.documents import Speech
from consortium.errors import ConsortiumError, InvalidValue, NotFound, PluginProblem
from consortium.facts import Facts
from consortium.facts.canonical import read_facts
from consortium.facts.discretion import discreet
from consortium.i18n.language import normal_tag
from consortium.i18n.message import _
from consortium.proving.telling import Told
from consortium.proving.trial import Trial

#: languages that stand side by side at most
MOST_LANGUAGES = 2

#: the hooks by which a plugin brings what can be shown
SHOWN = ("consortium_report_variants", "consortium_pages", "consortium_sections")


@dataclass(frozen=True)
class Task:
    """What to render.

    :ivar folder: of the files whose lines are told where something fails
    :ivar report: key of a report, a page or a section; the first there is if not given
    :ivar languages: ``nb`` or ``nb+sv``; the report's own, else the consortium's first two, if not given
    """

    module: str
    folder: str
    path: str
    report: str
    languages: str
    facts: str
    page: str


@dataclass(frozen=True)
class Failure:
    """Why there is no page: what went wrong, in which file and line of hers, if it is known."""

    words: str
    file: str = ""
    line: int = 0


def render(task: Task) -> Failure | None:
    """Render a page, or say why it cannot be."""
    if task.path:
        sys.path.insert(0, task.path)
    try:
        _render(task)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as fault:  # whatever a guest raises
        return _failure(fault, Path(task.folder))
    return None


def _render(task: Task) -> None:
    invalidate_caches()  # its folder may be younger than what was found there before
    module = import_module(task.module)
    for hook in SHOWN:  # asked here first, because a front desk would keep the line of a fault to itself
        list(getattr(module, hook, tuple)())
    trial = Trial(task.module)
    told = _chosen(trial.told, task.report, trial.plugin.faults)
    facts = _facts(Path(task.facts))
    document = told.document(discreet(facts, told.personal_data), Speech(_languages(task.languages, told, facts)))
    with Path(task.page).open("wb") as file:
        trial.desk.writer("html").write(document, file)


def _chosen(told: tuple[Told, ...], key: str, faults: list[str]) -> Told:
    chosen = next((each for each in told if key in {"", each.key}), None)
    if chosen:
        return chosen
    if faults:
        raise PluginProblem(_("{fault}").fill(fault=faults[-1]))
    if told:
        words = _("It brings no “{key}”. It brings: {known}.")
        raise NotFound(words.fill(key=key, known=", ".join(each.key for each in told)))
    raise NotFound(_("It brings no report, no page and no section, so there is nothing to show."))


def _facts(path: Path) -> Facts:
    """Read the facts from a file: the fingerprint, the head, and a line for each sub-project, walked when asked for."""

    def lines() -> Iterator[bytes]:
        with path.open("rb") as file:
            file.readline()
            file.readline()
            yield from file

    with path.open("rb") as file:
        fingerprint, head = file.readline().decode().strip(), file.readline()
    return read_facts(head, lines, fingerprint=fingerprint)


def _languages(asked: str, told: Told, facts: Facts) -> tuple[str, ...]:
    tags = tuple(map(normal_tag, asked.split("+"))) if asked else told.languages
    tags = tags or facts.consortium.languages[:MOST_LANGUAGES]
    if len(tags) > MOST_LANGUAGES or len(set(tags)) < len(tags):
        raise InvalidValue(
            _("A report has one language, or two different ones side by side. Write for example nb or nb+sv.")
        )
    return tags


def _failure(fault: BaseException, folder: Path) -> Failure:
    """Say what went wrong, and where in her files: in the last of her lines that was called."""
    words = str(fault) if isinstance(fault, ConsortiumError) else f"{type(fault).__name__}: {fault}"
    if isinstance(fault, SyntaxError) and fault.filename and _is_hers(fault.filename, folder):
        return Failure(f"{type(fault).__name__}: {fault.msg}", fault.filename, fault.lineno or 0)
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if _is_hers(frame.filename, folder)]
    if not frames:
        return Failure(words)
    return Failure(words, frames[-1].filename, frames[-1].lineno or 0)


def _is_hers(name: str, folder: Path) -> bool:
    return Path(name).resolve().is_relative_to(folder)


def main() -> None:
    """Read a task, render it, and say as JSON why there is no page, if so."""
    failure = render(Task(**json.loads(sys.stdin.read())))
    sys.stdout.write(f"\n{json.dumps(asdict(failure) if failure else {})}\n")


if __name__ == "__main__":
    main()

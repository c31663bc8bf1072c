"""Proves guests before a server lets them in: first all in one process, and each in its own where that fails."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import EntryPoint

from consortium.plugins.apart.limits import Limits
from consortium.plugins.apart.process import Ended, run
from consortium.plugins.apart.reasons import how_it_ended, reason
from consortium.plugins.apart.task import Guest, Task
from consortium.plugins.apart.told import Failed

#: to come in, all guests together have so many seconds, and so has each of them where that fails
SECONDS = 20.0


def prove(guests: Iterable[EntryPoint], limits: Limits = Limits(seconds=SECONDS)) -> dict[str, str]:  # noqa: B008  # it is frozen
    """Let guests come in and answer their hooks in a process of its own; return why some cannot, by their names."""
    known = tuple(Guest(each.name, each.value) for each in guests)
    if not known:
        return {}
    whole = _tried(known, limits)
    if all(failed is None for failed in whole.values()):
        return {}
    alone = {guest.name: _tried((guest,), limits)[guest.name] for guest in known} if len(known) > 1 else whole
    return {name: reason(failed, limits).say("en") for name, failed in alone.items() if failed}


def _tried(guests: tuple[Guest, ...], limits: Limits) -> Mapping[str, Failed | None]:
    ended = run(Task("prove", guests, limits=limits))
    proven = ended.told.proven
    lacking = ended.told.failed or _why(ended)
    return {guest.name: proven.get(guest.name, lacking) for guest in guests}


def _why(ended: Ended) -> Failed:
    words = ended.words.strip().rpartition("\n")[2]
    return replace(how_it_ended(ended.code), words=words) if words else how_it_ended(ended.code)
